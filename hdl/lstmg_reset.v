`default_nettype none
// Registers the reset and holds it until every pipeline has run empty, so that what only passes
// through needs no reset of its own.
//
// Latency: rst_o rises one cycle after rst_i and falls CYCLES cycles after it has fallen.
module lstmg_reset #(
  // Cycles, 2 or more.
  parameter integer CYCLES = 2
) (
  input  wire clk_i,
  input  wire rst_i,
  output reg  rst_o
);

  localparam integer COUNT_BITS = $clog2(CYCLES);
  localparam [31:0] FIRST_COUNT = CYCLES - 2;
  localparam [COUNT_BITS-1:0] FIRST = FIRST_COUNT[COUNT_BITS-1:0];

  reg [COUNT_BITS-1:0] count_q;
  reg                  is_last_q;

  always @(posedge clk_i) begin
    is_last_q <= count_q == {COUNT_BITS{1'b0}};
    if (rst_i) begin
      count_q   <= FIRST;
      rst_o     <= 1'b1;
      is_last_q <= 1'b0;
    end else begin
      if (rst_o)     count_q <= count_q - 1'b1;
      if (is_last_q) rst_o   <= 1'b0;
    end
  end

endmodule
`default_nettype wire
