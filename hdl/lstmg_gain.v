`default_nettype none
// An operand times a gate value, or times one, 2^(VALUE_BITS - 1); exact.
//
//   gained = (gated ? operand * gate : operand * 2^(VALUE_BITS-1)) + (half ? 2^(VALUE_BITS-2) : 0)
//
// An operand wider than a multiplier is cut in two. Products of an ungated operand are zero, so that
// one adder joins both products and the ungated operand, and takes the rounding half where the high
// product has zeros.
//
// Latency: MULTIPLY_LATENCY + SEGMENTS cycles.
// Reset:   none.
module lstmg_gain #(
  // Bits of operand and gate value, signed.
  parameter integer OPERAND_BITS = 32,
  parameter integer VALUE_BITS = 16,
  // Widest factor that one multiplier takes, VALUE_BITS or more.
  parameter integer MULTIPLIER_BITS = 64,
  // Cycles of the multipliers, 1 or more; carry segments of the adder, 1 or more.
  parameter integer MULTIPLY_LATENCY = 1,
  parameter integer SEGMENTS = 1
) (
  input  wire                                      clk_i,
  // Operation
  input  wire                                      gated_i,
  input  wire                                      half_i,
  // Data
  input  wire signed [OPERAND_BITS-1:0]            operand_i,
  input  wire signed [VALUE_BITS-1:0]              gate_i,
  output wire signed [OPERAND_BITS+VALUE_BITS-1:0] gained_o
);

  localparam integer PRODUCT_BITS = OPERAND_BITS + VALUE_BITS;
  // Bits of the low part, which has no sign; 0: the operand is not cut.
  localparam integer LOW_BITS = OPERAND_BITS > MULTIPLIER_BITS ? MULTIPLIER_BITS - 1 : 0;
  // Lowest bit at which the high product, the half or an ungated operand may be set.
  localparam integer LOWEST =
      LOW_BITS == 0 || LOW_BITS > VALUE_BITS - 2 ? VALUE_BITS - 2 : LOW_BITS;

  wire signed [VALUE_BITS-1:0]   gate = gate_i & {VALUE_BITS{gated_i}};
  wire signed [PRODUCT_BITS-1:0] high_product;
  wire signed [PRODUCT_BITS-1:0] low_product;

  generate
    if (LOW_BITS == 0) begin : gen_whole
      lstmg_multiplier #(
        .A_BITS (OPERAND_BITS),
        .B_BITS (VALUE_BITS),
        .LATENCY(MULTIPLY_LATENCY)
      ) u_product (
        .clk_i    (clk_i),
        .a_i      (operand_i),
        .b_i      (gate),
        .product_o(low_product)
      );
      assign high_product = {PRODUCT_BITS{1'b0}};
    end else begin : gen_cut
      wire signed [PRODUCT_BITS-LOW_BITS-1:0]  high;
      wire signed [LOW_BITS+VALUE_BITS:0]      low;
      lstmg_multiplier #(
        .A_BITS (OPERAND_BITS - LOW_BITS),
        .B_BITS (VALUE_BITS),
        .LATENCY(MULTIPLY_LATENCY)
      ) u_high (
        .clk_i    (clk_i),
        .a_i      (operand_i[OPERAND_BITS-1:LOW_BITS]),
        .b_i      (gate),
        .product_o(high)
      );
      lstmg_multiplier #(
        .A_BITS (LOW_BITS + 1),
        .B_BITS (VALUE_BITS),
        .LATENCY(MULTIPLY_LATENCY)
      ) u_low (
        .clk_i    (clk_i),
        .a_i      ({1'b0, operand_i[LOW_BITS-1:0]}),
        .b_i      (gate),
        .product_o(low)
      );
      assign high_product = {high, {LOW_BITS{1'b0}}};
      assign low_product =
          {{(PRODUCT_BITS - LOW_BITS - VALUE_BITS){low[LOW_BITS+VALUE_BITS]}},
           low[LOW_BITS+VALUE_BITS-1:0]};
    end
  endgenerate

  wire                           half;
  wire signed [OPERAND_BITS-1:0] ungated;
  lstmg_delay #(.WIDTH(1 + OPERAND_BITS), .DEPTH(MULTIPLY_LATENCY)) u_ungated (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({half_i, operand_i & {OPERAND_BITS{!gated_i}}}),
    .data_o({half, ungated})
  );

  // Below the half only the low product has bits: nothing to add.
  wire [PRODUCT_BITS-1:0]          high_and_half =
      high_product | {{(OPERAND_BITS + 1){1'b0}}, half, {(VALUE_BITS - 2){1'b0}}};
  wire [OPERAND_BITS+VALUE_BITS:0] ungated_product =
      {{2{ungated[OPERAND_BITS-1]}}, ungated, {(VALUE_BITS - 1){1'b0}}};
  wire                             unused = &{1'b0, ungated_product[PRODUCT_BITS],
                                              ungated_product[LOWEST-1:0],
                                              high_and_half[LOWEST-1:0]};
  lstmg_adder #(.BITS(PRODUCT_BITS - LOWEST), .SEGMENTS(SEGMENTS), .USES_C(1)) u_sum (
    .clk_i   (clk_i),
    .invert_i(1'b0),
    .a_i     (high_and_half[PRODUCT_BITS-1:LOWEST]),
    .b_i     (low_product[PRODUCT_BITS-1:LOWEST]),
    .c_i     (ungated_product[PRODUCT_BITS-1:LOWEST]),
    .carry_i (1'b0),
    .sum_o   (gained_o[PRODUCT_BITS-1:LOWEST])
  );
  lstmg_delay #(.WIDTH(LOWEST), .DEPTH(SEGMENTS)) u_lowest (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(low_product[LOWEST-1:0]),
    .data_o(gained_o[LOWEST-1:0])
  );

endmodule
`default_nettype wire
