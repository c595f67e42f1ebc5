`default_nettype none
// One carry chain in cells of an iCE40; same contract as the behavioural hdl/lstmg_carry.v.
//
// The lookup table of a bit has an input left beside its three addends: where a is cleared it gives b,
// and nothing stands in front of the chain. The carry out of the chain passes the table behind its
// last bit. Tools would put a level of tables in front of the chain and another one behind it.
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
  wire            clear = select & (INVERT == 0 && USES_A != 0);
  wire [BITS-1:0] a = a_i & {BITS{USES_A != 0}};
  wire [BITS-1:0] b = (b_i | (c_i & {BITS{USES_C != 0}})) ^ {BITS{INVERT != 0 && select}};
  wire [BITS:0]   chain;
  assign chain[0] = carry_i & (USES_CARRY != 0);

  // sum = clear ? b : a ^ b ^ carry
  genvar index;
  generate
    for (index = 0; index < BITS; index = index + 1) begin : gen_bit
      SB_CARRY u_carry (
        .CI(chain[index]),
        .I0(a[index]),
        .I1(b[index]),
        .CO(chain[index+1])
      );
      SB_LUT4 #(.LUT_INIT(16'hE1B4)) u_sum (
        .I0(clear),
        .I1(a[index]),
        .I2(b[index]),
        .I3(chain[index]),
        .O (sum_o[index])
      );
    end
  endgenerate

  // carry_o = clear ? 0 : carry
  SB_LUT4 #(.LUT_INIT(16'h5500)) u_out (
    .I0(clear),
    .I1(1'b0),
    .I2(1'b0),
    .I3(chain[BITS]),
    .O (carry_o)
  );

endmodule
`default_nettype wire
