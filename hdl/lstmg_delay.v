`default_nettype none
// A fixed delay.
//
// Latency: DEPTH cycles (0: a wire).
// Reset:   clears every stage when rst_i is high; tie rst_i low for data, so that no reset is built.
module lstmg_delay #(
  // Bits of the delayed word, 1 or more.
  parameter integer WIDTH = 1,
  // Cycles, 0 or more.
  parameter integer DEPTH = 1
) (
  input  wire             clk_i,
  input  wire             rst_i,
  input  wire [WIDTH-1:0] data_i,
  output wire [WIDTH-1:0] data_o
);

  genvar stage;
  generate
    if (DEPTH == 0) begin : gen_wire
      wire unused = &{1'b0, clk_i, rst_i};
      assign data_o = data_i;
    end else begin : gen_stages
      for (stage = 0; stage < DEPTH; stage = stage + 1) begin : gen_stage
        reg [WIDTH-1:0] word_q;
        if (stage == 0) begin : gen_first
          always @(posedge clk_i)
            if (rst_i) word_q <= {WIDTH{1'b0}};
            else       word_q <= data_i;
        end else begin : gen_next
          always @(posedge clk_i)
            if (rst_i) word_q <= {WIDTH{1'b0}};
            else       word_q <= gen_stage[stage-1].word_q;
        end
      end
      assign data_o = gen_stage[DEPTH-1].word_q;
    end
  endgenerate

endmodule
`default_nettype wire
