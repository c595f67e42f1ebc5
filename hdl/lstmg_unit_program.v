`default_nettype none
// The program of a node unit: the operation of every position, and where a sum that arrives is kept.
//
// With OPERATION_DEPTH 0 every position has a word {keep, operation}. Otherwise it has two marks only,
// {issue, keep}, and operations stand one behind the other in a memory of their own, in the order of
// their issue; word 0 of it is the idle one. Marks are read ROM_LATENCY + 1 positions ahead, so that
// both forms give the same words in the same cycles: the first so many operations of a period must not
// belong to the step that begins with it.
//
// `keep` tells one cycle before a sum arrives that it takes the next place. Places are counted within
// a period; what comes with its first word is still counted in the one before.
//
// A position that is held is a rest: `issue` counts once; places run on, but nothing arrives then.
//
// Latency: ROM_LATENCY cycles from pc_i to keep_o and place_o, for a sum that arrives then; its mark is
//          in the word of the position before. As many to operation_o, or 3 with a ROM_LATENCY of 4: the
//          fourth cycle is for what is chosen by it.
// Reset:   none; everything counts from the next position 0 on.
module lstmg_unit_program #(
  // Positions, 2 or more, and bits of one.
  parameter integer PROGRAM_DEPTH = 2,
  parameter integer PC_BITS = 1,
  // Words of the operation memory, 0 for none, and bits of an address in it.
  parameter integer OPERATION_DEPTH = 0,
  parameter integer OPERATION_ADDRESS_BITS = 1,
  // Bits of an operation and of a place.
  parameter integer OPERATION_BITS = 1,
  parameter integer PLACE_BITS = 1,
  // Cycles of a program memory.
  parameter integer ROM_LATENCY = 1,
  // Names of the memory images.
  parameter PROGRAM_IMAGE = "",
  parameter MARKS_IMAGE = ""
) (
  input  wire                      clk_i,
  input  wire [PC_BITS-1:0]        pc_i,
  // pc_i is the last position
  input  wire                      at_end_i,
  output wire [OPERATION_BITS-1:0] operation_o,
  // A sum that arrives is kept at this place of its period
  output reg                       keep_o,
  output reg  [PLACE_BITS-1:0]     place_o
);

  localparam integer CHOICE = ROM_LATENCY > 3 ? 1 : 0;

  // ---- first position, and rest
  reg  was_last_q;
  wire begins;
  wire rests;
  always @(posedge clk_i) was_last_q <= at_end_i;
  lstmg_delay #(.WIDTH(2), .DEPTH(ROM_LATENCY)) u_position (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({was_last_q && !at_end_i, was_last_q && at_end_i}),
    .data_o({begins, rests})
  );

  wire keep;
  generate
    if (OPERATION_DEPTH == 0) begin : gen_positions
      wire unused = &{1'b0, rests};
      wire early_keep;
      lstmg_rom #(
        .WIDTH       (1 + OPERATION_BITS),
        .DEPTH       (PROGRAM_DEPTH),
        .ADDRESS_BITS(PC_BITS),
        .LATENCY     (ROM_LATENCY - CHOICE),
        .IMAGE       (PROGRAM_IMAGE)
      ) u_program (
        .clk_i    (clk_i),
        .address_i(pc_i),
        .data_o   ({early_keep, operation_o})
      );
      lstmg_delay #(.WIDTH(1), .DEPTH(CHOICE)) u_keep (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(early_keep),
        .data_o(keep)
      );
    end else begin : gen_operations
      // ---- number of the operation; the first one marked from position 0 on has number 1
      localparam [OPERATION_ADDRESS_BITS-1:0] ONE =
          {{(OPERATION_ADDRESS_BITS - 1){1'b0}}, 1'b1};
      wire                              issue;
      reg  [OPERATION_ADDRESS_BITS-1:0] next_q;
      reg  [OPERATION_ADDRESS_BITS-1:0] address_q;
      wire [OPERATION_ADDRESS_BITS-1:0] number = begins ? ONE : next_q;
      wire                              issues = issue && !rests;
      lstmg_rom #(
        .WIDTH       (2),
        .DEPTH       (PROGRAM_DEPTH),
        .ADDRESS_BITS(PC_BITS),
        .LATENCY     (ROM_LATENCY),
        .IMAGE       (MARKS_IMAGE)
      ) u_marks (
        .clk_i    (clk_i),
        .address_i(pc_i),
        .data_o   ({issue, keep})
      );
      always @(posedge clk_i) begin
        next_q    <= issues ? number + ONE : number;
        address_q <= issues ? number : {OPERATION_ADDRESS_BITS{1'b0}};
      end

      lstmg_rom #(
        .WIDTH       (OPERATION_BITS),
        .DEPTH       (OPERATION_DEPTH),
        .ADDRESS_BITS(OPERATION_ADDRESS_BITS),
        .LATENCY     (ROM_LATENCY - CHOICE),
        .IMAGE       (PROGRAM_IMAGE)
      ) u_operations (
        .clk_i    (clk_i),
        .address_i(address_q),
        .data_o   (operation_o)
      );
    end
  endgenerate

  // ---- place of the next sum that is kept
  //      the mark comes late, so it chooses between two numbers
  localparam [31:0] ONE_PLACE = 1;
  wire [PLACE_BITS-1:0] next_place = place_o + ONE_PLACE[PLACE_BITS-1:0];
  always @(posedge clk_i) begin
    keep_o <= keep;
    if (begins)      place_o <= {PLACE_BITS{1'b0}};
    else if (keep_o) place_o <= next_place;
  end

endmodule
`default_nettype wire
