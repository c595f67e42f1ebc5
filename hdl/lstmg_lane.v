`default_nettype none
// A MAC lane: one weight times one value per cycle, summed exactly.
//
// Every cycle the lane reads the program word at pc_i, the value that it names from its own copy of
// the activation memory, multiplies it by the word's weight and adds the product to the running sum.
// A word marked `last` ends the sum, which then travels along the capture chain towards the node
// unit, if its step is in work. The schedule keeps two sums from meeting in the chain.
//
// Word:    {last, stage, age, slot, weight}; a word of zeros does nothing.
// Latency: ROM + ADDRESS + RAM + MULTIPLY + SUM_SEGMENTS cycles from pc_i to the sum in the
//          accumulator, one more to chain_*_o.
// Reset:   none.
module lstmg_lane #(
  // Words of the program and bits of a position in it.
  parameter integer PROGRAM_DEPTH = 2,
  parameter integer PC_BITS = 1,
  // Steps in work, bits of a stage.
  parameter integer STAGES = 1,
  parameter integer STAGE_BITS = 1,
  // Bits of a value's slot, of a weight, of a value and of the sum.
  parameter integer SLOT_BITS = 4,
  parameter integer WEIGHT_BITS = 16,
  parameter integer VALUE_BITS = 16,
  parameter integer SUM_BITS = 40,
  // Pipeline: cycles of the parts, see the modules that have them.
  parameter integer ROM_LATENCY = 1,
  parameter integer ADDRESS_LATENCY = 0,
  parameter integer RAM_LATENCY = 1,
  parameter integer MULTIPLY_LATENCY = 1,
  parameter integer SUM_SEGMENTS = 1,
  // Names of the memory images.
  parameter PROGRAM_IMAGE = "",
  parameter VALUES_IMAGE = ""
) (
  input  wire                       clk_i,
  // Position in the program
  input  wire                       start_i,
  input  wire [PC_BITS-1:0]         pc_i,
  // Steps in work
  input  wire [STAGES-1:0]          active_i,
  input  wire [STAGES-1:0]          bank_i,
  input  wire [STAGES-1:0]          fresh_i,
  // Write-back of values to {bank, slot}; the initial image cannot be written
  input  wire                       write_i,
  input  wire [SLOT_BITS:0]         write_address_i,
  input  wire [VALUE_BITS-1:0]      write_data_i,
  // Capture chain
  input  wire                       chain_valid_i,
  input  wire signed [SUM_BITS-1:0] chain_sum_i,
  output reg                        chain_valid_o,
  output reg  signed [SUM_BITS-1:0] chain_sum_o,
  // What chain_sum_o will be in the next cycle
  output wire signed [SUM_BITS-1:0] next_sum_o
);

  localparam integer WORD_BITS = 2 + STAGE_BITS + SLOT_BITS + WEIGHT_BITS;
  localparam integer READ_LATENCY = ADDRESS_LATENCY + RAM_LATENCY;

  // ---- program word
  wire                   last;
  wire [STAGE_BITS-1:0]  stage;
  wire                   age;
  wire [SLOT_BITS-1:0]   slot;
  wire [WEIGHT_BITS-1:0] weight;
  // The fourth cycle of a program is for the choice of the step.
  localparam integer CHOICE = ROM_LATENCY > 3 ? 1 : 0;
  wire [WORD_BITS-1:0]   word;
  wire                   active;
  wire                   start;
  wire                   bank;
  wire                   fresh;

  lstmg_rom #(
    .WIDTH       (WORD_BITS),
    .DEPTH       (PROGRAM_DEPTH),
    .ADDRESS_BITS(PC_BITS),
    .LATENCY     (ROM_LATENCY - CHOICE),
    .IMAGE       (PROGRAM_IMAGE)
  ) u_program (
    .clk_i    (clk_i),
    .address_i(pc_i),
    .data_o   (word)
  );
  assign stage = word[WEIGHT_BITS+SLOT_BITS+1+:STAGE_BITS];
  lstmg_delay #(.WIDTH(2 + SLOT_BITS + WEIGHT_BITS), .DEPTH(CHOICE)) u_word (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({word[WORD_BITS-1], word[WEIGHT_BITS+SLOT_BITS:0]}),
    .data_o({last, age, slot, weight})
  );

  lstmg_step_select #(
    .STAGES     (STAGES),
    .STAGE_BITS (STAGE_BITS),
    .ROM_LATENCY(ROM_LATENCY - CHOICE),
    .REGISTERED (CHOICE)
  ) u_step (
    .clk_i   (clk_i),
    .active_i(active_i),
    .bank_i  (bank_i),
    .fresh_i (fresh_i),
    .stage_i (stage),
    .active_o(active),
    .bank_o  (bank),
    .fresh_o (fresh)
  );

  lstmg_delay #(.WIDTH(1), .DEPTH(ROM_LATENCY)) u_start (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(start_i),
    .data_o(start)
  );

  // ---- value
  wire signed [VALUE_BITS-1:0] value;
  lstmg_value_port #(
    .SLOT_BITS      (SLOT_BITS),
    .VALUE_BITS     (VALUE_BITS),
    .ADDRESS_LATENCY(ADDRESS_LATENCY),
    .RAM_LATENCY    (RAM_LATENCY),
    .IMAGE          (VALUES_IMAGE)
  ) u_value (
    .clk_i          (clk_i),
    .bank_i         (bank),
    .fresh_i        (fresh),
    .age_i          (age),
    .slot_i         (slot),
    .value_o        (value),
    .write_i        (write_i),
    .write_address_i(write_address_i),
    .write_data_i   (write_data_i)
  );

  wire [WEIGHT_BITS-1:0] weight_at_value;
  lstmg_delay #(.WIDTH(WEIGHT_BITS), .DEPTH(READ_LATENCY)) u_weight (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(weight),
    .data_o(weight_at_value)
  );

  // ---- product and sum
  wire signed [WEIGHT_BITS+VALUE_BITS-1:0] product;
  lstmg_multiplier #(
    .A_BITS (WEIGHT_BITS),
    .B_BITS (VALUE_BITS),
    .LATENCY(MULTIPLY_LATENCY)
  ) u_multiplier (
    .clk_i    (clk_i),
    .a_i      (weight_at_value),
    .b_i      (value),
    .product_o(product)
  );

  // The end of a run of any step begins the next sum; only that of an active step is captured.
  wire capture_early;
  wire last_early;
  wire start_early;
  lstmg_delay #(.WIDTH(3), .DEPTH(READ_LATENCY + MULTIPLY_LATENCY - 1)) u_marks (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({last & active, last, start}),
    .data_o({capture_early, last_early, start_early})
  );

  reg capture_at_product;
  reg capture_q;
  reg last_at_product;
  reg first_at_product;
  always @(posedge clk_i) begin
    capture_at_product <= capture_early;
    capture_q          <= capture_at_product;
    last_at_product    <= last_early;
    first_at_product   <= last_at_product || start_early;
  end

  wire signed [SUM_BITS-1:0] sum;
  lstmg_accumulator #(
    .SUM_BITS  (SUM_BITS),
    .SEGMENTS  (SUM_SEGMENTS),
    .USES_OTHER(0)
  ) u_sum (
    .clk_i   (clk_i),
    .enable_i(1'b1),
    .first_i (first_at_product),
    .term_i  ({{(SUM_BITS - WEIGHT_BITS - VALUE_BITS + 1){product[WEIGHT_BITS+VALUE_BITS-1]}},
               product[WEIGHT_BITS+VALUE_BITS-2:0]}),
    .other_i ({SUM_BITS{1'b0}}),
    .sum_o   (sum)
  );

  wire capture_at_sum;
  lstmg_delay #(.WIDTH(1), .DEPTH(SUM_SEGMENTS - 1)) u_capture (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(capture_q),
    .data_o(capture_at_sum)
  );

  // ---- capture
  assign next_sum_o = capture_at_sum ? sum : chain_sum_i;
  always @(posedge clk_i) begin
    chain_valid_o <= capture_at_sum | chain_valid_i;
    chain_sum_o   <= next_sum_o;
  end

endmodule
`default_nettype wire
