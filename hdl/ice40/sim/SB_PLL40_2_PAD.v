`default_nettype none
// Model of the PLL of an iCE40 for simulators: output A is the pad, output B its multiple by the dividers,
// from the third edge of the pad on. Reset, bypass and the other feedback paths are not modelled.
module SB_PLL40_2_PAD #(
  parameter FEEDBACK_PATH = "SIMPLE",
  parameter PLLOUT_SELECT_PORTB = "GENCLK",
  parameter [3:0] DIVR = 4'd0,
  parameter [6:0] DIVF = 7'd0,
  parameter [2:0] DIVQ = 3'd0,
  parameter [2:0] FILTER_RANGE = 3'd0
) (
  input  wire PACKAGEPIN,
  input  wire RESETB,
  input  wire BYPASS,
  output wire PLLOUTGLOBALA,
  output reg  PLLOUTGLOBALB,
  output reg  LOCK
);

  assign PLLOUTGLOBALA = PACKAGEPIN;
  wire unused = &{1'b0, RESETB, BYPASS};

  // Half a period of output B, and the last edge of the pad.
  real half;
  real edge_time;
  initial begin
    LOCK = 1'b0;
    PLLOUTGLOBALB = 1'b0;
    @(posedge PACKAGEPIN) edge_time = $realtime;
    @(posedge PACKAGEPIN)
    half = ($realtime - edge_time) * (DIVR + 1) * (1 << DIVQ) / (DIVF + 1) / 2.0;
    @(posedge PACKAGEPIN) LOCK = 1'b1;
    forever #(half) PLLOUTGLOBALB = !PLLOUTGLOBALB;
  end

endmodule
`default_nettype wire
