`default_nettype none
// Product of two fractions, beside the node unit's long way and with the same words.
//
//   wide      = round(value * gate), to VALUE_BITS - 1 + LINEAR_SHIFT fraction bits
//   product_o = saturate(round(wide)), to VALUE_BITS - 1 fraction bits
//
// Both roundings are one addition: floor((floor((x + a) / A) + b) / B) = floor((x + a + A b) / (A B)).
//
// Latency: MULTIPLY_LATENCY + SEGMENTS + 1 cycles.
// Reset:   none.
module lstmg_product #(
  // Bits of the factors and the product, all Q0.(VALUE_BITS - 1).
  parameter integer VALUE_BITS = 16,
  // Fraction bits that the wide state has more than a value, 0 or more.
  parameter integer LINEAR_SHIFT = 6,
  // Cycles of the multiplier.
  parameter integer MULTIPLY_LATENCY = 1,
  // Carry segments of the rounding.
  parameter integer SEGMENTS = 1
) (
  input  wire                         clk_i,
  input  wire signed [VALUE_BITS-1:0] value_i,
  input  wire signed [VALUE_BITS-1:0] gate_i,
  // One cycle before product_o, which is zero without
  input  wire                         valid_i,
  output reg  signed [VALUE_BITS-1:0] product_o
);

  localparam integer SHIFT = VALUE_BITS - 1;
  localparam integer FIRST = SHIFT > LINEAR_SHIFT ? SHIFT - LINEAR_SHIFT : 0;
  localparam integer WIDTH = 2 * VALUE_BITS;
  localparam [WIDTH-1:0] ONE = {{(WIDTH - 1){1'b0}}, 1'b1};
  localparam [WIDTH-1:0] HALVES =
      (FIRST == 0 ? {WIDTH{1'b0}} : (ONE << FIRST) >> 1)
      + (FIRST == SHIFT ? {WIDTH{1'b0}} : (ONE << SHIFT) >> 1);

  wire signed [WIDTH-1:0] product;
  lstmg_multiplier #(
    .A_BITS (VALUE_BITS),
    .B_BITS (VALUE_BITS),
    .LATENCY(MULTIPLY_LATENCY)
  ) u_multiplier (
    .clk_i    (clk_i),
    .a_i      (value_i),
    .b_i      (gate_i),
    .product_o(product)
  );

  wire signed [WIDTH-1:0] rounded;
  lstmg_adder #(.BITS(WIDTH), .SEGMENTS(SEGMENTS)) u_round (
    .clk_i   (clk_i),
    .invert_i(1'b0),
    .a_i     (HALVES),
    .b_i     (product),
    .c_i     ({WIDTH{1'b0}}),
    .carry_i (1'b0),
    .sum_o   (rounded)
  );

  wire signed [WIDTH-SHIFT-1:0] shifted = rounded[WIDTH-1:SHIFT];
  wire unused = &{1'b0, rounded[SHIFT-1:0]};
  wire signed [VALUE_BITS-1:0] value;
  lstmg_round_saturate #(
    .IN_BITS (WIDTH - SHIFT),
    .OUT_BITS(VALUE_BITS),
    .SHIFT   (0)
  ) u_saturate (
    .data_i(shifted),
    .data_o(value)
  );
  always @(posedge clk_i)
    if (valid_i) product_o <= value;
    else         product_o <= {VALUE_BITS{1'b0}};

endmodule
`default_nettype wire
