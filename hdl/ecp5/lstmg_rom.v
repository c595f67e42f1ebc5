`default_nettype none
// Read-only memory in block memories of an ECP5; same contract as the behavioural hdl/lstmg_rom.v.
//
// A word is cut into columns as wide as a block of DEPTH words may be, so that nothing stands behind
// the blocks. Two columns of 18 bits and at most 512 words share a block, one on each of its ports.
// Beyond 16,384 words the memory is left to the tools.
//
// Latency: LATENCY cycles from address to word; 2 or more use the registers of the block.
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

  localparam integer PAIRED = DEPTH <= 512 && WIDTH > 18 ? 1 : 0;
  localparam integer COLUMN_BITS =
      DEPTH <= 1024 ? 18 : DEPTH <= 2048 ? 9 : DEPTH <= 4096 ? 4 : DEPTH <= 8192 ? 2 : 1;
  // Unused address bits below the number of the word.
  localparam integer COLUMN_SHIFT =
      DEPTH <= 1024 ? 4 : DEPTH <= 2048 ? 3 : DEPTH <= 4096 ? 2 : DEPTH <= 8192 ? 1 : 0;
  localparam integer BLOCK_BITS = PAIRED != 0 ? 36 : COLUMN_BITS;
  localparam integer BLOCKS = (WIDTH + BLOCK_BITS - 1) / BLOCK_BITS;
  localparam integer REGISTERED = LATENCY > 1 ? 1 : 0;

  wire [13:0] address = {{(14 - ADDRESS_BITS){1'b0}}, address_i} << COLUMN_SHIFT;
  wire [BLOCKS*BLOCK_BITS-1:0] word;

  genvar index;
  generate
    for (index = 0; index < BLOCKS; index = index + 1) begin : gen_block
      wire [17:0] a_data;
      wire [17:0] b_data;
      lstmg_image #(
        .IMAGE      (IMAGE),
        .BLOCK      (index),
        .COLUMN_BITS(COLUMN_BITS),
        .REGISTERED (REGISTERED)
      ) u_image (
        .clk_i      (clk_i),
        .a_write_i  (1'b0),
        .a_address_i(address),
        .a_data_i   (18'bx),
        .a_data_o   (a_data),
        .b_read_i   (1'b1),
        .b_address_i(PAIRED != 0 ? address | 14'h2000 : address),
        .b_data_o   (b_data)
      );
      if (PAIRED != 0) begin : gen_pair
        assign word[index*36+:36] = {b_data, a_data};
      end else begin : gen_column
        wire unused_column = &{1'b0, a_data, b_data};
        assign word[index*BLOCK_BITS+:BLOCK_BITS] = b_data[BLOCK_BITS-1:0];
      end
    end
    if (BLOCKS * BLOCK_BITS > WIDTH) begin : gen_padding
      wire unused = &{1'b0, word[BLOCKS*BLOCK_BITS-1:WIDTH]};
    end
  endgenerate

  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(LATENCY - 1 - REGISTERED)) u_output (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(word[WIDTH-1:0]),
    .data_o(data_o)
  );

endmodule
`default_nettype wire
