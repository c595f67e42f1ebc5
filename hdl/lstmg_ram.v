`default_nettype none
// Memory with one write port and one read port, loaded from an image.
//
// Latency: LATENCY cycles from read address to word. A word written in cycle w is read by addresses
//          presented from cycle w + 1 on; reading the address that is written in the same cycle is
//          forbidden (the schedule never does it).
// Reset:   none; a reset of the network reads other words instead.
module lstmg_ram #(
  // Bits of a word, 1 or more.
  parameter integer WIDTH = 1,
  // Words, 2 or more.
  parameter integer DEPTH = 2,
  // Bits of an address: ceil(log2(DEPTH)).
  parameter integer ADDRESS_BITS = 1,
  // Cycles from address to word: 1, or 2 with an output register.
  parameter integer LATENCY = 1,
  // Name of the memory image, one hexadecimal word a line; empty for none.
  parameter IMAGE = ""
) (
  input  wire                    clk_i,
  // Write
  input  wire                    write_i,
  input  wire [ADDRESS_BITS-1:0] write_address_i,
  input  wire [WIDTH-1:0]        write_data_i,
  // Read, while read_i is high: otherwise all registers hold; a word asked for with clear_i is zero
  input  wire                    read_i,
  input  wire                    clear_i,
  input  wire [ADDRESS_BITS-1:0] read_address_i,
  output wire [WIDTH-1:0]        read_data_o
);

  (* no_rw_check *)
  reg [WIDTH-1:0] memory [0:DEPTH-1];
  generate
    if (IMAGE != "") begin : gen_image
      initial $readmemh(IMAGE, memory);
    end
  endgenerate

  reg [WIDTH-1:0] word_q;
  always @(posedge clk_i) begin
    if (write_i) memory[write_address_i] <= write_data_i;
    if (read_i) word_q <= clear_i ? {WIDTH{1'b0}} : memory[read_address_i];
  end

  generate
    if (LATENCY == 1) begin : gen_plain
      assign read_data_o = word_q;
    end else begin : gen_registered
      reg [WIDTH-1:0] output_q;
      always @(posedge clk_i) if (read_i) output_q <= word_q;
      lstmg_delay #(.WIDTH(WIDTH), .DEPTH(LATENCY - 2)) u_output (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(output_q),
        .data_o(read_data_o)
      );
    end
  endgenerate

endmodule
`default_nettype wire
