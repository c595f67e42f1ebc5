`default_nettype none
// One carry chain.
//
//   INVERT   {carry_o, sum_o}, unsigned
//   0        (select_i ? 0 : a_i) + (b_i | c_i) + carry_i
//   1        ((b_i | c_i) ^ {select_i, ...}) + carry_i
//
// Where select_i clears a, carry_i must be zero: the sum is b | c. Device families absorb all of it in
// the cells of the chain. An input that is not used counts as zero, whatever is connected.
//
// Latency: none, combinational.
module lstmg_carry #(
  // Bits of the chain, 1 or more.
  parameter integer BITS = 16,
  // What select_i does: 0 clears a, 1 inverts the other addend (select must be used, a must not).
  parameter integer INVERT = 0,
  // Which inputs are used, 0 or 1.
  parameter integer USES_A = 1,
  parameter integer USES_C = 1,
  parameter integer USES_SELECT = 1,
  parameter integer USES_CARRY = 1
) (
  input  wire            select_i,
  input  wire [BITS-1:0] a_i,
  input  wire [BITS-1:0] b_i,
  input  wire [BITS-1:0] c_i,
  input  wire            carry_i,
  output wire [BITS-1:0] sum_o,
  output wire            carry_o
);

  wire            select = select_i & (USES_SELECT != 0);
  wire            carry = carry_i & (USES_CARRY != 0);
  wire [BITS-1:0] a = a_i & {BITS{USES_A != 0 && !select}};
  wire [BITS-1:0] b = (b_i | (c_i & {BITS{USES_C != 0}})) ^ {BITS{INVERT != 0 && select}};

  assign {carry_o, sum_o} = {1'b0, a} + {1'b0, b} + {{BITS{1'b0}}, carry};

endmodule
`default_nettype wire
