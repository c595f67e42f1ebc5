`default_nettype none
// Model of the block memory of an iCE40 for simulators.
//
// Modes:   0 to 3 for words of 16, 8, 4 and 2 bits, of which a row of 16 bits holds 1, 2, 4 or 8; the upper
//          bits of an address say which. A bit of a word lies at the pin in the middle of its places in the
//          row; in mode 0 a bit of MASK keeps one of the row from being written.
// Latency: 1 cycle from address to data.
// Write:   what is read while the same row is written is the old row. It need not be in the device; but an
//          unknown word times zero, as lanes multiply it, would be unknown in plain Verilog. The model of
//          the ECP5's memory tells that nobody uses such a word.
// Reset:   none; after configuration the memory holds INIT_*, 16 rows each.
module SB_RAM40_4K #(
  parameter integer READ_MODE = 0,
  parameter integer WRITE_MODE = 0,
  parameter [255:0] INIT_0 = 256'h0,
  parameter [255:0] INIT_1 = 256'h0,
  parameter [255:0] INIT_2 = 256'h0,
  parameter [255:0] INIT_3 = 256'h0,
  parameter [255:0] INIT_4 = 256'h0,
  parameter [255:0] INIT_5 = 256'h0,
  parameter [255:0] INIT_6 = 256'h0,
  parameter [255:0] INIT_7 = 256'h0,
  parameter [255:0] INIT_8 = 256'h0,
  parameter [255:0] INIT_9 = 256'h0,
  parameter [255:0] INIT_A = 256'h0,
  parameter [255:0] INIT_B = 256'h0,
  parameter [255:0] INIT_C = 256'h0,
  parameter [255:0] INIT_D = 256'h0,
  parameter [255:0] INIT_E = 256'h0,
  parameter [255:0] INIT_F = 256'h0
) (
  input  wire        WCLK,
  input  wire        WCLKE,
  input  wire        WE,
  input  wire [10:0] WADDR,
  input  wire [15:0] MASK,
  input  wire [15:0] WDATA,
  input  wire        RCLK,
  input  wire        RCLKE,
  input  wire        RE,
  input  wire [10:0] RADDR,
  output wire [15:0] RDATA
);

  reg [15:0] memory [0:255];

  // One loop that no simulator unrolls: what it makes of it is compiled for each block.
  localparam [4095:0] CONTENTS = {
    INIT_F, INIT_E, INIT_D, INIT_C, INIT_B, INIT_A, INIT_9, INIT_8,
    INIT_7, INIT_6, INIT_5, INIT_4, INIT_3, INIT_2, INIT_1, INIT_0};
  integer row;
  initial
    for (row = 0; row < 256; row = row + 1) memory[row] = CONTENTS[16*row+:16];

  // Words of a row, by mode, and the pin of a bit among its places.
  localparam integer WRITE_WORDS = 1 << WRITE_MODE;
  localparam integer READ_WORDS = 1 << READ_MODE;
  localparam integer WRITE_PIN = WRITE_WORDS == 1 ? 0 : WRITE_WORDS / 2 - 1;
  localparam integer READ_PIN = READ_WORDS == 1 ? 0 : READ_WORDS / 2 - 1;
  localparam [31:0]  WRITE_PLACES = WRITE_WORDS - 1;
  localparam [31:0]  READ_PLACES = READ_WORDS - 1;

  wire        writes = WCLKE && WE;
  wire [2:0]  place = WADDR[10:8] & WRITE_PLACES[2:0];
  wire [15:0] enabled;
  wire [15:0] written;
  reg  [15:0] row_q;
  reg  [2:0]  place_q;
  wire [15:0] shown = row_q >> place_q;
  genvar      index;
  generate
    for (index = 0; index < 16; index = index + 1) begin : gen_bit
      assign enabled[index] =
          WRITE_MODE == 0 ? !MASK[index] : {29'd0, place} == index % WRITE_WORDS;
      assign written[index] = WDATA[index-index%WRITE_WORDS+WRITE_PIN];
      if (index % READ_WORDS == READ_PIN) begin : gen_pin
        assign RDATA[index] = shown[index-READ_PIN];
      end else begin : gen_zero
        assign RDATA[index] = 1'b0;
      end
    end
  endgenerate

  always @(posedge WCLK)
    if (writes)
      memory[WADDR[7:0]] <= (memory[WADDR[7:0]] & ~enabled) | (written & enabled);

  always @(posedge RCLK)
    if (RCLKE && RE) begin
      row_q   <= memory[RADDR[7:0]];
      place_q <= RADDR[10:8] & READ_PLACES[2:0];
    end

  wire unused = &{1'b0, MASK, WDATA, shown};

endmodule
`default_nettype wire
