`default_nettype none
// Behaviour of the ECP5's carry cell, two bits of a chain, for the simulation of netlists.
//
// Each bit has a table of four inputs, bit {D, C, B, A} of INITn. It propagates the carry where the
// table gives 1; elsewhere it carries what the table's lowest four bits give for B and A alone.
// INJECT1_n = "YES" keeps the carry out of the sum and kills what the bit would generate.
//
// Latency: none, combinational.
module CCU2C #(
  parameter [15:0] INIT0 = 16'h0000,
  parameter [15:0] INIT1 = 16'h0000,
  parameter [23:0] INJECT1_0 = "YES",
  parameter [23:0] INJECT1_1 = "YES"
) (
  input  wire CIN,
  input  wire A0,
  input  wire B0,
  input  wire C0,
  input  wire D0,
  input  wire A1,
  input  wire B1,
  input  wire C1,
  input  wire D1,
  output wire S0,
  output wire S1,
  output wire COUT
);

  localparam PLAIN_0 = INJECT1_0 != "YES";
  localparam PLAIN_1 = INJECT1_1 != "YES";

  // One input after the other: an unknown one that chooses between equal bits does no harm.
  wire [7:0] high_0 = D0 ? INIT0[15:8] : INIT0[7:0];
  wire [3:0] quarter_0 = C0 ? high_0[7:4] : high_0[3:0];
  wire [1:0] pair_0 = B0 ? quarter_0[3:2] : quarter_0[1:0];
  wire [1:0] low_pair_0 = B0 ? INIT0[3:2] : INIT0[1:0];
  wire       propagate_0 = A0 ? pair_0[1] : pair_0[0];
  wire       generate_0 = (A0 ? low_pair_0[1] : low_pair_0[0]) & PLAIN_0;
  wire       carry = propagate_0 ? CIN : generate_0;
  assign S0 = propagate_0 ^ (CIN & PLAIN_0);

  wire [7:0] high_1 = D1 ? INIT1[15:8] : INIT1[7:0];
  wire [3:0] quarter_1 = C1 ? high_1[7:4] : high_1[3:0];
  wire [1:0] pair_1 = B1 ? quarter_1[3:2] : quarter_1[1:0];
  wire [1:0] low_pair_1 = B1 ? INIT1[3:2] : INIT1[1:0];
  wire       propagate_1 = A1 ? pair_1[1] : pair_1[0];
  wire       generate_1 = (A1 ? low_pair_1[1] : low_pair_1[0]) & PLAIN_1;
  assign COUT = propagate_1 ? carry : generate_1;
  assign S1   = propagate_1 ^ (carry & PLAIN_1);

endmodule
`default_nettype wire
