`default_nettype none
// Memory with one write port and one read port in block memories of an iCE40; same contract as the
// behavioural hdl/lstmg_ram.v.
//
// One without an image is left to the tools.
//
// Latency: LATENCY cycles from read address to word. A word written in cycle w is read by addresses
//          presented from cycle w + 1 on; reading the address that is written in the same cycle is
//          forbidden.
// Reset:   none.
module lstmg_ram #(
  // Bits of a word, 1 or more.
  parameter integer WIDTH = 1,
  // Words, 2 or more.
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
  // Read, while read_i is high: otherwise all registers hold; a word asked for with clear_i is zero
  input  wire                    read_i,
  input  wire                    clear_i,
  input  wire [ADDRESS_BITS-1:0] read_address_i,
  output wire [WIDTH-1:0]        read_data_o
);

  wire [WIDTH-1:0] word;
  generate
    if (IMAGE == "") begin : gen_inferred
      (* no_rw_check *)
      reg [WIDTH-1:0] memory [0:DEPTH-1];
      reg [WIDTH-1:0] word_q;
      always @(posedge clk_i) begin
        if (write_i) memory[write_address_i] <= write_data_i;
        if (read_i) word_q <= clear_i ? {WIDTH{1'b0}} : memory[read_address_i];
      end
      assign word = word_q;
    end else begin : gen_blocks
      wire [WIDTH-1:0] read_data;
      lstmg_blocks #(
        .WIDTH       (WIDTH),
        .DEPTH       (DEPTH),
        .ADDRESS_BITS(ADDRESS_BITS),
        .IMAGE       (IMAGE)
      ) u_blocks (
        .clk_i          (clk_i),
        .write_i        (write_i),
        .write_address_i(write_address_i),
        .write_data_i   (write_data_i),
        .read_i         (read_i),
        .read_address_i (read_address_i),
        .read_data_o    (read_data)
      );
      // A block has no reset: its word is cleared behind it.
      reg clear_q;
      always @(posedge clk_i) if (read_i) clear_q <= clear_i;
      assign word = read_data & {WIDTH{!clear_q}};
    end

    if (LATENCY == 1) begin : gen_plain
      assign read_data_o = word;
    end else begin : gen_registered
      reg [WIDTH-1:0] output_q;
      always @(posedge clk_i) if (read_i) output_q <= word;
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
