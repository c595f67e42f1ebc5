`default_nettype none
// Address of a value in the banked activation memory.
//
//   age   fresh   bank read
//   0     x       the bank this step writes
//   1     0       the other one: values of the previous step
//   1     1       2, the initial image: the step follows a reset
//
// Latency: LATENCY cycles (0 or 1).
// Reset:   none.
module lstmg_value_address #(
  // Bits of a slot inside a bank.
  parameter integer SLOT_BITS = 4,
  // Cycles, 0 or 1.
  parameter integer LATENCY = 0
) (
  input  wire                 clk_i,
  // Step
  input  wire                 bank_i,
  input  wire                 fresh_i,
  // Operand
  input  wire                 age_i,
  input  wire [SLOT_BITS-1:0] slot_i,
  // Address
  output wire [SLOT_BITS+1:0] address_o
);

  wire [1:0] bank = age_i ? (fresh_i ? 2'd2 : {1'b0, ~bank_i}) : {1'b0, bank_i};

  lstmg_delay #(.WIDTH(SLOT_BITS + 2), .DEPTH(LATENCY)) u_register (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({bank, slot_i}),
    .data_o(address_o)
  );

endmodule
`default_nettype wire
