`default_nettype none
// Last part of the node unit: the stored state and the activation of a finished node.
//
//   function_i   result
//   0 logistic   table
//   1 tanh       table
//   2 identity   saturate(round(biased / 2^(LINEAR_SHIFT + integer_bits)))
//   3 relu       the same, negative sums give 0
//
// Latency: 1 cycle from wide_i to state_o; ROM_LATENCY + MULTIPLY_LATENCY + 6 cycles from biased_i
//          to value_o.
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
  parameter integer ROM_LATENCY = 1,
  parameter integer MULTIPLY_LATENCY = 1,
  parameter TABLE_IMAGE = ""
) (
  input  wire                         clk_i,
  // Wide state and, one cycle later, the biased state with its function
  input  wire signed [WIDE_BITS-1:0]  wide_i,
  input  wire signed [WIDE_BITS:0]    biased_i,
  input  wire [1:0]                   function_i,
  input  wire [INTEGER_BITS-1:0]      integer_bits_i,
  // Results
  output reg  signed [STATE_BITS-1:0] state_o,
  output reg  signed [VALUE_BITS-1:0] value_o
);

  // Cycles from biased_i to the output of the table.
  localparam integer TABLE_LATENCY = 1 + ROM_LATENCY + MULTIPLY_LATENCY + 4;

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
  wire signed [ARGUMENT_BITS-1:0] argument;
  lstmg_round_saturate #(
    .IN_BITS (WIDE_BITS + 1),
    .OUT_BITS(ARGUMENT_BITS),
    .SHIFT   (ARGUMENT_SHIFT)
  ) u_argument (
    .data_i(biased_i),
    .data_o(argument)
  );

  reg signed [ARGUMENT_BITS-1:0] argument_q;
  reg                            tanh_q;
  always @(posedge clk_i) begin
    argument_q <= argument;
    tanh_q     <= function_i[0];
  end

  wire signed [VALUE_BITS-1:0] curve;
  lstmg_activation #(
    .ARGUMENT_BITS   (ARGUMENT_BITS),
    .VALUE_BITS      (VALUE_BITS),
    .SEGMENT_BITS    (SEGMENT_BITS),
    .OFFSET_BITS     (OFFSET_BITS),
    .BASE_BITS       (BASE_BITS),
    .SLOPE_BITS      (SLOPE_BITS),
    .ROM_LATENCY     (ROM_LATENCY),
    .MULTIPLY_LATENCY(MULTIPLY_LATENCY),
    .IMAGE           (TABLE_IMAGE)
  ) u_activation (
    .clk_i     (clk_i),
    .tanh_i    (tanh_q),
    .argument_i(argument_q),
    .value_o   (curve)
  );

  // ---- identity and relu
  wire relu_clips = (function_i == 2'd3) && biased_i[WIDE_BITS];
  wire signed [WIDE_BITS:0]            rectified = relu_clips ? {(WIDE_BITS + 1){1'b0}} : biased_i;
  wire signed [WIDE_BITS-LINEAR_SHIFT:0] shifted;
  wire                                   half;
  lstmg_align #(
    .WIDTH      (WIDE_BITS + 1),
    .SHIFT_BITS (INTEGER_BITS),
    .FIXED_SHIFT(LINEAR_SHIFT)
  ) u_linear (
    .clk_i  (clk_i),
    .data_i (rectified),
    .shift_i(integer_bits_i),
    .data_o (shifted),
    .half_o (half)
  );

  wire signed [WIDE_BITS-LINEAR_SHIFT+1:0] rounded =
      {shifted[WIDE_BITS-LINEAR_SHIFT], shifted} + {{(WIDE_BITS - LINEAR_SHIFT + 1){1'b0}}, half};
  wire signed [VALUE_BITS-1:0] linear;
  lstmg_round_saturate #(
    .IN_BITS (WIDE_BITS - LINEAR_SHIFT + 2),
    .OUT_BITS(VALUE_BITS),
    .SHIFT   (0)
  ) u_linear_saturate (
    .data_i(rounded),
    .data_o(linear)
  );

  reg signed [VALUE_BITS-1:0] linear_q;
  always @(posedge clk_i) linear_q <= linear;

  wire signed [VALUE_BITS-1:0] linear_at_curve;
  wire                         is_linear;
  lstmg_delay #(.WIDTH(VALUE_BITS), .DEPTH(TABLE_LATENCY - 2)) u_linear_delay (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(linear_q),
    .data_o(linear_at_curve)
  );
  lstmg_delay #(.WIDTH(1), .DEPTH(TABLE_LATENCY)) u_function (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(function_i[1]),
    .data_o(is_linear)
  );

  always @(posedge clk_i) value_o <= is_linear ? linear_at_curve : curve;

endmodule
`default_nettype wire
