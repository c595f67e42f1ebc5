`default_nettype none
// Second half of the node unit: multiplies addends by their gates, accumulates them exactly and
// rounds the node's sum to its wide state once.
//
//   wide   = saturate(round((sum of operand * gain) / 2^(VALUE_BITS - 1)))
//   biased = wide + argument bias
//
// An ungated addend has gain one, 2^(VALUE_BITS - 1). The accumulator starts at one half of the
// last place of the result, so the final shift rounds to nearest. An operation marked `argument`
// leaves the sum alone and is added behind the state.
//
// Latency: MULTIPLY_LATENCY + 3 cycles from the operand to wide_o, one more to biased_o.
// Reset:   rst_i clears the pending argument bias.
module lstmg_gate #(
  // Bits of operand, gate value, accumulator and wide state, all signed.
  parameter integer OPERAND_BITS = 32,
  parameter integer VALUE_BITS = 16,
  parameter integer SUM_BITS = 52,
  parameter integer WIDE_BITS = 32,
  // Cycles of the multiplier, 1 or more.
  parameter integer MULTIPLY_LATENCY = 1
) (
  input  wire                           clk_i,
  input  wire                           rst_i,
  // Operation, aligned with the operand
  input  wire                           addend_i,
  input  wire                           first_i,
  input  wire                           argument_i,
  input  wire                           finish_i,
  input  wire                           gated_i,
  // Data
  input  wire signed [OPERAND_BITS-1:0] operand_i,
  input  wire signed [VALUE_BITS-1:0]   gate_i,
  output reg  signed [WIDE_BITS-1:0]    wide_o,
  output reg  signed [WIDE_BITS:0]      biased_o
);

  localparam integer PRODUCT_BITS = OPERAND_BITS + VALUE_BITS;
  localparam [SUM_BITS-1:0] HALF = {{(SUM_BITS - 1){1'b0}}, 1'b1} << (VALUE_BITS - 2);

  // ---- operand times gate, or times one
  wire signed [PRODUCT_BITS-1:0] product;
  lstmg_multiplier #(
    .A_BITS (OPERAND_BITS),
    .B_BITS (VALUE_BITS),
    .LATENCY(MULTIPLY_LATENCY)
  ) u_multiplier (
    .clk_i    (clk_i),
    .a_i      (operand_i),
    .b_i      (gate_i),
    .product_o(product)
  );

  wire signed [OPERAND_BITS-1:0] operand;
  lstmg_delay #(.WIDTH(OPERAND_BITS), .DEPTH(MULTIPLY_LATENCY)) u_operand (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(operand_i),
    .data_o(operand)
  );

  wire addend;
  wire first;
  wire argument;
  wire finish;
  wire gated;
  lstmg_delay #(.WIDTH(5), .DEPTH(MULTIPLY_LATENCY)) u_operation (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i({addend_i, first_i, argument_i, finish_i, gated_i}),
    .data_o({addend, first, argument, finish, gated})
  );

  reg signed [PRODUCT_BITS-1:0] gained_q;
  reg                           addend_q;
  reg                           first_q;
  reg                           argument_q;
  reg                           finish_q;
  always @(posedge clk_i) begin
    gained_q   <= gated ? product : {operand[OPERAND_BITS-1], operand, {(VALUE_BITS - 1){1'b0}}};
    first_q    <= first;
    argument_q <= argument;
    if (rst_i) begin
      addend_q <= 1'b0;
      finish_q <= 1'b0;
    end else begin
      addend_q <= addend;
      finish_q <= finish;
    end
  end

  // ---- the node's sum, and what is added behind its state
  wire signed [SUM_BITS-1:0] gained =
      {{(SUM_BITS - PRODUCT_BITS + 1){gained_q[PRODUCT_BITS-1]}}, gained_q[PRODUCT_BITS-2:0]};
  reg signed [SUM_BITS-1:0]  sum_q;
  reg signed [WIDE_BITS:0]   bias_q;
  reg signed [WIDE_BITS:0]   finished_bias_q;
  always @(posedge clk_i) begin
    if (addend_q && !argument_q) sum_q <= $signed(first_q ? HALF : sum_q) + gained;
    finished_bias_q <= bias_q;
    if (rst_i || finish_q)           bias_q <= {(WIDE_BITS + 1){1'b0}};
    else if (addend_q && argument_q) bias_q <= gained_q[VALUE_BITS-1 +: WIDE_BITS+1];
  end

  // ---- wide state
  wire signed [SUM_BITS-VALUE_BITS:0] shifted = sum_q[SUM_BITS-1:VALUE_BITS-1];
  wire signed [WIDE_BITS-1:0]         wide;
  wire unused = &{1'b0, sum_q[VALUE_BITS-2:0]};
  lstmg_round_saturate #(
    .IN_BITS (SUM_BITS - VALUE_BITS + 1),
    .OUT_BITS(WIDE_BITS),
    .SHIFT   (0)
  ) u_saturate (
    .data_i(shifted),
    .data_o(wide)
  );

  reg signed [WIDE_BITS:0] bias_q2;
  always @(posedge clk_i) begin
    wide_o   <= wide;
    bias_q2  <= finished_bias_q;
    biased_o <= {wide_o[WIDE_BITS-1], wide_o} + bias_q2;
  end

endmodule
`default_nettype wire
