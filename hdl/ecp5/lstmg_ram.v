`default_nettype none
// Memory with one write port and one read port in memories of an ECP5; same contract as the
// behavioural hdl/lstmg_ram.v.
//
// A small memory without an image lies in lookup tables. Others are cut into columns as wide as a
// block of DEPTH words may be, so that nothing stands behind the blocks.
//
// Latency: LATENCY cycles from read address to word; 2 or more use the registers of the block. A word
//          written in cycle w is read by addresses presented from cycle w + 1 on; reading the address
//          that is written in the same cycle is forbidden.
// Reset:   none.
module lstmg_ram #(
  // Bits of a word, 1 or more.
  parameter integer WIDTH = 1,
  // Words, 2 to 16,384.
  parameter integer DEPTH = 2,
  // Bits of an address: ceil(log2(DEPTH)).
  parameter integer ADDRESS_BITS = 1,
  // Cycles from address to word, 1 or more.
  parameter integer LATENCY = 1,
  // Name of the memory image; lstmg_image holds its words; empty for none.
  parameter IMAGE = ""
) (
  input  wire                    clk_i,
  // Write
  input  wire                    write_i,
  input  wire [ADDRESS_BITS-1:0] write_address_i,
  input  wire [WIDTH-1:0]        write_data_i,
  // Read, while read_i is high: otherwise memory and block register hold, which goes with a LATENCY of
  // 1 or 2 and without clear_i; a word asked for with clear_i is zero
  input  wire                    read_i,
  input  wire                    clear_i,
  input  wire [ADDRESS_BITS-1:0] read_address_i,
  output wire [WIDTH-1:0]        read_data_o
);

  localparam integer SMALL = IMAGE == "" && DEPTH <= 32 ? 1 : 0;
  localparam integer COLUMN_BITS =
      DEPTH <= 1024 ? 18 : DEPTH <= 2048 ? 9 : DEPTH <= 4096 ? 4 : DEPTH <= 8192 ? 2 : 1;
  // Unused address bits below the number of the word.
  localparam integer COLUMN_SHIFT =
      DEPTH <= 1024 ? 4 : DEPTH <= 2048 ? 3 : DEPTH <= 4096 ? 2 : DEPTH <= 8192 ? 1 : 0;
  localparam integer BLOCKS = (WIDTH + COLUMN_BITS - 1) / COLUMN_BITS;
  localparam integer REGISTERED = LATENCY > 1 ? 1 : 0;

  // Cycles behind the memory and its own register.
  localparam integer EXTRA = LATENCY - 1 - REGISTERED;

  wire [WIDTH-1:0] word;

  genvar index;
  generate
    if (SMALL != 0) begin : gen_tables
      (* ram_style = "distributed", no_rw_check *)
      reg [WIDTH-1:0] memory [0:DEPTH-1];
      reg [WIDTH-1:0] word_q;
      always @(posedge clk_i) begin
        if (write_i) memory[write_address_i] <= write_data_i;
        if (read_i) word_q <= memory[read_address_i];
      end
      if (REGISTERED == 0) begin : gen_plain
        assign word = word_q;
      end else begin : gen_registered
        reg [WIDTH-1:0] output_q;
        always @(posedge clk_i) if (read_i) output_q <= word_q;
        assign word = output_q;
      end
    end else begin : gen_blocks
      wire [13:0] write_address =
          {{(14 - ADDRESS_BITS){1'b0}}, write_address_i} << COLUMN_SHIFT;
      wire [13:0] read_address = {{(14 - ADDRESS_BITS){1'b0}}, read_address_i} << COLUMN_SHIFT;
      wire [BLOCKS*COLUMN_BITS:0]   written =
          {{(BLOCKS * COLUMN_BITS - WIDTH + 1){1'b0}}, write_data_i};
      wire                          unused_written = written[BLOCKS*COLUMN_BITS];
      wire [BLOCKS*COLUMN_BITS-1:0] words;
      for (index = 0; index < BLOCKS; index = index + 1) begin : gen_block
        wire [17:0] unused_a;
        wire [17:0] data;
        wire        unused_data = &{1'b0, unused_a, data};
        wire [18:0] column = {{(19 - COLUMN_BITS){1'b0}}, written[index*COLUMN_BITS+:COLUMN_BITS]};
        wire        unused_column = column[18];
        lstmg_image #(
          .IMAGE      (IMAGE),
          .BLOCK      (index),
          .COLUMN_BITS(COLUMN_BITS),
          .REGISTERED (REGISTERED)
        ) u_image (
          .clk_i      (clk_i),
          .a_write_i  (write_i),
          .a_address_i(write_address),
          .a_data_i   (column[17:0]),
          .a_data_o   (unused_a),
          .b_read_i   (read_i),
          .b_address_i(read_address),
          .b_data_o   (data)
        );
        assign words[index*COLUMN_BITS+:COLUMN_BITS] = data[COLUMN_BITS-1:0];
      end
      if (BLOCKS * COLUMN_BITS > WIDTH) begin : gen_padding
        wire unused = &{1'b0, words[BLOCKS*COLUMN_BITS-1:WIDTH]};
      end
      assign word = words[WIDTH-1:0];
    end
  endgenerate

  // The reset of a block would also clear what it is reading next: words are cleared behind it, for
  // nothing where there is a register more.
  wire clear;
  lstmg_delay #(.WIDTH(1), .DEPTH(EXTRA > 0 ? REGISTERED + 1 : LATENCY)) u_clear (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(clear_i),
    .data_o(clear)
  );
  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(EXTRA)) u_output (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(word & {WIDTH{!clear}}),
    .data_o(read_data_o)
  );

endmodule
`default_nettype wire
