`default_nettype none
// Read-only memory in block memories of an iCE40; same contract as the behavioural hdl/lstmg_rom.v.
//
// Latency: LATENCY cycles from address to word.
// Reset:   none.
module lstmg_rom #(
  // Bits of a word, 1 or more.
  parameter integer WIDTH = 1,
  // Words, 2 or more.
  parameter integer DEPTH = 2,
  // Bits of an address: ceil(log2(DEPTH)).
  parameter integer ADDRESS_BITS = 1,
  // Cycles from address to word, 1 or more.
  parameter integer LATENCY = 1,
  // Name of the memory image; lstmg_image holds its words.
  parameter IMAGE = ""
) (
  input  wire                    clk_i,
  // Read
  input  wire [ADDRESS_BITS-1:0] address_i,
  output wire [WIDTH-1:0]        data_o
);

  wire [WIDTH-1:0] stored;
  lstmg_blocks #(
    .WIDTH       (WIDTH),
    .DEPTH       (DEPTH),
    .ADDRESS_BITS(ADDRESS_BITS),
    .IMAGE       (IMAGE)
  ) u_blocks (
    .clk_i          (clk_i),
    .write_i        (1'b0),
    .write_address_i({ADDRESS_BITS{1'b0}}),
    .write_data_i   ({WIDTH{1'b0}}),
    .read_i         (1'b1),
    .read_address_i (address_i),
    .read_data_o    (stored)
  );

  // Else registers behind the memory would carry bits that never change.
  wire [WIDTH-1:0] word;
  lstmg_fixed_bits #(
    .IMAGE(IMAGE),
    .WIDTH(WIDTH)
  ) u_fixed (
    .word_i(stored),
    .word_o(word)
  );

  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(LATENCY - 1)) u_output (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(word),
    .data_o(data_o)
  );

endmodule
`default_nettype wire
