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
// Latency: 3 cycles from the inputs to operand_o.
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
  parameter integer STATE_LEFT = 0
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
  input  wire signed [VALUE_BITS-1:0]   value_i,
  input  wire signed [STATE_BITS-1:0]   state_i,
  output reg  signed [OPERAND_BITS-1:0] operand_o
);

  // ---- cycle 1: add the parts of a sum
  reg signed [SUM_BITS-1:0]     parts_q;
  reg signed [VALUE_BITS-1:0]   value_q;
  reg signed [STATE_BITS-1:0]   state_q;
  reg [1:0]                     kind_q;
  reg [SHIFT_BITS-1:0]          shift_q;
  reg signed [OPERAND_BITS-1:0] constant_q;
  always @(posedge clk_i) begin
    if (part_i) parts_q <= (part_first_i ? {SUM_BITS{1'b0}} : parts_q) + captured_i;
    value_q    <= value_i;
    state_q    <= state_i;
    kind_q     <= kind_i;
    shift_q    <= shift_i;
    constant_q <= constant_i;
  end

  // ---- cycle 2: align
  wire signed [ALIGNED_BITS-1:0] parts =
      {{(ALIGNED_BITS - SUM_BITS + 1){parts_q[SUM_BITS-1]}}, parts_q[SUM_BITS-2:0]};
  wire signed [ALIGNED_BITS-1:0] value =
      {{(ALIGNED_BITS - VALUE_BITS + 1){value_q[VALUE_BITS-1]}}, value_q[VALUE_BITS-2:0]};
  wire signed [ALIGNED_BITS-1:0] state =
      {{(ALIGNED_BITS - STATE_BITS + 1){state_q[STATE_BITS-1]}}, state_q[STATE_BITS-2:0]};
  reg signed [ALIGNED_BITS-1:0] x;
  always @* begin
    x = {ALIGNED_BITS{1'b0}};
    case (kind_q)
      2'd1:    x = parts <<< SUM_LEFT;
      2'd2:    x = value <<< VALUE_LEFT;
      2'd3:    x = state <<< STATE_LEFT;
      default: x = {ALIGNED_BITS{1'b0}};
    endcase
  end

  wire signed [ALIGNED_BITS-1:0] aligned;
  wire                           half;
  lstmg_align #(.WIDTH(ALIGNED_BITS), .SHIFT_BITS(SHIFT_BITS), .FIXED_SHIFT(0)) u_align (
    .clk_i  (clk_i),
    .data_i (x),
    .shift_i(shift_q),
    .data_o (aligned),
    .half_o (half)
  );

  reg signed [OPERAND_BITS-1:0] constant_q2;
  always @(posedge clk_i) constant_q2 <= constant_q;

  // ---- cycle 3: round and add the constant; the compiler proves that OPERAND_BITS suffice
  always @(posedge clk_i)
    operand_o <= aligned[OPERAND_BITS-1:0] + constant_q2 + {{(OPERAND_BITS - 1){1'b0}}, half};

  generate
    if (ALIGNED_BITS > OPERAND_BITS) begin : gen_proved
      wire unused = &{1'b0, aligned[ALIGNED_BITS-1:OPERAND_BITS]};
    end
  endgenerate

endmodule
`default_nettype wire
