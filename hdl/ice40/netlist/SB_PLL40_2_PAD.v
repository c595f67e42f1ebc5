`default_nettype none
// Model of the PLL of an iCE40 whose pad is the oscillator's pin, for event-driven simulators.
//
// Output A is the pad, output B the oscillator / (DIVR + 1) * (DIVF + 1) / 2^DIVQ: simple feedback and
// nothing else. The delays of a period are rounded to the precision of the simulation.
//
// Latency: LOCK rises, and output B begins, some cycles after RESETB; a device takes up to 50 us.
module SB_PLL40_2_PAD #(
  parameter FEEDBACK_PATH = "SIMPLE",
  parameter PLLOUT_SELECT_PORTB = "GENCLK",
  parameter [3:0] DIVR = 4'd0,
  parameter [6:0] DIVF = 7'd0,
  parameter [2:0] DIVQ = 3'd0,
  // Without meaning here.
  parameter [2:0] FILTER_RANGE = 3'd0
) (
  input  wire PACKAGEPIN,
  output wire PLLOUTGLOBALA,
  output reg  PLLOUTGLOBALB,
  output wire LOCK,
  // Active low
  input  wire RESETB,
  input  wire BYPASS
);

  localparam integer LOCK_CYCLES = 16;
  localparam         IS_KNOWN = FEEDBACK_PATH == "SIMPLE" && PLLOUT_SELECT_PORTB == "GENCLK";

  assign PLLOUTGLOBALA = PACKAGEPIN;

  // Oscillator: its last edge, the time between that and the one before, edges in sequence.
  realtime edge_time;
  realtime period;
  integer  count = 0;
  always @(posedge PACKAGEPIN) begin
    period    = $realtime - edge_time;
    edge_time = $realtime;
    count     = RESETB !== 1'b1 ? 0 : count < LOCK_CYCLES ? count + 1 : count;
  end
  assign LOCK = IS_KNOWN && !BYPASS && count == LOCK_CYCLES;

  initial PLLOUTGLOBALB = 1'b0;
  always
    if (LOCK) #(period * (DIVR + 1) * (1 << DIVQ) / (DIVF + 1) / 2) PLLOUTGLOBALB = !PLLOUTGLOBALB;
    else @(LOCK);

endmodule
`default_nettype wire
