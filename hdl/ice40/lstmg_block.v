`default_nettype none
// One block memory of an iCE40, with vectors for ports.
//
// Words of COLUMN_BITS lie at addresses 0 to 4,096 / COLUMN_BITS - 1. Upper bits of narrow words are not
// used, and zero where they are read.
//
// Latency: 1 cycle from address to data. What is read while the same word is written is undefined.
// Reset:   none.
module lstmg_block #(
  // Bits of a word: 16, 8, 4 or 2.
  parameter integer COLUMN_BITS = 16,
  // 256 rows of 16 bits, the first one in the lowest. Narrow words of one row are 256 addresses apart, and
  // their bits lie side by side: bit 0 of all of them, then bit 1 of all.
  parameter [4095:0] CONTENTS = 4096'd0
) (
  input  wire        clk_i,
  // Write
  input  wire        write_i,
  input  wire [10:0] write_address_i,
  input  wire [15:0] write_data_i,
  // Read; data hold while read_i is low
  input  wire        read_i,
  input  wire [10:0] read_address_i,
  output wire [15:0] read_data_o
);

  // Narrow words of a row, and where among their places the cell has the pins.
  localparam integer WORDS = 16 / COLUMN_BITS;
  localparam integer PIN = WORDS == 1 ? 0 : WORDS / 2 - 1;
  localparam integer MODE = WORDS == 1 ? 0 : WORDS == 2 ? 1 : WORDS == 4 ? 2 : 3;

  wire [15:0] written;
  wire [15:0] read;
  genvar index;
  generate
    for (index = 0; index < 16; index = index + 1) begin : gen_bit
      assign written[index] = index % WORDS == PIN ? write_data_i[index/WORDS] : 1'b0;
      if (index < COLUMN_BITS) begin : gen_used
        assign read_data_o[index] = read[index*WORDS+PIN];
      end else begin : gen_unused
        assign read_data_o[index] = 1'b0;
      end
    end
  endgenerate
  wire unused = &{1'b0, write_data_i, read};

  SB_RAM40_4K #(
    .READ_MODE (MODE),
    .WRITE_MODE(MODE),
    .INIT_0    (CONTENTS[0*256+:256]),
    .INIT_1    (CONTENTS[1*256+:256]),
    .INIT_2    (CONTENTS[2*256+:256]),
    .INIT_3    (CONTENTS[3*256+:256]),
    .INIT_4    (CONTENTS[4*256+:256]),
    .INIT_5    (CONTENTS[5*256+:256]),
    .INIT_6    (CONTENTS[6*256+:256]),
    .INIT_7    (CONTENTS[7*256+:256]),
    .INIT_8    (CONTENTS[8*256+:256]),
    .INIT_9    (CONTENTS[9*256+:256]),
    .INIT_A    (CONTENTS[10*256+:256]),
    .INIT_B    (CONTENTS[11*256+:256]),
    .INIT_C    (CONTENTS[12*256+:256]),
    .INIT_D    (CONTENTS[13*256+:256]),
    .INIT_E    (CONTENTS[14*256+:256]),
    .INIT_F    (CONTENTS[15*256+:256])
  ) u_block (
    .WCLK (clk_i),
    .WCLKE(write_i),
    .WE   (1'b1),
    .WADDR(write_address_i),
    .MASK (16'd0),
    .WDATA(written),
    .RCLK (clk_i),
    .RCLKE(read_i),
    .RE   (1'b1),
    .RADDR(read_address_i),
    .RDATA(read)
  );

endmodule
`default_nettype wire
