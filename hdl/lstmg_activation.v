`default_nettype none
// Logistic and tanh by a piecewise-linear table. Twin of Sources/FixedPoint/LogisticTable.swift.
//
// The table holds the half x >= 0 of the logistic: base and slope per segment, base word in units of
// 2^-(VALUE_BITS - 1 + GUARD_BITS). logistic(-x) = 1 - logistic(x); tanh(x) = 2 logistic(2x) - 1.
// The result is rounded once and clipped at one unit below one.
//
// Latency: ROM_LATENCY + MULTIPLY_LATENCY + 4 cycles.
// Reset:   none.
module lstmg_activation #(
  // Bits of the argument, signed, and of the result, which is Q0.(VALUE_BITS - 1).
  parameter integer ARGUMENT_BITS = 20,
  parameter integer VALUE_BITS = 16,
  // log2 of the number of segments; bits of an offset inside one, ARGUMENT_BITS - 1 - SEGMENT_BITS.
  parameter integer SEGMENT_BITS = 9,
  parameter integer OFFSET_BITS = 10,
  // Bits of a base and a slope, both without sign.
  parameter integer BASE_BITS = 20,
  parameter integer SLOPE_BITS = 13,
  // Pipeline.
  parameter integer ROM_LATENCY = 1,
  parameter integer MULTIPLY_LATENCY = 1,
  // Name of the table's image, words {base, slope}.
  parameter IMAGE = ""
) (
  input  wire                            clk_i,
  input  wire                            tanh_i,
  input  wire signed [ARGUMENT_BITS-1:0] argument_i,
  output reg  signed [VALUE_BITS-1:0]    value_o
);

  // Fraction bits of base + slope * offset, and the word that stands for one.
  localparam integer FRACTION_BITS = BASE_BITS - 1 + OFFSET_BITS;
  localparam integer SUM_BITS = FRACTION_BITS + 3;
  localparam [SUM_BITS-1:0] ONE = {{(SUM_BITS - 1){1'b0}}, 1'b1} << FRACTION_BITS;

  // ---- magnitude of the (doubled) argument, at most the largest positive word
  wire signed [ARGUMENT_BITS-1:0] doubled;
  wire signed [ARGUMENT_BITS:0]   twice = {argument_i, 1'b0};
  lstmg_round_saturate #(
    .IN_BITS (ARGUMENT_BITS + 1),
    .OUT_BITS(ARGUMENT_BITS),
    .SHIFT   (0)
  ) u_doubled (
    .data_i(twice),
    .data_o(doubled)
  );

  wire signed [ARGUMENT_BITS-1:0] x = tanh_i ? doubled : argument_i;
  wire signed [ARGUMENT_BITS:0]   negated = -{x[ARGUMENT_BITS-1], x};
  wire [ARGUMENT_BITS-2:0]        absolute =
      !x[ARGUMENT_BITS-1]      ? x[ARGUMENT_BITS-2:0] :
      negated[ARGUMENT_BITS-1] ? {(ARGUMENT_BITS - 1){1'b1}} : negated[ARGUMENT_BITS-2:0];
  wire unused = &{1'b0, negated[ARGUMENT_BITS]};

  reg [ARGUMENT_BITS-2:0] magnitude_q;
  reg                     negative_q;
  reg                     tanh_q;
  always @(posedge clk_i) begin
    magnitude_q <= absolute;
    negative_q  <= x[ARGUMENT_BITS-1];
    tanh_q      <= tanh_i;
  end

  // ---- base + slope * offset
  wire [BASE_BITS-1:0]   base;
  wire [SLOPE_BITS-1:0]  slope;
  wire [OFFSET_BITS-1:0] offset;
  wire [BASE_BITS-1:0]   base_at_product;

  lstmg_rom #(
    .WIDTH       (BASE_BITS + SLOPE_BITS),
    .DEPTH       (1 << SEGMENT_BITS),
    .ADDRESS_BITS(SEGMENT_BITS),
    .LATENCY     (ROM_LATENCY),
    .IMAGE       (IMAGE)
  ) u_table (
    .clk_i    (clk_i),
    .address_i(magnitude_q[ARGUMENT_BITS-2:OFFSET_BITS]),
    .data_o   ({base, slope})
  );

  lstmg_delay #(.WIDTH(OFFSET_BITS), .DEPTH(ROM_LATENCY)) u_offset (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(magnitude_q[OFFSET_BITS-1:0]),
    .data_o(offset)
  );

  wire signed [SLOPE_BITS+OFFSET_BITS+1:0] product;
  lstmg_multiplier #(
    .A_BITS (SLOPE_BITS + 1),
    .B_BITS (OFFSET_BITS + 1),
    .LATENCY(MULTIPLY_LATENCY)
  ) u_multiplier (
    .clk_i    (clk_i),
    .a_i      ({1'b0, slope}),
    .b_i      ({1'b0, offset}),
    .product_o(product)
  );

  lstmg_delay #(.WIDTH(BASE_BITS), .DEPTH(MULTIPLY_LATENCY)) u_base (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(base),
    .data_o(base_at_product)
  );

  wire negative;
  wire tanh;
  lstmg_delay #(.WIDTH(2), .DEPTH(ROM_LATENCY + MULTIPLY_LATENCY + 1)) u_curve (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({negative_q, tanh_q}),
    .data_o({negative, tanh})
  );

  reg signed [SUM_BITS-1:0] sum_q;
  always @(posedge clk_i)
    sum_q <= $signed({2'd0, base_at_product, {OFFSET_BITS{1'b0}}})
             + $signed({{(SUM_BITS - SLOPE_BITS - OFFSET_BITS){1'b0}},
                        product[SLOPE_BITS+OFFSET_BITS-1:0]});
  wire unused_sign = &{1'b0, product[SLOPE_BITS+OFFSET_BITS+1:SLOPE_BITS+OFFSET_BITS]};

  // ---- symmetry, tanh, rounding
  wire signed [SUM_BITS-1:0] logistic = negative ? $signed(ONE) - sum_q : sum_q;
  reg signed [SUM_BITS-1:0]  curve_q;
  always @(posedge clk_i)
    curve_q <= tanh ? (logistic <<< 1) - $signed(ONE) : logistic;

  wire signed [VALUE_BITS-1:0] value;
  lstmg_round_saturate #(
    .IN_BITS (SUM_BITS),
    .OUT_BITS(VALUE_BITS),
    .SHIFT   (FRACTION_BITS - (VALUE_BITS - 1))
  ) u_round (
    .data_i(curve_q),
    .data_o(value)
  );
  always @(posedge clk_i) value_o <= value;

endmodule
`default_nettype wire
