`default_nettype none
// Last part of the node unit: the stored state and the activation of a finished node.
//
//   function_i   result
//   0 logistic   table
//   1 tanh       table
//   2 identity   saturate(round(biased / 2^(LINEAR_SHIFT + integer_bits)))
//   3 relu       the same, negative sums give 0
//
// The results of the table and of identity and relu leave by themselves; which one is meant, the
// caller knows.
//
// Latency: 1 cycle from wide_i to state_o; from biased_i 3 cycles to linear_o, MAGNITUDE_SEGMENTS +
//          CLIP_STAGES + ROM_LATENCY + MULTIPLY_LATENCY + SUM_SEGMENTS + 1 to curve_o.
// Reset:   none.
module lstmg_result #(
  // Bits of the wide state, the stored state, a value and the table's argument, all signed.
  parameter integer WIDE_BITS = 32,
  parameter integer STATE_BITS = 32,
  parameter integer VALUE_BITS = 16,
  parameter integer ARGUMENT_BITS = 20,
  // Right shifts from the wide state to the stored state, the argument and a value without integer
  // bits; the latter grows by integer_bits_i.
  parameter integer STATE_SHIFT = 0,
  parameter integer ARGUMENT_SHIFT = 6,
  parameter integer LINEAR_SHIFT = 6,
  parameter integer INTEGER_BITS = 1,
  // Table, see lstmg_activation.
  parameter integer SEGMENT_BITS = 9,
  parameter integer OFFSET_BITS = 10,
  parameter integer BASE_BITS = 20,
  parameter integer SLOPE_BITS = 13,
  parameter integer MAGNITUDE_SEGMENTS = 1,
  parameter integer CLIP_STAGES = 0,
  parameter integer ROM_LATENCY = 1,
  parameter integer MULTIPLY_LATENCY = 1,
  parameter integer SUM_SEGMENTS = 1,
  // 1 if identity and relu are built, or 0: linear_o is zero.
  parameter integer LINEAR_PATH = 1,
  parameter TABLE_IMAGE = ""
) (
  input  wire                         clk_i,
  // Wide state; the biased state with its function
  input  wire signed [WIDE_BITS-1:0]  wide_i,
  input  wire signed [WIDE_BITS:0]    biased_i,
  input  wire [1:0]                   function_i,
  input  wire [INTEGER_BITS-1:0]      integer_bits_i,
  // Which result comes in the next cycle; the other one is zero
  input  wire                         curve_i,
  input  wire                         linear_i,
  // Results
  output reg  signed [STATE_BITS-1:0] state_o,
  output wire signed [VALUE_BITS-1:0] curve_o,
  output wire signed [VALUE_BITS-1:0] linear_o
);

  // ---- stored state
  wire signed [STATE_BITS-1:0] state;
  lstmg_round_saturate #(
    .IN_BITS (WIDE_BITS),
    .OUT_BITS(STATE_BITS),
    .SHIFT   (STATE_SHIFT)
  ) u_state (
    .data_i(wide_i),
    .data_o(state)
  );
  always @(posedge clk_i) state_o <= state;

  // ---- logistic and tanh
  lstmg_activation #(
    .BIASED_BITS       (WIDE_BITS + 1),
    .ARGUMENT_SHIFT    (ARGUMENT_SHIFT),
    .ARGUMENT_BITS     (ARGUMENT_BITS),
    .VALUE_BITS        (VALUE_BITS),
    .SEGMENT_BITS      (SEGMENT_BITS),
    .OFFSET_BITS       (OFFSET_BITS),
    .BASE_BITS         (BASE_BITS),
    .SLOPE_BITS        (SLOPE_BITS),
    .MAGNITUDE_SEGMENTS(MAGNITUDE_SEGMENTS),
    .CLIP_STAGES       (CLIP_STAGES),
    .ROM_LATENCY       (ROM_LATENCY),
    .MULTIPLY_LATENCY  (MULTIPLY_LATENCY),
    .SUM_SEGMENTS      (SUM_SEGMENTS),
    .IMAGE             (TABLE_IMAGE)
  ) u_activation (
    .clk_i   (clk_i),
    .tanh_i  (function_i[0]),
    .biased_i(biased_i),
    .valid_i (curve_i),
    .value_o (curve_o)
  );

  // ---- identity and relu
  generate
    if (LINEAR_PATH == 0) begin : gen_no_linear
      wire unused = &{1'b0, function_i[1], integer_bits_i, linear_i};
      assign linear_o = {VALUE_BITS{1'b0}};
    end else begin : gen_linear
      wire relu_clips = (function_i == 2'd3) && biased_i[WIDE_BITS];
      wire signed [WIDE_BITS:0] rectified = relu_clips ? {(WIDE_BITS + 1){1'b0}} : biased_i;
      wire signed [WIDE_BITS+1:0] doubled = {rectified, 1'b0};
      wire signed [WIDE_BITS+1:0] moved = doubled >>> integer_bits_i;
      reg signed [WIDE_BITS-LINEAR_SHIFT:0] shifted;
      reg half;
      always @(posedge clk_i) {shifted, half} <= moved[WIDE_BITS+1:LINEAR_SHIFT];
      if (LINEAR_SHIFT > 0) begin : gen_dropped
        wire unused = &{1'b0, moved[LINEAR_SHIFT-1:0]};
      end

      localparam integer SHIFTED_BITS = WIDE_BITS + 1 - LINEAR_SHIFT;
      localparam integer PADDED_BITS = SHIFTED_BITS > VALUE_BITS ? SHIFTED_BITS : VALUE_BITS;
      wire [PADDED_BITS:0] padded =
          {{(PADDED_BITS + 1 - SHIFTED_BITS){shifted[SHIFTED_BITS-1]}}, shifted};
      wire unused_sign = padded[PADDED_BITS];
      lstmg_round #(.IN_BITS(PADDED_BITS), .OUT_BITS(VALUE_BITS)) u_linear_round (
        .clk_i (clk_i),
        .data_i(padded[PADDED_BITS-1:0]),
        .half_i(half),
        .valid_i(linear_i),
        .data_o(linear_o)
      );
    end
  endgenerate

endmodule
`default_nettype wire
