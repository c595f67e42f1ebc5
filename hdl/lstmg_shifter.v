`default_nettype none
// Arithmetic right shift by one of a few multiples of STEP, each with a select line of its own: with
// selects from registers two levels of lookup tables choose among eight amounts.
//
//   data_o = data_i >>> (STEP * k)      where select_i[k] is the only one set; 0 where none is
//
// Latency: none, combinational.
module lstmg_shifter #(
  // Bits of the word, signed.
  parameter integer WIDTH = 48,
  // Number of amounts, and the distance between them.
  parameter integer AMOUNTS = 8,
  parameter integer STEP = 1
) (
  input  wire [AMOUNTS-1:0]      select_i,
  input  wire signed [WIDTH-1:0] data_i,
  output reg  signed [WIDTH-1:0] data_o
);

  // A word of its own keeps the shift signed.
  integer                amount;
  reg signed [WIDTH-1:0] moved;
  always @* begin
    data_o = {WIDTH{1'b0}};
    for (amount = 0; amount < AMOUNTS; amount = amount + 1) begin
      moved  = data_i >>> (amount * STEP);
      data_o = data_o | (moved & {WIDTH{select_i[amount]}});
    end
  end

endmodule
`default_nettype wire
