`default_nettype none
// Clocks of a board from a PLL of an ECP5; same contract as the behavioural hdl/board/lstmg_pll.v.
//
// Oscillator / REFERENCE_DIVIDER * FEEDBACK_DIVIDER is the oscillator of the PLL, 400 to 800 MHz, and that
// divided by OUTPUT_DIVIDER the core's clock. The main output, which nothing but the feedback uses, has the
// frequency of the phase detector.
module lstmg_pll #(
  // Without meaning here.
  parameter integer OSCILLATOR_MHZ = 12,
  parameter OSCILLATOR_TEXT = "12",
  parameter integer REFERENCE_DIVIDER = 1,
  parameter integer FEEDBACK_DIVIDER = 1,
  parameter integer OUTPUT_DIVIDER = 1,
  // Without meaning here.
  parameter integer RANGE = 0
) (
  input  wire clk_i,
  output wire clk_o,
  output wire core_clk_o,
  output wire locked_o
);

  wire unused = OSCILLATOR_MHZ + RANGE == 0 || &{1'b0, OSCILLATOR_TEXT};
  assign clk_o = clk_i;
  wire feedback;

  (* ICP_CURRENT = "12", LPF_RESISTOR = "8", MFG_ENABLE_FILTEROPAMP = "1", MFG_GMCREF_SEL = "2" *)
  EHXPLLL #(
    .CLKI_DIV        (REFERENCE_DIVIDER),
    .CLKFB_DIV       (1),
    .CLKOP_DIV       (FEEDBACK_DIVIDER),
    .CLKOP_CPHASE    (FEEDBACK_DIVIDER - 1),
    .CLKOP_FPHASE    (0),
    .CLKOP_ENABLE    ("ENABLED"),
    .CLKOS_DIV       (OUTPUT_DIVIDER),
    .CLKOS_CPHASE    (OUTPUT_DIVIDER - 1),
    .CLKOS_FPHASE    (0),
    .CLKOS_ENABLE    ("ENABLED"),
    .FEEDBK_PATH     ("CLKOP"),
    .PLLRST_ENA      ("DISABLED"),
    .INTFB_WAKE      ("DISABLED"),
    .STDBY_ENABLE    ("DISABLED"),
    .DPHASE_SOURCE   ("DISABLED"),
    .OUTDIVIDER_MUXA ("DIVA"),
    .OUTDIVIDER_MUXB ("DIVB"),
    .OUTDIVIDER_MUXC ("DIVC"),
    .OUTDIVIDER_MUXD ("DIVD")
  ) u_pll (
    .CLKI        (clk_i),
    .CLKFB       (feedback),
    .CLKOP       (feedback),
    .CLKOS       (core_clk_o),
    .LOCK        (locked_o),
    .RST         (1'b0),
    .STDBY       (1'b0),
    .PHASESEL0   (1'b0),
    .PHASESEL1   (1'b0),
    .PHASEDIR    (1'b1),
    .PHASESTEP   (1'b1),
    .PHASELOADREG(1'b1),
    .PLLWAKESYNC (1'b0),
    .ENCLKOP     (1'b0)
  );

endmodule
`default_nettype wire
