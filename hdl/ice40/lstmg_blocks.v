`default_nettype none
// Memory with an image in block memories of an iCE40, for lstmg_rom and lstmg_ram.
//
// A word is cut into columns of 16, 8, 4 or 2 bits, and the addresses into rows as long as a block of that
// width: whatever takes the fewest blocks, and of equal ones the narrowest, which has the fewest rows.
//
// Latency: 1 cycle from address to word. What is read while the same word is written is undefined.
// Reset:   none.
module lstmg_blocks #(
  // Bits of a word, 1 or more.
  parameter integer WIDTH = 1,
  // Words, 2 or more.
  parameter integer DEPTH = 2,
  // Bits of an address: ceil(log2(DEPTH)).
  parameter integer ADDRESS_BITS = 1,
  // Name of the memory image; lstmg_image holds its words.
  parameter IMAGE = ""
) (
  input  wire                    clk_i,
  // Write
  input  wire                    write_i,
  input  wire [ADDRESS_BITS-1:0] write_address_i,
  input  wire [WIDTH-1:0]        write_data_i,
  // Read; the word holds while read_i is low
  input  wire                    read_i,
  input  wire [ADDRESS_BITS-1:0] read_address_i,
  output wire [WIDTH-1:0]        read_data_o
);

  // Blocks that it takes in columns of each width.
  localparam integer BY_16 = ((WIDTH + 15) / 16) * ((DEPTH + 255) / 256);
  localparam integer BY_8 = ((WIDTH + 7) / 8) * ((DEPTH + 511) / 512);
  localparam integer BY_4 = ((WIDTH + 3) / 4) * ((DEPTH + 1023) / 1024);
  localparam integer BY_2 = ((WIDTH + 1) / 2) * ((DEPTH + 2047) / 2048);
  localparam integer COLUMN_BITS =
      BY_2 <= BY_4 && BY_2 <= BY_8 && BY_2 <= BY_16 ? 2
      : BY_4 <= BY_8 && BY_4 <= BY_16 ? 4 : BY_8 <= BY_16 ? 8 : 16;
  // Address bits of a block.
  localparam integer INNER_BITS =
      COLUMN_BITS == 16 ? 8 : COLUMN_BITS == 8 ? 9 : COLUMN_BITS == 4 ? 10 : 11;
  localparam integer COLUMNS = (WIDTH + COLUMN_BITS - 1) / COLUMN_BITS;
  localparam integer ROWS = (DEPTH + (1 << INNER_BITS) - 1) >> INNER_BITS;

  wire [31:0] write_address = {{(32 - ADDRESS_BITS){1'b0}}, write_address_i};
  wire [31:0] read_address = {{(32 - ADDRESS_BITS){1'b0}}, read_address_i};
  wire [COLUMNS*COLUMN_BITS:0] written = {{(COLUMNS * COLUMN_BITS - WIDTH + 1){1'b0}}, write_data_i};
  wire [ROWS*COLUMNS*COLUMN_BITS-1:0] words;
  wire [COLUMNS*COLUMN_BITS-1:0]      word;

  genvar row;
  genvar index;
  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      wire write = write_i && (ROWS == 1 || (write_address >> INNER_BITS) == row);
      for (index = 0; index < COLUMNS; index = index + 1) begin : gen_block
        wire [16:0] column = {{(17 - COLUMN_BITS){1'b0}}, written[index*COLUMN_BITS+:COLUMN_BITS]};
        wire [15:0] data;
        wire        unused_column = &{1'b0, column[16], data};
        lstmg_image #(
          .IMAGE      (IMAGE),
          .BLOCK      (row * COLUMNS + index),
          .COLUMN_BITS(COLUMN_BITS)
        ) u_image (
          .clk_i          (clk_i),
          .write_i        (write),
          .write_address_i({{(11 - INNER_BITS){1'b0}}, write_address[INNER_BITS-1:0]}),
          .write_data_i   (column[15:0]),
          .read_i         (read_i),
          .read_address_i ({{(11 - INNER_BITS){1'b0}}, read_address[INNER_BITS-1:0]}),
          .read_data_o    (data)
        );
        assign words[(row*COLUMNS+index)*COLUMN_BITS+:COLUMN_BITS] = data[COLUMN_BITS-1:0];
      end
    end
    if (ROWS == 1) begin : gen_row_alone
      assign word = words;
    end else begin : gen_rows
      reg [31:0]                    row_q;
      reg [COLUMNS*COLUMN_BITS-1:0] chosen;
      integer                       number;
      always @(posedge clk_i) if (read_i) row_q <= read_address >> INNER_BITS;
      always @* begin
        chosen = words[COLUMNS*COLUMN_BITS-1:0];
        for (number = 1; number < ROWS; number = number + 1)
          if (row_q == number) chosen = words[number*COLUMNS*COLUMN_BITS+:COLUMNS*COLUMN_BITS];
      end
      assign word = chosen;
    end
  endgenerate
  assign read_data_o = word[WIDTH-1:0];
  wire unused = &{1'b0, write_address, read_address, written[COLUMNS*COLUMN_BITS], word};

endmodule
`default_nettype wire
