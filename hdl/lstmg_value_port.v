`default_nettype none
// A copy of the activation memory with one read port: finds the bank of a value and reads it.
//
//   age   fresh   bank read
//   0     x       the bank this step writes
//   1     0       the other one: values of the previous step
//   1     1       2, the initial image: the step follows a reset
//
// Latency: ADDRESS_LATENCY + RAM_LATENCY cycles.
// Reset:   none.
module lstmg_value_port #(
  // Bits of a slot inside a bank, and of a value.
  parameter integer SLOT_BITS = 4,
  parameter integer VALUE_BITS = 16,
  // Register behind the bank selection, 0 or 1; cycles of the memory.
  parameter integer ADDRESS_LATENCY = 0,
  parameter integer RAM_LATENCY = 1,
  // Name of the memory image.
  parameter IMAGE = ""
) (
  input  wire                         clk_i,
  // Step
  input  wire                         bank_i,
  input  wire                         fresh_i,
  // Operand
  input  wire                         age_i,
  input  wire [SLOT_BITS-1:0]         slot_i,
  output wire signed [VALUE_BITS-1:0] value_o,
  // Write-back of values to {bank, slot}; the initial image cannot be written
  input  wire                         write_i,
  input  wire [SLOT_BITS:0]           write_address_i,
  input  wire [VALUE_BITS-1:0]        write_data_i
);

  wire [1:0]           bank = age_i ? (fresh_i ? 2'd2 : {1'b0, ~bank_i}) : {1'b0, bank_i};
  wire [SLOT_BITS+1:0] address;

  lstmg_delay #(.WIDTH(SLOT_BITS + 2), .DEPTH(ADDRESS_LATENCY)) u_address (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({bank, slot_i}),
    .data_o(address)
  );

  lstmg_ram #(
    .WIDTH       (VALUE_BITS),
    .DEPTH       (3 << SLOT_BITS),
    .ADDRESS_BITS(SLOT_BITS + 2),
    .LATENCY     (RAM_LATENCY),
    .IMAGE       (IMAGE)
  ) u_values (
    .clk_i          (clk_i),
    .write_i        (write_i),
    .write_address_i({1'b0, write_address_i}),
    .write_data_i   (write_data_i),
    .read_i         (1'b1),
    .clear_i        (1'b0),
    .read_address_i (address),
    .read_data_o    (value_o)
  );

endmodule
`default_nettype wire
