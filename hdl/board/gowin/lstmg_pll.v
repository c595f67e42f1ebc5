`default_nettype none
// Clocks of a board from a PLL of a GW2A; same contract as the behavioural hdl/board/lstmg_pll.v.
//
// Oscillator / REFERENCE_DIVIDER * FEEDBACK_DIVIDER is the core's clock, and that times OUTPUT_DIVIDER the
// oscillator of the PLL.
module lstmg_pll #(
  // Without meaning here.
  parameter integer OSCILLATOR_MHZ = 27,
  // Tools want text, and what is put together of digits is none to them.
  parameter OSCILLATOR_TEXT = "27",
  parameter integer REFERENCE_DIVIDER = 1,
  parameter integer FEEDBACK_DIVIDER = 1,
  parameter integer OUTPUT_DIVIDER = 2,
  // Without meaning here.
  parameter integer RANGE = 0
) (
  input  wire clk_i,
  output wire clk_o,
  output wire core_clk_o,
  output wire locked_o
);

  wire unused = OSCILLATOR_MHZ + RANGE == 0;
  assign clk_o = clk_i;

  rPLL #(
    .FCLKIN          (OSCILLATOR_TEXT),
    .IDIV_SEL        (REFERENCE_DIVIDER - 1),
    .FBDIV_SEL       (FEEDBACK_DIVIDER - 1),
    .ODIV_SEL        (OUTPUT_DIVIDER),
    .DYN_IDIV_SEL    ("false"),
    .DYN_FBDIV_SEL   ("false"),
    .DYN_ODIV_SEL    ("false"),
    .DYN_SDIV_SEL    (2),
    .DYN_DA_EN       ("false"),
    .PSDA_SEL        ("0000"),
    .DUTYDA_SEL      ("1000"),
    .CLKFB_SEL       ("internal"),
    .CLKOUT_BYPASS   ("false"),
    .CLKOUTP_BYPASS  ("false"),
    .CLKOUTD_BYPASS  ("false"),
    .CLKOUT_FT_DIR   (1'b1),
    .CLKOUTP_FT_DIR  (1'b1),
    .CLKOUT_DLY_STEP (0),
    .CLKOUTP_DLY_STEP(0),
    .CLKOUTD_SRC     ("CLKOUT"),
    .CLKOUTD3_SRC    ("CLKOUT"),
    .DEVICE          ("GW2AR-18C")
  ) u_pll (
    .CLKIN  (clk_i),
    .CLKFB  (1'b0),
    .RESET  (1'b0),
    .RESET_P(1'b0),
    .FBDSEL (6'd0),
    .IDSEL  (6'd0),
    .ODSEL  (6'd0),
    .PSDA   (4'd0),
    .DUTYDA (4'd0),
    .FDLY   (4'd0),
    .CLKOUT (core_clk_o),
    .LOCK   (locked_o),
    .CLKOUTP(),
    .CLKOUTD(),
    .CLKOUTD3()
  );

endmodule
`default_nettype wire
