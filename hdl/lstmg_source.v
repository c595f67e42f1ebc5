`default_nettype none
// What lanes multiply by: the value that a program word names, from a copy of the activation memory,
// and what the word says about the running sums.
//
// Word:    {last, stage, age, slot}; a word of zeros reads a value that nobody wants.
// Latency: ROM + ADDRESS + RAM cycles from start_i and the vectors of steps to all outputs; from the
//          word ADDRESS + RAM, with a ROM_LATENCY of 4 one more.
// Reset:   none.
module lstmg_source #(
  // Steps in work, bits of a stage.
  parameter integer STAGES = 1,
  parameter integer STAGE_BITS = 1,
  // Bits of a value's slot and of a value.
  parameter integer SLOT_BITS = 4,
  parameter integer VALUE_BITS = 16,
  // Pipeline: cycles of the parts, see the modules that have them.
  parameter integer ROM_LATENCY = 1,
  parameter integer ADDRESS_LATENCY = 0,
  parameter integer RAM_LATENCY = 1,
  // Name of the memory image.
  parameter VALUES_IMAGE = ""
) (
  input  wire                         clk_i,
  // Steps in work, when the word is addressed
  input  wire                         start_i,
  input  wire [STAGES-1:0]            active_i,
  input  wire [STAGES-1:0]            bank_i,
  input  wire [STAGES-1:0]            fresh_i,
  // Word
  input  wire                         last_i,
  input  wire [STAGE_BITS-1:0]        stage_i,
  input  wire                         age_i,
  input  wire [SLOT_BITS-1:0]         slot_i,
  // Write-back of values to {bank, slot}; the initial image cannot be written
  input  wire                         write_i,
  input  wire [SLOT_BITS:0]           write_address_i,
  input  wire [VALUE_BITS-1:0]        write_data_i,
  // The value; sums begin with it (start), end with it (last), and are captured
  output wire signed [VALUE_BITS-1:0] value_o,
  output wire                         start_o,
  output wire                         last_o,
  output wire                         capture_o
);

  // The fourth cycle of a program is for the choice of the step: the word comes one cycle before.
  localparam integer CHOICE = ROM_LATENCY > 3 ? 1 : 0;
  wire                 last;
  wire                 age;
  wire [SLOT_BITS-1:0] slot;
  lstmg_delay #(.WIDTH(2 + SLOT_BITS), .DEPTH(CHOICE)) u_word (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({last_i, age_i, slot_i}),
    .data_o({last, age, slot})
  );

  wire active;
  wire bank;
  wire fresh;
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
    .stage_i (stage_i),
    .active_o(active),
    .bank_o  (bank),
    .fresh_o (fresh)
  );

  wire start;
  lstmg_delay #(.WIDTH(1), .DEPTH(ROM_LATENCY)) u_start (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(start_i),
    .data_o(start)
  );

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
    .value_o        (value_o),
    .write_i        (write_i),
    .write_address_i(write_address_i),
    .write_data_i   (write_data_i)
  );

  // The end of a run of any step begins the next sum; only that of an active step is captured.
  lstmg_delay #(.WIDTH(3), .DEPTH(ADDRESS_LATENCY + RAM_LATENCY)) u_marks (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({start, last, last & active}),
    .data_o({start_o, last_o, capture_o})
  );

endmodule
`default_nettype wire
