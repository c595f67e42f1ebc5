`default_nettype none
// Registers on a long way to one of many readers.
//
// Every reader has registers of its own, beside it. Tools would merge equal ones, and the way to the
// furthest reader would then be as long as without them: lstmg_register is what keeps them apart.
//
// Latency: DEPTH cycles (0: a wire).
// Reset:   none.
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
      lstmg_register #(.WIDTH(WIDTH)) u_register (
        .clk_i (clk_i),
        .data_i(data_i),
        .data_o(data_o)
      );
    end
  endgenerate

endmodule
`default_nettype wire
