`default_nettype none
// A node unit: turns captured sums, values and states into new states and activations, one addend
// per cycle.
//
// Every cycle the unit reads the operation at pc_i, fetches what it names and sends it down one
// pipeline: operand, gate, result. Operations of one node stand in a row, the last one finishes it.
// A captured sum is taken as it arrives, or waits in a memory at the place that lstmg_unit_program
// counts. A value that only this unit reads is written to its own copies alone.
//
// Word:    {stage, done, go, output, output_index, store, local, store_slot, function,
//           integer_bits, keep, state_slot, finish, short, product, argument, first, addend,
//           constant, shift, gated, gate_age, gate_slot, kind, value_age, value_slot, part_first,
//           part, direct, capture_age, capture}; a word of zeros does nothing.
// Latency: see PipelineProfile.swift, which states the same sums of parts; simulation compares both.
// Reset:   rst_i clears the pending argument bias.
module lstmg_node_unit #(
  // Words of the program and bits of a position in it.
  parameter integer PROGRAM_DEPTH = 2,
  parameter integer PC_BITS = 1,
  // Words of the operation memory, 0 where each position has a word, and bits of their addresses.
  parameter integer OPERATION_DEPTH = 0,
  parameter integer OPERATION_ADDRESS_BITS = 1,
  // Steps in work, bits of a stage.
  parameter integer STAGES = 1,
  parameter integer STAGE_BITS = 1,
  // Bits of a captured sum's place inside a period, and of a period's number.
  parameter integer CAPTURE_BITS = 1,
  parameter integer CAPTURE_AGE_BITS = 1,
  // Whether any sum waits, 0 or 1.
  parameter integer HAS_CAPTURES = 1,
  // Bits of an index to a stored state.
  parameter integer STATE_SLOT_BITS = 1,
  // Bits of a value's slot, of an output's index, of the output bank.
  parameter integer SLOT_BITS = 4,
  // Copies of the values that lanes read, of those that gate and of those that are added: bits of a
  // slot inside the window, its number, whether there is a copy, 0 or 1.
  parameter integer LANE_SLOT_BITS = 4,
  parameter integer GATE_SLOT_BITS = 4,
  parameter integer GATE_WINDOW = 0,
  parameter integer HAS_GATES = 1,
  parameter integer VALUE_SLOT_BITS = 4,
  parameter integer VALUE_WINDOW = 0,
  parameter integer HAS_VALUES = 1,
  parameter integer OUTPUT_BITS = 1,
  parameter integer OUTPUT_BANK_BITS = 2,
  // Numbers, see lstmg_operand, lstmg_gate and lstmg_result.
  parameter integer LANE_SUM_BITS = 40,
  parameter integer VALUE_BITS = 16,
  parameter integer STATE_BITS = 32,
  parameter integer OPERAND_BITS = 32,
  parameter integer ALIGNED_BITS = 48,
  parameter integer SHIFT_BITS = 5,
  parameter integer SUM_LEFT = 0,
  parameter integer VALUE_LEFT = 0,
  parameter integer STATE_LEFT = 0,
  parameter integer NODE_SUM_BITS = 52,
  parameter integer WIDE_BITS = 32,
  parameter integer ARGUMENT_BITS = 20,
  parameter integer STATE_SHIFT = 0,
  parameter integer ARGUMENT_SHIFT = 6,
  parameter integer LINEAR_SHIFT = 6,
  parameter integer INTEGER_BITS = 1,
  parameter integer SEGMENT_BITS = 9,
  parameter integer OFFSET_BITS = 10,
  parameter integer BASE_BITS = 20,
  parameter integer SLOPE_BITS = 13,
  // Pipeline: cycles of the parts.
  parameter integer ROM_LATENCY = 1,
  parameter integer ADDRESS_LATENCY = 0,
  parameter integer RAM_LATENCY = 1,
  parameter integer PART_SEGMENTS = 1,
  parameter integer ALIGN_STAGES = 1,
  parameter integer ROUND_SEGMENTS = 1,
  parameter integer MULTIPLIER_BITS = 64,
  parameter integer GATE_LATENCY = 1,
  parameter integer GAIN_SEGMENTS = 1,
  parameter integer NODE_SEGMENTS = 1,
  parameter integer WIDE_STAGES = 0,
  parameter integer ARGUMENT_BIAS = 1,
  // 1 for a way to the unit's own copies beside the bus.
  parameter integer LOCAL_WRITES = 1,
  // 1 for a multiplier of its own for products of two values.
  parameter integer PRODUCT_PATH = 1,
  parameter integer PRODUCT_SEGMENTS = 1,
  // 1 for a way for other linear results.
  parameter integer LINEAR_PATH = 1,
  parameter integer MAGNITUDE_SEGMENTS = 1,
  parameter integer CLIP_STAGES = 0,
  parameter integer TABLE_LATENCY = 1,
  parameter integer TABLE_SEGMENTS = 1,
  parameter integer BUS_STAGES = 0,
  // Names of the memory images.
  parameter PROGRAM_IMAGE = "",
  parameter MARKS_IMAGE = "",
  parameter GATES_IMAGE = "",
  parameter VALUES_IMAGE = "",
  parameter STATES_IMAGE = "",
  parameter TABLE_IMAGE = ""
) (
  input  wire                            clk_i,
  input  wire                            rst_i,
  // Position in the program
  input  wire [PC_BITS-1:0]              pc_i,
  input  wire                            at_end_i,
  input  wire [CAPTURE_AGE_BITS-1:0]     period_i,
  // Steps in work
  input  wire [STAGES-1:0]               active_i,
  input  wire [STAGES-1:0]               bank_i,
  input  wire [STAGES-1:0]               fresh_i,
  input  wire [STAGES*OUTPUT_BANK_BITS-1:0] output_bank_i,
  // Write-back of values to {bank, slot}, to the copies of {addends, gates} that have the slot, one
  // cycle early with LOCAL_WRITES; the initial image cannot be written
  input  wire [1:0]                      write_copies_i,
  input  wire [SLOT_BITS:0]              write_address_i,
  input  wire [VALUE_BITS-1:0]           write_data_i,
  // Captured sums
  input  wire                            captured_valid_i,
  input  wire signed [LANE_SUM_BITS-1:0] captured_i,
  // The sum that captured_i will be in the next cycle
  input  wire signed [LANE_SUM_BITS-1:0] next_captured_i,
  // What the next cycle's result will do
  output wire                            next_store_o,
  output wire                            next_local_o,
  output wire                            next_output_o,
  // Results, to the copies of {addends, gates, lanes} and to the output port; all zero in cycles
  // without one
  output wire [2:0]                      write_o,
  output wire [SLOT_BITS:0]              store_address_o,
  output wire                            output_o,
  output wire [OUTPUT_BANK_BITS-1:0]     output_bank_o,
  output wire [OUTPUT_BITS-1:0]          output_index_o,
  output wire                            go_o,
  output wire                            done_o,
  output wire [VALUE_BITS-1:0]           value_o,
  // States as they are stored
  output wire                            state_write_o,
  output wire [STATE_SLOT_BITS-1:0]      state_slot_o,
  output wire signed [STATE_BITS-1:0]    state_data_o
);

  localparam integer READ_LATENCY = ADDRESS_LATENCY + RAM_LATENCY;
  // Cycles: operand pipeline, gate pipeline to the wide state, biased state to the value.
  localparam integer OPERAND_CYCLES = PART_SEGMENTS + ALIGN_STAGES + ROUND_SEGMENTS;
  localparam integer WIDE_CYCLES = GATE_LATENCY + GAIN_SEGMENTS + NODE_SEGMENTS + WIDE_STAGES + 1;
  localparam integer LINEAR_CYCLES = 3;
  // A program has a register more for the long way from the memory, the table only in the deepest
  // pipeline.
  localparam integer TABLE_ROM_LATENCY =
      ROM_LATENCY < 2 ? ROM_LATENCY : ROM_LATENCY < 4 ? 2 : 3;
  localparam integer CURVE_CYCLES =
      MAGNITUDE_SEGMENTS + CLIP_STAGES + TABLE_ROM_LATENCY + TABLE_LATENCY + TABLE_SEGMENTS + 1;
  // Cycles from the program word to the function's argument, by way of entering.
  localparam integer SHORT_CYCLES = READ_LATENCY + OPERAND_CYCLES + 1;
  localparam integer LONG_CYCLES = SHORT_CYCLES - 1 + WIDE_CYCLES + ARGUMENT_BIAS;
  localparam integer FETCH_BITS = SHIFT_BITS + 2 + GATE_SLOT_BITS + 2 + 1 + VALUE_SLOT_BITS + 2 + 1
      + CAPTURE_AGE_BITS + CAPTURE_BITS;
  localparam integer FINISH_BITS = STAGE_BITS
      + 3 + OUTPUT_BITS + 2 + SLOT_BITS + 2 + INTEGER_BITS + 1 + STATE_SLOT_BITS + 6;

  // ---- program word
  wire [STAGE_BITS-1:0]             stage;
  wire                              done;
  wire                              go;
  wire                              emit;
  wire [OUTPUT_BITS-1:0]            output_index;
  wire                              store;
  wire                              is_local;
  wire [SLOT_BITS-1:0]              store_slot;
  wire [1:0]                        func;
  wire [INTEGER_BITS-1:0]           integer_bits;
  wire                              keep;
  wire [STATE_SLOT_BITS-1:0]        state_slot;
  wire                              finish;
  wire                              is_short;
  wire                              is_product;
  wire                              argument;
  wire                              first;
  wire                              addend;
  wire signed [OPERAND_BITS-1:0]    constant;
  wire [SHIFT_BITS-1:0]             shift;
  wire                              gated;
  wire                              gate_age;
  wire [GATE_SLOT_BITS-1:0]         gate_slot;
  wire [1:0]                        kind;
  wire                              value_age;
  wire [VALUE_SLOT_BITS-1:0]        value_slot;
  wire                              part_first;
  wire                              part;
  wire                              direct;
  wire [CAPTURE_AGE_BITS-1:0]       capture_age;
  wire [CAPTURE_BITS-1:0]           capture;

  // The fourth cycle of a program is for the choice of the step.
  localparam integer CHOICE = ROM_LATENCY > 3 ? 1 : 0;
  localparam integer WORD_BITS = FINISH_BITS + OPERAND_BITS + FETCH_BITS;
  wire [WORD_BITS-1:0]        early_word;
  wire [STAGE_BITS-1:0]       early_stage = early_word[WORD_BITS-1-:STAGE_BITS];
  wire [CAPTURE_AGE_BITS-1:0] early_age = early_word[CAPTURE_BITS+:CAPTURE_AGE_BITS];
  wire                        unused_word = &{1'b0, stage, capture_age};
  wire                        keeps_sum;
  wire [CAPTURE_BITS-1:0]     place;
  lstmg_unit_program #(
    .PROGRAM_DEPTH         (PROGRAM_DEPTH),
    .PC_BITS               (PC_BITS),
    .OPERATION_DEPTH       (OPERATION_DEPTH),
    .OPERATION_ADDRESS_BITS(OPERATION_ADDRESS_BITS),
    .OPERATION_BITS        (WORD_BITS),
    .PLACE_BITS            (CAPTURE_BITS),
    .ROM_LATENCY           (ROM_LATENCY),
    .PROGRAM_IMAGE         (PROGRAM_IMAGE),
    .MARKS_IMAGE           (MARKS_IMAGE)
  ) u_program (
    .clk_i      (clk_i),
    .pc_i       (pc_i),
    .at_end_i   (at_end_i),
    .operation_o(early_word),
    .keep_o     (keeps_sum),
    .place_o    (place)
  );
  lstmg_delay #(.WIDTH(WORD_BITS), .DEPTH(CHOICE)) u_word (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(early_word),
    .data_o({stage, done, go, emit, output_index, store, is_local, store_slot, func,
             integer_bits, keep, state_slot, finish, is_short, is_product, argument, first,
             addend, constant, shift, gated, gate_age, gate_slot, kind, value_age, value_slot,
             part_first, part, direct, capture_age, capture})
  );

  wire valid;
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
    .stage_i (early_stage),
    .active_o(valid),
    .bank_o  (bank),
    .fresh_o (fresh)
  );

  wire [CAPTURE_AGE_BITS-1:0]        period;
  wire [STAGES*OUTPUT_BANK_BITS-1:0] output_banks;
  wire [OUTPUT_BANK_BITS-1:0]        early_output_bank;
  wire [OUTPUT_BANK_BITS-1:0]        output_bank;
  wire [CAPTURE_AGE_BITS-1:0]        early_period;
  wire [CAPTURE_AGE_BITS-1:0]        capture_period;
  lstmg_delay #(.WIDTH(CAPTURE_AGE_BITS), .DEPTH(ROM_LATENCY - CHOICE)) u_early_period (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(period_i),
    .data_o(early_period)
  );
  lstmg_delay #(.WIDTH(2 * CAPTURE_AGE_BITS), .DEPTH(CHOICE)) u_period (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({early_period, early_period - early_age}),
    .data_o({period, capture_period})
  );
  lstmg_delay #(
    .WIDTH(STAGES * OUTPUT_BANK_BITS),
    .DEPTH(ROM_LATENCY - CHOICE)
  ) u_output_banks (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(output_bank_i),
    .data_o(output_banks)
  );
  generate
    if (STAGES == 1) begin : gen_single
      wire unused_early_stage = &{1'b0, early_stage};
      assign early_output_bank = output_banks;
    end else begin : gen_several
      assign early_output_bank = output_banks[early_stage*OUTPUT_BANK_BITS+:OUTPUT_BANK_BITS];
    end
  endgenerate
  lstmg_delay #(.WIDTH(OUTPUT_BANK_BITS), .DEPTH(CHOICE)) u_output_bank (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(early_output_bank),
    .data_o(output_bank)
  );

  // ---- captured sums; no bank is chosen here: the memory is read a little earlier and has a
  //      register more
  wire signed [LANE_SUM_BITS-1:0] captured;
  generate
    if (HAS_CAPTURES == 0) begin : gen_no_captures
      wire unused_captures =
          &{1'b0, captured_valid_i, captured_i, period, keeps_sum, place, capture_period, capture};
      assign captured = {LANE_SUM_BITS{1'b0}};
    end else begin : gen_captures
      lstmg_ram #(
        .WIDTH       (LANE_SUM_BITS),
        .DEPTH       (1 << (CAPTURE_AGE_BITS + CAPTURE_BITS)),
        .ADDRESS_BITS(CAPTURE_AGE_BITS + CAPTURE_BITS),
        .LATENCY     (READ_LATENCY)
      ) u_captures (
        .clk_i          (clk_i),
        .write_i        (captured_valid_i && keeps_sum),
        .write_address_i({period, place}),
        .write_data_i   (captured_i),
        .read_i         (1'b1),
        .clear_i        (direct),
        .read_address_i ({capture_period, capture}),
        .read_data_o    (captured)
      );
    end
  endgenerate

  // ---- gate and value; what the unit writes for itself comes before what is on the bus
  wire                         gate_write;
  wire                         value_write;
  wire [SLOT_BITS:0]           write_address;
  wire [VALUE_BITS-1:0]        write_data;
  wire signed [VALUE_BITS-1:0] gate;
  wire signed [VALUE_BITS-1:0] value;
  wire unused_write = &{1'b0, write_address, write_data};
  generate
    if (HAS_GATES == 0) begin : gen_no_gates
      wire unused_gate = &{1'b0, gate_age, gate_slot, gate_write};
      assign gate = {VALUE_BITS{1'b0}};
    end else begin : gen_gates
      lstmg_value_port #(
        .SLOT_BITS      (GATE_SLOT_BITS),
        .VALUE_BITS     (VALUE_BITS),
        .ADDRESS_LATENCY(ADDRESS_LATENCY),
        .RAM_LATENCY    (RAM_LATENCY),
        .IMAGE          (GATES_IMAGE)
      ) u_gates (
        .clk_i          (clk_i),
        .bank_i         (bank),
        .fresh_i        (fresh),
        .age_i          (gate_age),
        .slot_i         (gate_slot),
        .value_o        (gate),
        .write_i        (gate_write),
        .write_address_i({write_address[SLOT_BITS], write_address[GATE_SLOT_BITS-1:0]}),
        .write_data_i   (write_data)
      );
    end
    if (HAS_VALUES == 0) begin : gen_no_values
      wire unused_value = &{1'b0, value_age, value_slot, value_write};
      assign value = {VALUE_BITS{1'b0}};
    end else begin : gen_values
      lstmg_value_port #(
        .SLOT_BITS      (VALUE_SLOT_BITS),
        .VALUE_BITS     (VALUE_BITS),
        .ADDRESS_LATENCY(ADDRESS_LATENCY),
        .RAM_LATENCY    (RAM_LATENCY),
        .IMAGE          (VALUES_IMAGE)
      ) u_values (
        .clk_i          (clk_i),
        .bank_i         (bank),
        .fresh_i        (fresh),
        .age_i          (value_age),
        .slot_i         (value_slot),
        .value_o        (value),
        .write_i        (value_write),
        .write_address_i({write_address[SLOT_BITS], write_address[VALUE_SLOT_BITS-1:0]}),
        .write_data_i   (write_data)
      );
    end
  endgenerate

  // ---- what happens behind the operand; one cycle behind the word, where it is known whether the
  //      operation belongs to a step in work, and which way the result of the last one takes
  localparam integer MARK_BITS = 5 + OUTPUT_BITS + SLOT_BITS + 2 + INTEGER_BITS + STATE_SLOT_BITS
      + 3 + OUTPUT_BANK_BITS + 1;
  reg                         addend_q;
  reg                         finished_q;
  reg                         keep_q;
  reg                         curve_q;
  reg                         short_curve_q;
  reg                         linear_q;
  reg                         short_linear_q;
  reg                         product_q;
  reg [MARK_BITS-1:0]         marks_q;
  wire                        done_q;
  wire                        go_q;
  wire                        emit_q;
  wire [OUTPUT_BITS-1:0]      output_index_q;
  wire                        store_q;
  wire                        is_local_q;
  wire [SLOT_BITS-1:0]        store_slot_q;
  wire [1:0]                  func_q;
  wire [INTEGER_BITS-1:0]     integer_bits_q;
  wire [STATE_SLOT_BITS-1:0]  state_slot_q;
  wire                        argument_q;
  wire                        first_q;
  wire                        gated_q;
  wire                        bank_q;
  wire [OUTPUT_BANK_BITS-1:0] output_bank_q;
  assign {done_q, go_q, emit_q, output_index_q, store_q, is_local_q, store_slot_q, func_q,
          integer_bits_q, state_slot_q, argument_q, first_q, gated_q, bank_q,
          output_bank_q} = marks_q;
  wire finished = finish & valid;
  always @(posedge clk_i) begin
    addend_q       <= addend & valid;
    finished_q     <= finished;
    keep_q         <= finished & keep;
    curve_q        <= finished & ~func[1] & ~is_short;
    short_curve_q  <= finished & ~func[1] & is_short;
    linear_q       <= finished & func[1] & ~is_short & ~is_product;
    short_linear_q <= finished & func[1] & is_short;
    product_q      <= finished & is_product;
    marks_q <= {done, go, emit, output_index & {OUTPUT_BITS{emit}},
                store | (is_local & (LOCAL_WRITES == 0)), is_local & (LOCAL_WRITES != 0),
                store_slot & {SLOT_BITS{store | is_local}}, func, integer_bits, state_slot,
                argument, first, gated, bank & (store | is_local),
                output_bank & {OUTPUT_BANK_BITS{emit}}};
  end

  // ---- old state; the upper half of the memory is the initial image
  wire [STATE_SLOT_BITS:0]     state_address;
  wire signed [STATE_BITS-1:0] old_state;
  wire                         state_write;
  wire [STATE_SLOT_BITS-1:0]   state_write_slot;
  wire signed [STATE_BITS-1:0] new_state;
  lstmg_delay #(.WIDTH(STATE_SLOT_BITS + 1), .DEPTH(ADDRESS_LATENCY)) u_state_address (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({fresh, state_slot}),
    .data_o(state_address)
  );
  lstmg_ram #(
    .WIDTH       (STATE_BITS),
    .DEPTH       (2 << STATE_SLOT_BITS),
    .ADDRESS_BITS(STATE_SLOT_BITS + 1),
    .LATENCY     (RAM_LATENCY),
    .IMAGE       (STATES_IMAGE)
  ) u_states (
    .clk_i          (clk_i),
    .write_i        (state_write),
    .write_address_i({1'b0, state_write_slot}),
    .write_data_i   (new_state),
    .read_i         (1'b1),
    .clear_i        (1'b0),
    .read_address_i (state_address),
    .read_data_o    (old_state)
  );

  // ---- operand
  wire                           part_at_data;
  wire                           part_first_at_data;
  wire [1:0]                     kind_at_data;
  wire [SHIFT_BITS-1:0]          shift_at_data;
  wire signed [OPERAND_BITS-1:0] constant_at_data;
  wire signed [OPERAND_BITS-1:0] operand;
  wire                           next_direct;
  reg signed [LANE_SUM_BITS-1:0] direct_q;
  // A sum that is taken as it arrives has its register here, so that nothing stands in front of the
  // adder.
  lstmg_delay #(.WIDTH(1), .DEPTH(READ_LATENCY - 1)) u_direct (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(direct),
    .data_o(next_direct)
  );
  always @(posedge clk_i) direct_q <= next_captured_i & {LANE_SUM_BITS{next_direct}};
  lstmg_delay #(.WIDTH(4 + SHIFT_BITS + OPERAND_BITS), .DEPTH(READ_LATENCY)) u_fetched (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({part, part_first, kind, shift, constant}),
    .data_o({part_at_data, part_first_at_data, kind_at_data, shift_at_data,
             constant_at_data})
  );
  lstmg_operand #(
    .SUM_BITS    (LANE_SUM_BITS),
    .VALUE_BITS  (VALUE_BITS),
    .STATE_BITS  (STATE_BITS),
    .OPERAND_BITS(OPERAND_BITS),
    .ALIGNED_BITS(ALIGNED_BITS),
    .SHIFT_BITS  (SHIFT_BITS),
    .SUM_LEFT    (SUM_LEFT),
    .VALUE_LEFT  (VALUE_LEFT),
    .STATE_LEFT  (STATE_LEFT),
    .PART_SEGMENTS (PART_SEGMENTS),
    .ALIGN_STAGES  (ALIGN_STAGES),
    .ROUND_SEGMENTS(ROUND_SEGMENTS)
  ) u_operand (
    .clk_i       (clk_i),
    .part_i      (part_at_data),
    .part_first_i(part_first_at_data),
    .kind_i      (kind_at_data),
    .shift_i     (shift_at_data),
    .constant_i  (constant_at_data),
    .captured_i  (captured),
    .direct_i    (direct_q),
    .value_i     (value),
    .state_i     (old_state),
    .operand_o   (operand)
  );

  // ---- gate
  wire signed [VALUE_BITS-1:0] gate_at_operand;
  wire                         addend_at_operand;
  wire                         first_at_operand;
  wire                         argument_at_operand;
  wire                         finish_at_operand;
  wire                         gated_at_operand;
  wire                         short_at_operand;
  wire signed [WIDE_BITS-1:0]  wide;
  wire signed [WIDE_BITS:0]    biased;
  lstmg_delay #(.WIDTH(VALUE_BITS), .DEPTH(OPERAND_CYCLES)) u_gate_delay (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(gate),
    .data_o(gate_at_operand)
  );
  lstmg_delay #(.WIDTH(6), .DEPTH(READ_LATENCY + OPERAND_CYCLES - 1)) u_operation (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({addend_q, first_q, argument_q, finished_q, gated_q, short_curve_q | short_linear_q}),
    .data_o({addend_at_operand, first_at_operand, argument_at_operand, finish_at_operand,
             gated_at_operand, short_at_operand})
  );
  lstmg_gate #(
    .OPERAND_BITS    (OPERAND_BITS),
    .VALUE_BITS      (VALUE_BITS),
    .SUM_BITS        (NODE_SUM_BITS),
    .WIDE_BITS       (WIDE_BITS),
    .ARGUMENT_BIAS   (ARGUMENT_BIAS),
    .MULTIPLIER_BITS (MULTIPLIER_BITS),
    .MULTIPLY_LATENCY(GATE_LATENCY),
    .GAIN_SEGMENTS   (GAIN_SEGMENTS),
    .SUM_SEGMENTS    (NODE_SEGMENTS),
    .WIDE_STAGES     (WIDE_STAGES)
  ) u_gate (
    .clk_i     (clk_i),
    .rst_i     (rst_i),
    .addend_i  (addend_at_operand),
    .first_i   (first_at_operand),
    .argument_i(argument_at_operand),
    .finish_i  (finish_at_operand),
    .gated_i   (gated_at_operand),
    .short_i   (short_at_operand),
    .operand_i (operand),
    .gate_i    (gate_at_operand),
    .wide_o    (wide),
    .biased_o  (biased)
  );

  // ---- result; its controls travel beside the data
  wire keep_at_wide;
  wire [STATE_SLOT_BITS-1:0] state_slot_at_wide;
  lstmg_delay #(
    .WIDTH(1 + STATE_SLOT_BITS),
    .DEPTH(READ_LATENCY + OPERAND_CYCLES + WIDE_CYCLES - 1)
  ) u_keep (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({keep_q, state_slot_q}),
    .data_o({keep_at_wide, state_slot_at_wide})
  );
  lstmg_delay #(.WIDTH(1 + STATE_SLOT_BITS), .DEPTH(1)) u_state_write (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({keep_at_wide, state_slot_at_wide}),
    .data_o({state_write, state_write_slot})
  );

  // ---- function, beside the argument
  wire [1:0]              func_at_biased;
  wire [INTEGER_BITS-1:0] integer_bits_at_biased;
  lstmg_merge_delay #(
    .WIDTH(2 + INTEGER_BITS),
    .DEPTH(LONG_CYCLES - 1),
    .ENTRY(LONG_CYCLES - SHORT_CYCLES)
  ) u_function (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({func_q, integer_bits_q} & {(2 + INTEGER_BITS){curve_q | linear_q}}),
    .late_i({func_q, integer_bits_q} & {(2 + INTEGER_BITS){short_curve_q | short_linear_q}}),
    .data_o({func_at_biased, integer_bits_at_biased})
  );

  assign state_write_o = state_write;
  assign state_slot_o  = state_write_slot;
  assign state_data_o  = new_state;

  wire signed [VALUE_BITS-1:0] curve;
  wire signed [VALUE_BITS-1:0] linear;
  lstmg_result #(
    .WIDE_BITS       (WIDE_BITS),
    .STATE_BITS      (STATE_BITS),
    .VALUE_BITS      (VALUE_BITS),
    .ARGUMENT_BITS   (ARGUMENT_BITS),
    .STATE_SHIFT     (STATE_SHIFT),
    .ARGUMENT_SHIFT  (ARGUMENT_SHIFT),
    .LINEAR_SHIFT    (LINEAR_SHIFT),
    .INTEGER_BITS    (INTEGER_BITS),
    .SEGMENT_BITS    (SEGMENT_BITS),
    .OFFSET_BITS     (OFFSET_BITS),
    .BASE_BITS       (BASE_BITS),
    .SLOPE_BITS      (SLOPE_BITS),
    .ROM_LATENCY     (TABLE_ROM_LATENCY),
    .MAGNITUDE_SEGMENTS(MAGNITUDE_SEGMENTS),
    .CLIP_STAGES     (CLIP_STAGES),
    .MULTIPLY_LATENCY(TABLE_LATENCY),
    .SUM_SEGMENTS    (TABLE_SEGMENTS),
    .LINEAR_PATH     (LINEAR_PATH),
    .TABLE_IMAGE     (TABLE_IMAGE)
  ) u_result (
    .clk_i         (clk_i),
    .wide_i        (wide),
    .biased_i      (biased),
    .function_i    (func_at_biased),
    .integer_bits_i(integer_bits_at_biased),
    .curve_i       (curve_target[TARGET_BITS-1]),
    .linear_i      (linear_target[TARGET_BITS-1]),
    .state_o       (new_state),
    .curve_o       (curve),
    .linear_o      (linear)
  );
  // ---- where the result goes; the ways through the unit take different times
  localparam integer TARGET_BITS = 6 + SLOT_BITS + 1 + OUTPUT_BANK_BITS + OUTPUT_BITS;
  wire [TARGET_BITS-1:0] target =
      {1'b1, store_q, is_local_q, emit_q, go_q, done_q, bank_q, store_slot_q, output_bank_q,
       output_index_q};
  wire [TARGET_BITS-1:0] curve_target;
  wire [TARGET_BITS-1:0] linear_target;
  lstmg_merge_delay #(
    .WIDTH(TARGET_BITS),
    .DEPTH(LONG_CYCLES + CURVE_CYCLES - 2),
    .ENTRY(LONG_CYCLES - SHORT_CYCLES)
  ) u_curve_target (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(target & {TARGET_BITS{curve_q}}),
    .late_i(target & {TARGET_BITS{short_curve_q}}),
    .data_o(curve_target)
  );
  generate
    if (LINEAR_PATH == 0) begin : gen_no_linear
      wire unused_linear = &{1'b0, linear_q, short_linear_q};
      assign linear_target = {TARGET_BITS{1'b0}};
    end else begin : gen_linear
      lstmg_merge_delay #(
        .WIDTH(TARGET_BITS),
        .DEPTH(LONG_CYCLES + LINEAR_CYCLES - 2),
        .ENTRY(LONG_CYCLES - SHORT_CYCLES)
      ) u_target (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(target & {TARGET_BITS{linear_q}}),
        .late_i(target & {TARGET_BITS{short_linear_q}}),
        .data_o(linear_target)
      );
    end
  endgenerate

  wire [TARGET_BITS-1:0]       product_target;
  wire signed [VALUE_BITS-1:0] product;
  generate
    if (PRODUCT_PATH == 0) begin : gen_no_product
      wire unused_product = &{1'b0, product_q};
      assign product_target = {TARGET_BITS{1'b0}};
      assign product        = {VALUE_BITS{1'b0}};
    end else begin : gen_product
      lstmg_delay #(
        .WIDTH(TARGET_BITS),
        .DEPTH(READ_LATENCY + GATE_LATENCY + PRODUCT_SEGMENTS - 1)
      ) u_target (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(target & {TARGET_BITS{product_q}}),
        .data_o(product_target)
      );
      lstmg_product #(
        .VALUE_BITS      (VALUE_BITS),
        .LINEAR_SHIFT    (LINEAR_SHIFT),
        .MULTIPLY_LATENCY(GATE_LATENCY),
        .SEGMENTS        (PRODUCT_SEGMENTS)
      ) u_product (
        .clk_i    (clk_i),
        .value_i  (value),
        .gate_i   (gate),
        .valid_i  (product_target[TARGET_BITS-1]),
        .product_o(product)
      );
    end
  endgenerate

  // ---- to the bus and to the unit's own copies
  lstmg_result_port #(
    .VALUE_BITS      (VALUE_BITS),
    .SLOT_BITS       (SLOT_BITS),
    .OUTPUT_BITS     (OUTPUT_BITS),
    .OUTPUT_BANK_BITS(OUTPUT_BANK_BITS),
    .LANE_SLOT_BITS  (LANE_SLOT_BITS),
    .GATE_SLOT_BITS  (GATE_SLOT_BITS),
    .GATE_WINDOW     (GATE_WINDOW),
    .VALUE_SLOT_BITS (VALUE_SLOT_BITS),
    .VALUE_WINDOW    (VALUE_WINDOW),
    .LOCAL_WRITES    (LOCAL_WRITES),
    .BUS_STAGES      (BUS_STAGES)
  ) u_port (
    .clk_i          (clk_i),
    .target_i       (curve_target | linear_target | product_target),
    .value_i        (curve | linear | product),
    .next_store_o   (next_store_o),
    .next_local_o   (next_local_o),
    .next_output_o  (next_output_o),
    .write_o        (write_o),
    .address_o      (store_address_o),
    .output_o       (output_o),
    .output_bank_o  (output_bank_o),
    .output_index_o (output_index_o),
    .go_o           (go_o),
    .done_o         (done_o),
    .value_o        (value_o),
    .bus_copies_i   (write_copies_i),
    .bus_address_i  (write_address_i),
    .bus_data_i     (write_data_i),
    .write_copies_o ({value_write, gate_write}),
    .write_address_o(write_address),
    .write_data_o   (write_data)
  );

endmodule
`default_nettype wire
