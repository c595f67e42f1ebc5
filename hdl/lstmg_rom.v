`default_nettype none
// Read-only memory, loaded from an image.
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
  // Cycles from address to word: 1, or 2 with an output register.
  parameter integer LATENCY = 1,
  // Name of the memory image, one hexadecimal word a line.
  parameter IMAGE = ""
) (
  input  wire                    clk_i,
  // Read
  input  wire [ADDRESS_BITS-1:0] address_i,
  output wire [WIDTH-1:0]        data_o
);

  // Never of lookup tables: those would be the slowest way of all.
  (* rom_style = "block" *)
  reg [WIDTH-1:0] memory [0:DEPTH-1];
  generate
    if (IMAGE != "") begin : gen_image
      initial $readmemh(IMAGE, memory);
    end
  endgenerate

  reg [WIDTH-1:0] word_q;
  always @(posedge clk_i) word_q <= memory[address_i];

  lstmg_delay #(.WIDTH(WIDTH), .DEPTH(LATENCY - 1)) u_output (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(word_q),
    .data_o(data_o)
  );

endmodule
`default_nettype wire
