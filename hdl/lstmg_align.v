`default_nettype none
// Right shift by a variable amount; the rounding bit leaves apart, so that the adder behind it can
// take it as a carry.
//
//   floor(x / 2^(shift + FIXED_SHIFT) + 1/2) = data_o + half_o
//
// Latency: STAGES cycles; with two, the first one shifts by multiples of a power of two.
// Reset:   none.
module lstmg_align #(
  // Bits of the word, signed.
  parameter integer WIDTH = 48,
  // Bits of the shift amount.
  parameter integer SHIFT_BITS = 5,
  // Shift on top of the variable one, less than WIDTH.
  parameter integer FIXED_SHIFT = 0,
  // Cycles, 1 or 2.
  parameter integer STAGES = 1
) (
  input  wire                                clk_i,
  input  wire signed [WIDTH-1:0]             data_i,
  input  wire [SHIFT_BITS-1:0]               shift_i,
  output reg  signed [WIDTH-FIXED_SHIFT-1:0] data_o,
  output reg                                 half_o
);

  // Bits of the amount that the second stage takes.
  localparam integer FINE_BITS = STAGES == 1 ? SHIFT_BITS : (SHIFT_BITS + 1) / 2;

  wire signed [WIDTH:0] doubled = {data_i, 1'b0};
  wire signed [WIDTH:0] coarse;
  wire [FINE_BITS-1:0]  fine;
  generate
    if (STAGES == 1) begin : gen_one
      assign coarse = doubled;
      assign fine   = shift_i;
    end else begin : gen_two
      reg signed [WIDTH:0] coarse_q;
      reg [FINE_BITS-1:0]  fine_q;
      wire [SHIFT_BITS-1:0] amount = shift_i & ({SHIFT_BITS{1'b1}} << FINE_BITS);
      always @(posedge clk_i) begin
        coarse_q <= doubled >>> amount;
        fine_q   <= shift_i[FINE_BITS-1:0];
      end
      assign coarse = coarse_q;
      assign fine   = fine_q;
    end
  endgenerate

  wire signed [WIDTH:0] shifted = coarse >>> fine;
  generate
    if (FIXED_SHIFT > 0) begin : gen_dropped
      wire unused = &{1'b0, shifted[FIXED_SHIFT-1:0]};
    end
  endgenerate

  always @(posedge clk_i) {data_o, half_o} <= shifted[WIDTH:FIXED_SHIFT];

endmodule
`default_nettype wire
