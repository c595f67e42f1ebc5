`default_nettype none
// First half of the node unit: an addend before its gate, operand = round(x >> shift) + constant.
//
// x is the sum of the captured parts up to here, a value, the node's old state, or nothing, moved
// left so that one right shift aligns it. Parts of one sum are added exactly, before any rounding.
//
//   kind_i   x
//   0        0
//   1        parts << SUM_LEFT
//   2        value << VALUE_LEFT
//   3        state << STATE_LEFT
//
// A part comes from the capture memory or, taken in its flight, from the chain: the other is zero.
//
// Latency: PART_SEGMENTS + ALIGN_STAGES + ROUND_SEGMENTS cycles from the inputs to operand_o.
// Reset:   none; part_first_i starts a new sum of parts.
module lstmg_operand #(
  // Bits of a captured sum, a value, a state and the operand, all signed.
  parameter integer SUM_BITS = 40,
  parameter integer VALUE_BITS = 16,
  parameter integer STATE_BITS = 32,
  parameter integer OPERAND_BITS = 32,
  // Bits of x after the left shift, and of the right shift amount.
  parameter integer ALIGNED_BITS = 48,
  parameter integer SHIFT_BITS = 5,
  // Left shifts, 0 or more.
  parameter integer SUM_LEFT = 0,
  parameter integer VALUE_LEFT = 0,
  parameter integer STATE_LEFT = 0,
  // Pipeline, see lstmg_accumulator, lstmg_align and lstmg_adder.
  parameter integer PART_SEGMENTS = 1,
  parameter integer ALIGN_STAGES = 1,
  parameter integer ROUND_SEGMENTS = 1
) (
  input  wire                           clk_i,
  // Operation
  input  wire                           part_i,
  input  wire                           part_first_i,
  input  wire [1:0]                     kind_i,
  input  wire [SHIFT_BITS-1:0]          shift_i,
  input  wire signed [OPERAND_BITS-1:0] constant_i,
  // Data
  input  wire signed [SUM_BITS-1:0]     captured_i,
  input  wire signed [SUM_BITS-1:0]     direct_i,
  input  wire signed [VALUE_BITS-1:0]   value_i,
  input  wire signed [STATE_BITS-1:0]   state_i,
  output wire signed [OPERAND_BITS-1:0] operand_o
);

  // ---- add the parts of a sum
  wire signed [SUM_BITS-1:0] parts_sum;
  lstmg_accumulator #(.SUM_BITS(SUM_BITS), .SEGMENTS(PART_SEGMENTS)) u_parts (
    .clk_i   (clk_i),
    .enable_i(part_i),
    .first_i (part_first_i),
    .term_i  (captured_i),
    .other_i (direct_i),
    .sum_o   (parts_sum)
  );

  // ---- what else x may be
  wire signed [ALIGNED_BITS-1:0] value =
      {{(ALIGNED_BITS - VALUE_BITS + 1){value_i[VALUE_BITS-1]}}, value_i[VALUE_BITS-2:0]};
  wire signed [ALIGNED_BITS-1:0] state =
      {{(ALIGNED_BITS - STATE_BITS + 1){state_i[STATE_BITS-1]}}, state_i[STATE_BITS-2:0]};
  wire signed [ALIGNED_BITS-1:0] other =
      (value <<< VALUE_LEFT) & {ALIGNED_BITS{kind_i == 2'd2}}
      | (state <<< STATE_LEFT) & {ALIGNED_BITS{kind_i == 2'd3}};

  wire signed [ALIGNED_BITS-1:0] early;
  wire                           is_sum;
  wire [SHIFT_BITS-1:0]          shift;
  // Where there is time, the amount is decoded beforehand.
  localparam integer DECODED = PART_SEGMENTS > 1 ? 1 : 0;
  lstmg_delay #(.WIDTH(ALIGNED_BITS), .DEPTH(PART_SEGMENTS - 1)) u_early (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(other),
    .data_o(early)
  );
  lstmg_delay #(.WIDTH(1 + SHIFT_BITS), .DEPTH(PART_SEGMENTS - 1 - DECODED)) u_shift (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({kind_i == 2'd1, shift_i}),
    .data_o({is_sum, shift})
  );

  // ---- align
  wire signed [ALIGNED_BITS-1:0] parts =
      {{(ALIGNED_BITS - SUM_BITS + 1){parts_sum[SUM_BITS-1]}}, parts_sum[SUM_BITS-2:0]};
  wire signed [ALIGNED_BITS-1:0] aligned;
  wire                           half;
  lstmg_align #(
    .WIDTH     (ALIGNED_BITS),
    .SHIFT_BITS(SHIFT_BITS),
    .STAGES    (ALIGN_STAGES),
    .DECODED   (DECODED)
  ) u_align (
    .clk_i    (clk_i),
    .is_late_i(is_sum),
    .shift_i  (shift),
    .early_i  (early),
    .late_i   (parts <<< SUM_LEFT),
    .data_o   (aligned),
    .half_o   (half)
  );

  wire signed [OPERAND_BITS-1:0] constant;
  lstmg_delay #(.WIDTH(OPERAND_BITS), .DEPTH(PART_SEGMENTS + ALIGN_STAGES)) u_constant (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(constant_i),
    .data_o(constant)
  );

  // ---- round and add the constant; the compiler proves that OPERAND_BITS suffice
  lstmg_adder #(.BITS(OPERAND_BITS), .SEGMENTS(ROUND_SEGMENTS), .USES_CARRY(1)) u_round (
    .clk_i   (clk_i),
    .invert_i(1'b0),
    .a_i     (constant),
    .b_i     (aligned[OPERAND_BITS-1:0]),
    .c_i     ({OPERAND_BITS{1'b0}}),
    .carry_i (half),
    .sum_o   (operand_o)
  );

  generate
    if (ALIGNED_BITS > OPERAND_BITS) begin : gen_proved
      wire unused = &{1'b0, aligned[ALIGNED_BITS-1:OPERAND_BITS]};
    end
  endgenerate

endmodule
`default_nettype wire
