`default_nettype none
// Memory with one port in a single-port memory (SPRAM) of an iCE40 UltraPlus; same contract as the
// behavioural hdl/lstmg_spram.v.
//
// Latency: LATENCY cycles from read address to word, of which the cell takes the first.
// Reset:   none.
module lstmg_spram #(
  // Bits of a word, 1 to 16.
  parameter integer WIDTH = 1,
  // Bits of an address, 1 to 14.
  parameter integer ADDRESS_BITS = 1,
  // Cycles from address to word: 1, or more with output registers.
  parameter integer LATENCY = 1
) (
  input  wire                    clk_i,
  // Write
  input  wire                    write_i,
  input  wire [ADDRESS_BITS-1:0] write_address_i,
  input  wire [WIDTH-1:0]        write_data_i,
  // Read
  input  wire [ADDRESS_BITS-1:0] read_address_i,
  output wire [WIDTH-1:0]        data_o
);

  // One bit more than the cell has, because an extension must not be empty.
  wire [14:0] address =
      {{(15-ADDRESS_BITS){1'b0}}, write_i ? write_address_i : read_address_i};
  wire [16:0] data = {{(17-WIDTH){1'b0}}, write_data_i};
  wire [15:0] word;
  wire        unused = &{1'b0, address[14], data[16], word};

  SB_SPRAM256KA u_memory (
    .CLOCK     (clk_i),
    .ADDRESS   (address[13:0]),
    .DATAIN    (data[15:0]),
    .MASKWREN  (4'b1111),
    .WREN      (write_i),
    .CHIPSELECT(1'b1),
    .STANDBY   (1'b0),
    .SLEEP     (1'b0),
    // Active low.
    .POWEROFF  (1'b1),
    .DATAOUT   (word)
  );

  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(LATENCY - 1)) u_output (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(word[WIDTH-1:0]),
    .data_o(data_o)
  );

endmodule
`default_nettype wire
