`default_nettype none
// Clocks of a board from the PLL of an iCE40, whose pad is the oscillator's pin; same contract as the
// behavioural hdl/board/lstmg_pll.v.
//
// Oscillator / REFERENCE_DIVIDER * FEEDBACK_DIVIDER / OUTPUT_DIVIDER (a power of two) is the core's clock.
module lstmg_pll #(
  // Without meaning here.
  parameter integer OSCILLATOR_MHZ = 12,
  parameter OSCILLATOR_TEXT = "12",
  parameter integer REFERENCE_DIVIDER = 1,
  parameter integer FEEDBACK_DIVIDER = 1,
  parameter integer OUTPUT_DIVIDER = 1,
  // Filter, by the frequency of the phase detector: 1 to 6.
  parameter integer RANGE = 1
) (
  input  wire clk_i,
  output wire clk_o,
  output wire core_clk_o,
  output wire locked_o
);

  wire unused = OSCILLATOR_MHZ == 0 || &{1'b0, OSCILLATOR_TEXT};

  localparam [31:0] DIVR = REFERENCE_DIVIDER - 1;
  localparam [31:0] DIVF = FEEDBACK_DIVIDER - 1;
  localparam [31:0] DIVQ = $clog2(OUTPUT_DIVIDER);
  localparam [31:0] FILTER = RANGE;

  // Output A is the pad, output B the PLL's.
  SB_PLL40_2_PAD #(
    .FEEDBACK_PATH      ("SIMPLE"),
    .DIVR               (DIVR[3:0]),
    .DIVF               (DIVF[6:0]),
    .DIVQ               (DIVQ[2:0]),
    .FILTER_RANGE       (FILTER[2:0]),
    .PLLOUT_SELECT_PORTB("GENCLK")
  ) u_pll (
    .PACKAGEPIN    (clk_i),
    .PLLOUTGLOBALA (clk_o),
    .PLLOUTGLOBALB (core_clk_o),
    .LOCK          (locked_o),
    .RESETB        (1'b1),
    .BYPASS        (1'b0)
  );

endmodule
`default_nettype wire
