`default_nettype none
// Hands words from one clock to another, one at a time: two-phase handshake over toggling signals.
//
// A word lies still from the cycle in which it was taken until the other side has copied it, at least two
// cycles later, so that its bits need no synchronisers. Both clocks may be the same.
//
// Handshake: ready/valid on both sides; to_data_o is stable while to_valid_o is high.
// Latency:   3 to 4 cycles of to_clk_i until to_valid_o, 2 to 3 of from_clk_i more until from_ready_o.
// Reset:     both sides together; a word on its way is lost.
module lstmg_crossing #(
  // Bits of a word, 1 or more.
  parameter integer WIDTH = 1
) (
  // From
  input  wire             from_clk_i,
  input  wire             from_rst_i,
  input  wire [WIDTH-1:0] from_data_i,
  input  wire             from_valid_i,
  output wire             from_ready_o,
  // To
  input  wire             to_clk_i,
  input  wire             to_rst_i,
  output reg  [WIDTH-1:0] to_data_o,
  output reg              to_valid_o,
  input  wire             to_ready_i
);

  reg  [WIDTH-1:0] word_q;
  reg              sent_q;
  reg              taken_q;
  wire             sent;
  wire             taken;
  lstmg_synchroniser u_sent (.clk_i(to_clk_i), .data_i(sent_q), .data_o(sent));
  lstmg_synchroniser u_taken (.clk_i(from_clk_i), .data_i(taken_q), .data_o(taken));

  assign from_ready_o = sent_q == taken;
  always @(posedge from_clk_i) begin
    if (from_rst_i) begin
      sent_q <= 1'b0;
    end else if (from_valid_i && from_ready_o) begin
      sent_q <= !sent_q;
      word_q <= from_data_i;
    end
  end

  always @(posedge to_clk_i) begin
    if (to_rst_i) begin
      taken_q    <= 1'b0;
      to_valid_o <= 1'b0;
    end else if (to_valid_o) begin
      to_valid_o <= !to_ready_i;
    end else begin
      taken_q    <= sent;
      to_valid_o <= sent != taken_q;
    end
    if (!to_valid_o) to_data_o <= word_q;
  end

endmodule
`default_nettype wire
