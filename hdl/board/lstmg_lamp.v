`default_nettype none
// Shows an event on a LED, long enough to be seen.
//
// Latency: 1 cycle; the lamp is lit for between one and two ticks.
// Reset:   dark.
module lstmg_lamp (
  input  wire clk_i,
  input  wire rst_i,
  // Some per second, common to all lamps
  input  wire tick_i,
  input  wire event_i,
  output wire lit_o
);

  reg [1:0] left_q;
  assign lit_o = left_q != 2'd0;
  always @(posedge clk_i) begin
    if (rst_i)                left_q <= 2'd0;
    else if (event_i)         left_q <= 2'd2;
    else if (tick_i && lit_o) left_q <= left_q - 2'd1;
  end

endmodule
`default_nettype wire
