`default_nettype none
// Model of the carry of a logic cell of an iCE40 for simulators.
module SB_CARRY (
  input  wire CI,
  input  wire I0,
  input  wire I1,
  output wire CO
);

  assign CO = (I0 & I1) | ((I0 | I1) & CI);

endmodule
`default_nettype wire
