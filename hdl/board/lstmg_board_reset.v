`default_nettype none
// Reset of the board's two clocks: after configuration, while the button is down or the PLL is not locked,
// and for 255 cycles more.
//
// Latency: both resets rise 2 to 3 cycles of clk_i after a reason; rst_o falls 255 cycles after the last
//          one has gone, core_rst_o 2 to 3 cycles of core_clk_i later.
// Reset:   the count is zero after configuration, as flip-flops of FPGAs are.
module lstmg_board_reset (
  input  wire clk_i,
  input  wire core_clk_i,
  // Reasons, from anywhere
  input  wire button_i,
  input  wire locked_i,
  output wire rst_o,
  output wire core_rst_o
);

  wire button;
  wire locked;
  lstmg_synchroniser u_button (.clk_i(clk_i), .data_i(button_i), .data_o(button));
  lstmg_synchroniser u_locked (.clk_i(clk_i), .data_i(locked_i), .data_o(locked));

  reg [7:0] count_q = 8'd0;
  reg       rst_q = 1'b1;
  wire      is_over = count_q == 8'd255;
  always @(posedge clk_i) begin
    rst_q <= !is_over;
    if (button || !locked) count_q <= 8'd0;
    else if (!is_over)     count_q <= count_q + 8'd1;
  end
  assign rst_o = rst_q;

  lstmg_synchroniser u_core (.clk_i(core_clk_i), .data_i(rst_q), .data_o(core_rst_o));

endmodule
`default_nettype wire
