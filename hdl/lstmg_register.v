`default_nettype none
// A register that synthesis keeps apart from others with the same contents.
//
// Latency: 1 cycle.
// Reset:   none.
(* keep_hierarchy *)
module lstmg_register #(
  // Bits of the word, 1 or more.
  parameter integer WIDTH = 1
) (
  input  wire             clk_i,
  input  wire [WIDTH-1:0] data_i,
  output reg  [WIDTH-1:0] data_o
);

  always @(posedge clk_i) data_o <= data_i;

endmodule
`default_nettype wire
