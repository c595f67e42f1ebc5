`default_nettype none
// Right shift by a variable amount; the rounding bit leaves apart, so that the adder behind it can
// take it as a carry.
//
//   floor(x / 2^(shift + FIXED_SHIFT) + 1/2) = data_o + half_o
//
// Latency: 1 cycle.
// Reset:   none.
module lstmg_align #(
  // Bits of the word, signed.
  parameter integer WIDTH = 48,
  // Bits of the shift amount.
  parameter integer SHIFT_BITS = 5,
  // Shift on top of the variable one, less than WIDTH.
  parameter integer FIXED_SHIFT = 0
) (
  input  wire                                clk_i,
  input  wire signed [WIDTH-1:0]             data_i,
  input  wire [SHIFT_BITS-1:0]               shift_i,
  output reg  signed [WIDTH-FIXED_SHIFT-1:0] data_o,
  output reg                                 half_o
);

  wire signed [WIDTH:0] doubled = {data_i, 1'b0};
  wire signed [WIDTH:0] shifted = doubled >>> shift_i;

  generate
    if (FIXED_SHIFT > 0) begin : gen_dropped
      wire unused = &{1'b0, shifted[FIXED_SHIFT-1:0]};
    end
  endgenerate

  always @(posedge clk_i) {data_o, half_o} <= shifted[WIDTH:FIXED_SHIFT];

endmodule
`default_nettype wire
