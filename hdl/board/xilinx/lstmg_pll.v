`default_nettype none
// Clocks of a board from a PLL of a 7-series device; same contract as the behavioural hdl/board/lstmg_pll.v.
//
// Oscillator / REFERENCE_DIVIDER * FEEDBACK_DIVIDER is the oscillator of the PLL, and that divided by
// OUTPUT_DIVIDER the core's clock.
module lstmg_pll #(
  parameter integer OSCILLATOR_MHZ = 100,
  // Without meaning here.
  parameter OSCILLATOR_TEXT = "100",
  parameter integer REFERENCE_DIVIDER = 1,
  parameter integer FEEDBACK_DIVIDER = 8,
  parameter integer OUTPUT_DIVIDER = 8,
  // Without meaning here.
  parameter integer RANGE = 0
) (
  input  wire clk_i,
  output wire clk_o,
  output wire core_clk_o,
  output wire locked_o
);

  wire unused = RANGE == 0 || &{1'b0, OSCILLATOR_TEXT};
  wire feedback;
  wire core_clk;

  PLLE2_BASE #(
    .CLKIN1_PERIOD (1000.0 / OSCILLATOR_MHZ),
    .DIVCLK_DIVIDE (REFERENCE_DIVIDER),
    .CLKFBOUT_MULT (FEEDBACK_DIVIDER),
    .CLKOUT0_DIVIDE(OUTPUT_DIVIDER)
  ) u_pll (
    .CLKIN1  (clk_i),
    .CLKFBIN (feedback),
    .CLKFBOUT(feedback),
    .CLKOUT0 (core_clk),
    .LOCKED  (locked_o),
    .PWRDWN  (1'b0),
    .RST     (1'b0)
  );
  BUFG u_link (.I(clk_i), .O(clk_o));
  BUFG u_core (.I(core_clk), .O(core_clk_o));

endmodule
`default_nettype wire
