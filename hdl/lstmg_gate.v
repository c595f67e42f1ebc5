`default_nettype none
// Second half of the node unit: multiplies addends by their gates, accumulates them exactly and
// rounds the node's sum to its wide state once.
//
//   wide   = saturate(round((sum of operand * gain) / 2^(VALUE_BITS - 1)))
//   biased = wide + argument bias
//
// An ungated addend has gain one, 2^(VALUE_BITS - 1). The first addend brings one half of the last
// place of the result, so the final shift rounds to nearest. An operation marked `argument` leaves
// the sum alone and is added behind the state.
//
// A `short` operation is the only addend of its node, ungated, without argument bias and state: it
// goes straight to biased_o. No other operation may reach biased_o in the same cycle.
//
// Latency: MULTIPLY_LATENCY + GAIN_SEGMENTS + SUM_SEGMENTS + WIDE_STAGES + 1 cycles from the operand
//          to wide_o, ARGUMENT_BIAS more to biased_o; 1 cycle from a short operand to biased_o.
// Reset:   rst_i clears the pending argument bias.
module lstmg_gate #(
  // Bits of operand, gate value, accumulator and wide state, all signed.
  parameter integer OPERAND_BITS = 32,
  parameter integer VALUE_BITS = 16,
  parameter integer SUM_BITS = 52,
  parameter integer WIDE_BITS = 32,
  // 1 where operations may be marked `argument`.
  parameter integer ARGUMENT_BIAS = 1,
  // Pipeline, see lstmg_gain and lstmg_accumulator.
  parameter integer MULTIPLIER_BITS = 64,
  parameter integer MULTIPLY_LATENCY = 1,
  parameter integer GAIN_SEGMENTS = 1,
  parameter integer SUM_SEGMENTS = 1,
  // Register between seeing that the sum is beyond the wide state and limiting it, 0 or 1.
  parameter integer WIDE_STAGES = 0
) (
  input  wire                           clk_i,
  input  wire                           rst_i,
  // Operation, aligned with the operand
  input  wire                           addend_i,
  input  wire                           first_i,
  input  wire                           argument_i,
  input  wire                           finish_i,
  input  wire                           gated_i,
  input  wire                           short_i,
  // Data
  input  wire signed [OPERAND_BITS-1:0] operand_i,
  input  wire signed [VALUE_BITS-1:0]   gate_i,
  output reg  signed [WIDE_BITS-1:0]    wide_o,
  output reg  signed [WIDE_BITS:0]      biased_o
);

  localparam integer PRODUCT_BITS = OPERAND_BITS + VALUE_BITS;
  localparam integer GAIN_LATENCY = MULTIPLY_LATENCY + GAIN_SEGMENTS;

  // ---- operand times gate, or times one
  wire signed [PRODUCT_BITS-1:0] gained;
  lstmg_gain #(
    .OPERAND_BITS    (OPERAND_BITS),
    .VALUE_BITS      (VALUE_BITS),
    .MULTIPLIER_BITS (MULTIPLIER_BITS),
    .MULTIPLY_LATENCY(MULTIPLY_LATENCY),
    .SEGMENTS        (GAIN_SEGMENTS)
  ) u_gain (
    .clk_i    (clk_i),
    .gated_i  (gated_i),
    .half_i   (first_i && !argument_i),
    .operand_i(operand_i),
    .gate_i   (gate_i),
    .gained_o (gained)
  );

  wire summand;
  wire first;
  wire bias;
  wire finish;
  lstmg_delay #(.WIDTH(4), .DEPTH(GAIN_LATENCY)) u_operation (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({addend_i && !argument_i, first_i, addend_i && argument_i, finish_i}),
    .data_o({summand, first, bias, finish})
  );

  // ---- the node's sum; the term is a wire of its own: yosys 0.23 stops at a concatenation in the
  //      port where it is just the product
  wire signed [SUM_BITS-1:0] term =
      {{(SUM_BITS - PRODUCT_BITS + 1){gained[PRODUCT_BITS-1]}}, gained[PRODUCT_BITS-2:0]};
  wire signed [SUM_BITS-1:0] sum;
  lstmg_accumulator #(
    .SUM_BITS  (SUM_BITS),
    .SEGMENTS  (SUM_SEGMENTS),
    .USES_OTHER(0)
  ) u_sum (
    .clk_i   (clk_i),
    .enable_i(summand),
    .first_i (first),
    .term_i  (term),
    .other_i ({SUM_BITS{1'b0}}),
    .sum_o   (sum)
  );

  // ---- wide state
  localparam integer SHIFTED_BITS = SUM_BITS - VALUE_BITS + 1;
  localparam integer PADDED_BITS = (SHIFTED_BITS > WIDE_BITS ? SHIFTED_BITS : WIDE_BITS) + 1;
  wire [PADDED_BITS-1:0]         shifted =
      {{(PADDED_BITS - SHIFTED_BITS){sum[SUM_BITS-1]}}, sum[SUM_BITS-1:VALUE_BITS-1]};
  wire [PADDED_BITS-WIDE_BITS:0] top = shifted[PADDED_BITS-1:WIDE_BITS-1];
  wire                           fits;
  wire                           negative;
  wire signed [WIDE_BITS-1:0]    low;
  wire signed [WIDE_BITS-1:0]    wide = fits ? low : {negative, {(WIDE_BITS - 1){!negative}}};
  wire unused = &{1'b0, sum[VALUE_BITS-2:0]};
  lstmg_delay #(.WIDTH(2 + WIDE_BITS), .DEPTH(WIDE_STAGES)) u_limit (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({(&top) | ~(|top), top[PADDED_BITS-WIDE_BITS], shifted[WIDE_BITS-1:0]}),
    .data_o({fits, negative, low})
  );
  always @(posedge clk_i) wide_o <= wide;

  // ---- argument bias, or the operand of a short operation
  wire signed [WIDE_BITS-1:0] narrowed;
  lstmg_round_saturate #(
    .IN_BITS (OPERAND_BITS),
    .OUT_BITS(WIDE_BITS),
    .SHIFT   (0)
  ) u_short (
    .data_i(operand_i),
    .data_o(narrowed)
  );

  generate
    if (ARGUMENT_BIAS == 0) begin : gen_plain
      wire unused_bias = &{1'b0, rst_i, bias, finish};
      always @(posedge clk_i)
        biased_o <= short_i ? {narrowed[WIDE_BITS-1], narrowed} : {wide[WIDE_BITS-1], wide};
    end else begin : gen_biased
      reg signed [WIDE_BITS:0]  bias_q;
      wire signed [WIDE_BITS:0] finished_bias;
      always @(posedge clk_i)
        if (rst_i || finish) bias_q <= {(WIDE_BITS + 1){1'b0}};
        else if (bias)       bias_q <= gained[VALUE_BITS-1+:WIDE_BITS+1];
      lstmg_delay #(.WIDTH(WIDE_BITS + 1), .DEPTH(SUM_SEGMENTS + WIDE_STAGES + 1)) u_bias (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(bias_q),
        .data_o(finished_bias)
      );
      always @(posedge clk_i)
        biased_o <= short_i ? {narrowed[WIDE_BITS-1], narrowed}
                            : {wide_o[WIDE_BITS-1], wide_o} + finished_bias;
    end
  endgenerate

endmodule
`default_nettype wire
