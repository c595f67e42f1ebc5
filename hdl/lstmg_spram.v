`default_nettype none
// Memory with one port and no image, up to 16,384 words of 16 bits: what is in it has been written.
//
// Latency: LATENCY cycles from read address to word. In a cycle with write_i nothing is read: what
//          data_o shows LATENCY cycles later is undefined.
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

  wire [ADDRESS_BITS-1:0] address = write_i ? write_address_i : read_address_i;
  reg  [WIDTH-1:0]        memory [0:(1<<ADDRESS_BITS)-1];
  reg  [WIDTH-1:0]        word_q;
  always @(posedge clk_i)
    if (write_i) memory[address] <= write_data_i;
    else         word_q <= memory[address];

  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(LATENCY - 1)) u_output (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(word_q),
    .data_o(data_o)
  );

endmodule
`default_nettype wire
