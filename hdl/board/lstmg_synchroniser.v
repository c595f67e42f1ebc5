`default_nettype none
// Brings a signal of another clock, or of none, to this one.
//
// Latency: 2 to 3 cycles.
// Reset:   none.
module lstmg_synchroniser (
  input  wire clk_i,
  input  wire data_i,
  output reg  data_o
);

  reg early_q;
  always @(posedge clk_i) {data_o, early_q} <= {early_q, data_i};

endmodule
`default_nettype wire
