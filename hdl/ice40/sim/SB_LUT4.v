`default_nettype none
// Model of the lookup table of a logic cell of an iCE40 for simulators.
module SB_LUT4 #(
  parameter [15:0] LUT_INIT = 16'd0
) (
  input  wire I0,
  input  wire I1,
  input  wire I2,
  input  wire I3,
  output wire O
);

  // An unknown input does not matter where the table does not depend on it.
  wire [7:0] eight = I3 ? LUT_INIT[15:8] : LUT_INIT[7:0];
  wire [3:0] four = I2 ? eight[7:4] : eight[3:0];
  wire [1:0] two = I1 ? four[3:2] : four[1:0];
  assign O = I0 ? two[1] : two[0];

endmodule
`default_nettype wire
