`default_nettype none
// Registers on a long way to one of many readers.
//
// Every reader has registers of its own, beside it. Tools would merge equal ones, and the way to the
// furthest reader would then be as long as without them: what keeps them apart is that the module
// stays one.
//
// Latency: DEPTH cycles (0: a wire).
// Reset:   none.
(* keep_hierarchy *)
module lstmg_relay #(
  // Bits of the word, 1 or more.
  parameter integer WIDTH = 1,
  // Cycles, 0 or 1.
  parameter integer DEPTH = 1
) (
  input  wire             clk_i,
  input  wire [WIDTH-1:0] data_i,
  output wire [WIDTH-1:0] data_o
);

  generate
    if (DEPTH == 0) begin : gen_wire
      wire unused = &{1'b0, clk_i};
      assign data_o = data_i;
    end else begin : gen_register
      reg [WIDTH-1:0] word_q;
      always @(posedge clk_i) word_q <= data_i;
      assign data_o = word_q;
    end
  endgenerate

endmodule
`default_nettype wire
