`default_nettype none
// A fixed delay with a second, later entrance.
//
//   data_o = data_i of DEPTH cycles ago | late_i of DEPTH - ENTRY cycles ago
//
// Both are zero where they have nothing to say; the schedule keeps them from meeting.
//
// Latency: DEPTH cycles from data_i, DEPTH - ENTRY from late_i.
// Reset:   clears every stage when rst_i is high; tie rst_i low for data, so that no reset is built.
module lstmg_merge_delay #(
  // Bits of the delayed word, 1 or more.
  parameter integer WIDTH = 1,
  // Cycles, 1 or more.
  parameter integer DEPTH = 2,
  // Cycles that the second entrance saves, 0 to DEPTH - 1.
  parameter integer ENTRY = 1
) (
  input  wire             clk_i,
  input  wire             rst_i,
  input  wire [WIDTH-1:0] data_i,
  input  wire [WIDTH-1:0] late_i,
  output wire [WIDTH-1:0] data_o
);

  wire [WIDTH-1:0] early;
  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(ENTRY)) u_early (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i(data_i),
    .data_o(early)
  );
  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(DEPTH - ENTRY)) u_merged (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i(early | late_i),
    .data_o(data_o)
  );

endmodule
`default_nettype wire
