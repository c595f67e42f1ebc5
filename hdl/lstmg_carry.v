`default_nettype none
// One carry chain.
//
//   INVERT   {carry_o, sum_o}, unsigned
//   0        (select_i ? 0 : a_i) + (b_i | c_i) + carry_i
//   1        ((b_i | c_i) ^ {select_i, ...}) + carry_i
//
// Device families absorb all of it in the cells of the chain.
//
// Latency: none, combinational.
module lstmg_carry #(
  // Bits of the chain, 1 or more.
  parameter integer BITS = 16,
  // What select_i does: 0 clears a, 1 inverts the other addend (a is not used).
  parameter integer INVERT = 0
) (
  input  wire            select_i,
  input  wire [BITS-1:0] a_i,
  input  wire [BITS-1:0] b_i,
  input  wire [BITS-1:0] c_i,
  input  wire            carry_i,
  output wire [BITS-1:0] sum_o,
  output wire            carry_o
);

  wire [BITS-1:0] a;
  wire [BITS-1:0] b;
  generate
    if (INVERT == 0) begin : gen_clear
      assign a = select_i ? {BITS{1'b0}} : a_i;
      assign b = b_i | c_i;
    end else begin : gen_invert
      wire unused = &{1'b0, a_i};
      assign a = {BITS{1'b0}};
      assign b = (b_i | c_i) ^ {BITS{select_i}};
    end
  endgenerate

  assign {carry_o, sum_o} = {1'b0, a} + {1'b0, b} + {{BITS{1'b0}}, carry_i};

endmodule
`default_nettype wire
