`default_nettype none
// Chooses between two words and shifts right by a variable amount; the rounding bit leaves apart, so
// that the adder behind it can take it as a carry.
//
//   floor((late or early) / 2^shift + 1/2) = data_o + half_o
//
// The shift is done in two steps, by multiples of eight and by less. With two stages each has a
// cycle; the early word comes a cycle before the late one and is shifted meanwhile.
//
// Latency: STAGES cycles from late_i to data_o, STAGES + 1 from early_i, shift_i and is_late_i.
// Reset:   none.
module lstmg_align #(
  // Bits of the words, signed.
  parameter integer WIDTH = 48,
  // Bits of the shift amount.
  parameter integer SHIFT_BITS = 5,
  // Cycles, 1 or 2.
  parameter integer STAGES = 1
) (
  input  wire                    clk_i,
  // One cycle earlier
  input  wire                    is_late_i,
  input  wire [SHIFT_BITS-1:0]   shift_i,
  input  wire signed [WIDTH-1:0] early_i,
  // Data
  input  wire signed [WIDTH-1:0] late_i,
  output reg  signed [WIDTH-1:0] data_o,
  output reg                     half_o
);

  localparam integer FINE_BITS = SHIFT_BITS < 3 ? SHIFT_BITS : 3;
  localparam integer FINE = 1 << FINE_BITS;
  localparam integer COARSE = 1 << (SHIFT_BITS - FINE_BITS);

  // ---- one select line for each amount
  wire [COARSE-1:0] coarse;
  wire [FINE-1:0]   fine = {{(FINE - 1){1'b0}}, 1'b1} << shift_i[FINE_BITS-1:0];
  generate
    if (SHIFT_BITS > FINE_BITS) begin : gen_coarse
      assign coarse = {{(COARSE - 1){1'b0}}, 1'b1} << shift_i[SHIFT_BITS-1:FINE_BITS];
    end else begin : gen_fine_only
      assign coarse = 1'b1;
    end
  endgenerate

  reg [COARSE-1:0]     coarse_q;
  reg [FINE-1:0]       fine_q;
  wire signed [WIDTH:0] early_word = {early_i, 1'b0};
  wire signed [WIDTH:0] early_coarse;
  reg signed [WIDTH:0]  early_q;
  lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(COARSE), .STEP(8)) u_early (
    .select_i(coarse & {COARSE{!is_late_i}}),
    .data_i  (early_word),
    .data_o  (early_coarse)
  );
  always @(posedge clk_i) begin
    coarse_q <= coarse & {COARSE{is_late_i}};
    fine_q   <= fine;
    early_q  <= early_coarse;
  end

  // ---- multiples of eight
  wire signed [WIDTH:0] late_word = {late_i, 1'b0};
  wire signed [WIDTH:0] late_coarse;
  lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(COARSE), .STEP(8)) u_late (
    .select_i(coarse_q),
    .data_i  (late_word),
    .data_o  (late_coarse)
  );

  wire signed [WIDTH:0] word;
  wire [FINE-1:0]       fine_at_word;
  lstmg_delay #(.WIDTH(WIDTH + 1 + FINE), .DEPTH(STAGES - 1)) u_word (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({late_coarse | early_q, fine_q}),
    .data_o({word, fine_at_word})
  );

  // ---- less than eight
  wire signed [WIDTH:0] shifted;
  lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(FINE), .STEP(1)) u_fine (
    .select_i(fine_at_word),
    .data_i  (word),
    .data_o  (shifted)
  );
  always @(posedge clk_i) {data_o, half_o} <= shifted;

endmodule
`default_nettype wire
