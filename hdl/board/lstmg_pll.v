`default_nettype none
// Clocks of a board, from its oscillator: one as it is, and one for the core. This version, for simulators,
// gives both the same clock; each family has its own.
//
// Reset: none; locked_o is high while the core's clock can be trusted.
module lstmg_pll #(
  // Of the oscillator and the PLL; they mean nothing here.
  parameter integer OSCILLATOR_MHZ = 12,
  parameter OSCILLATOR_TEXT = "12",
  parameter integer REFERENCE_DIVIDER = 1,
  parameter integer FEEDBACK_DIVIDER = 1,
  parameter integer OUTPUT_DIVIDER = 1,
  parameter integer RANGE = 0
) (
  // Pin of the oscillator
  input  wire clk_i,
  output wire clk_o,
  output wire core_clk_o,
  output wire locked_o
);

  wire unused = OSCILLATOR_MHZ + REFERENCE_DIVIDER + FEEDBACK_DIVIDER + OUTPUT_DIVIDER + RANGE == 0
      || &{1'b0, OSCILLATOR_TEXT};
  assign clk_o      = clk_i;
  assign core_clk_o = clk_i;
  assign locked_o   = 1'b1;

endmodule
`default_nettype wire
