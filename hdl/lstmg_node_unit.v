`default_nettype none
// A node unit: turns captured sums, values and states into new states and activations, one addend
// per cycle.
//
// Every cycle the unit reads the operation at pc_i, fetches what it names and sends it down one
// pipeline: operand, gate, result. Operations of one node stand in a row, the last one finishes it.
// Captured sums wait in a memory in the order in which the chain delivers them.
//
// Word:    {done, go, output, output_index, store, store_slot, function, integer_bits, keep,
//           state_slot, finish, argument, first, addend, constant, shift, gated, gate_age, gate_slot,
//           kind, value_age, value_slot, part_first, part, capture}; a word of zeros does nothing.
//           It stands in three memories: {... finish .. addend}, {constant}, {shift ... capture}.
// Latency: see NodeLatency in the compiler (PipelineProfile.swift), which states the same sum of
//          parts; simulation compares both.
// Reset:   rst_i clears valid bits and the pending argument bias.
module lstmg_node_unit #(
  // Words of the program and bits of a position in it.
  parameter integer PROGRAM_DEPTH = 2,
  parameter integer PC_BITS = 1,
  // Captured sums kept, and bits of an index to one.
  parameter integer CAPTURE_DEPTH = 2,
  parameter integer CAPTURE_BITS = 1,
  // Bits of an index to a stored state.
  parameter integer STATE_SLOT_BITS = 1,
  // Bits of a value's slot, of an output's index, of the output bank.
  parameter integer SLOT_BITS = 4,
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
  parameter integer ARGUMENT_BIAS = 1,
  parameter integer MAGNITUDE_SEGMENTS = 1,
  parameter integer CLIP_STAGES = 0,
  parameter integer TABLE_LATENCY = 1,
  // Cycles from a program position to the first capture it can cause.
  parameter integer CAPTURE_LATENCY = 5,
  // Names of the memory images.
  parameter PROGRAM_IMAGE = "",
  parameter VALUES_IMAGE = "",
  parameter STATES_IMAGE = "",
  parameter TABLE_IMAGE = ""
) (
  input  wire                            clk_i,
  input  wire                            rst_i,
  // Position in the program
  input  wire                            valid_i,
  input  wire                            start_i,
  input  wire [PC_BITS-1:0]              pc_i,
  input  wire                            bank_i,
  input  wire                            fresh_i,
  input  wire [OUTPUT_BANK_BITS-1:0]     output_bank_i,
  // Write-back of values to {bank, slot}; the initial image cannot be written
  input  wire                            write_i,
  input  wire [SLOT_BITS:0]              write_address_i,
  input  wire [VALUE_BITS-1:0]           write_data_i,
  // Captured sums
  input  wire                            captured_valid_i,
  input  wire signed [LANE_SUM_BITS-1:0] captured_i,
  // Results; all zero in cycles without one
  output wire                            store_o,
  output wire [SLOT_BITS:0]              store_address_o,
  output wire                            output_o,
  output wire [OUTPUT_BANK_BITS-1:0]     output_bank_o,
  output wire [OUTPUT_BITS-1:0]          output_index_o,
  output wire                            go_o,
  output wire                            done_o,
  output wire [VALUE_BITS-1:0]           value_o
);

  localparam integer READ_LATENCY = ADDRESS_LATENCY + RAM_LATENCY;
  // Cycles: operand pipeline, gate pipeline to the wide state, biased state to the value.
  localparam integer OPERAND_CYCLES = PART_SEGMENTS + ALIGN_STAGES + ROUND_SEGMENTS;
  localparam integer WIDE_CYCLES = GATE_LATENCY + GAIN_SEGMENTS + NODE_SEGMENTS + 1;
  localparam integer LINEAR_CYCLES = 3;
  localparam integer RESULT_CYCLES =
      MAGNITUDE_SEGMENTS + CLIP_STAGES + ROM_LATENCY + TABLE_LATENCY + 2;
  localparam integer FETCH_BITS = SHIFT_BITS + 2 + SLOT_BITS + 2 + 1 + SLOT_BITS + 2 + CAPTURE_BITS;
  localparam integer FINISH_BITS =
      3 + OUTPUT_BITS + 1 + SLOT_BITS + 2 + INTEGER_BITS + 1 + STATE_SLOT_BITS + 4;

  // ---- program word
  wire                              done;
  wire                              go;
  wire                              emit;
  wire [OUTPUT_BITS-1:0]            output_index;
  wire                              store;
  wire [SLOT_BITS-1:0]              store_slot;
  wire [1:0]                        func;
  wire [INTEGER_BITS-1:0]           integer_bits;
  wire                              keep;
  wire [STATE_SLOT_BITS-1:0]        state_slot;
  wire                              finish;
  wire                              argument;
  wire                              first;
  wire                              addend;
  wire signed [OPERAND_BITS-1:0]    constant;
  wire [SHIFT_BITS-1:0]             shift;
  wire                              gated;
  wire                              gate_age;
  wire [SLOT_BITS-1:0]              gate_slot;
  wire [1:0]                        kind;
  wire                              value_age;
  wire [SLOT_BITS-1:0]              value_slot;
  wire                              part_first;
  wire                              part;
  wire [CAPTURE_BITS-1:0]           capture;

  lstmg_rom #(
    .WIDTH       (FINISH_BITS + OPERAND_BITS + FETCH_BITS),
    .DEPTH       (PROGRAM_DEPTH),
    .ADDRESS_BITS(PC_BITS),
    .LATENCY     (ROM_LATENCY),
    .IMAGE       (PROGRAM_IMAGE)
  ) u_program (
    .clk_i    (clk_i),
    .address_i(pc_i),
    .data_o   ({done, go, emit, output_index, store, store_slot, func, integer_bits, keep,
                state_slot, finish, argument, first, addend,
                constant,
                shift, gated, gate_age, gate_slot, kind, value_age, value_slot, part_first, part,
                capture})
  );

  wire                        valid;
  wire                        bank;
  wire                        fresh;
  wire [OUTPUT_BANK_BITS-1:0] output_bank;
  lstmg_delay #(.WIDTH(3 + OUTPUT_BANK_BITS), .DEPTH(ROM_LATENCY)) u_step (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i({valid_i, bank_i, fresh_i, output_bank_i}),
    .data_o({valid, bank, fresh, output_bank})
  );

  // ---- captured sums, in the order of their arrival since the step began
  wire                    begins;
  reg  [CAPTURE_BITS-1:0] arrivals_q;
  lstmg_delay #(.WIDTH(1), .DEPTH(CAPTURE_LATENCY)) u_begins (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i(start_i),
    .data_o(begins)
  );
  wire [CAPTURE_BITS-1:0] arrival = begins ? {CAPTURE_BITS{1'b0}} : arrivals_q;
  always @(posedge clk_i) arrivals_q <= captured_valid_i ? arrival + 1'b1 : arrival;

  wire [CAPTURE_BITS-1:0]         capture_address;
  wire signed [LANE_SUM_BITS-1:0] captured;
  lstmg_delay #(.WIDTH(CAPTURE_BITS), .DEPTH(ADDRESS_LATENCY)) u_capture_address (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(capture),
    .data_o(capture_address)
  );
  lstmg_ram #(
    .WIDTH       (LANE_SUM_BITS),
    .DEPTH       (CAPTURE_DEPTH),
    .ADDRESS_BITS(CAPTURE_BITS),
    .LATENCY     (RAM_LATENCY)
  ) u_captures (
    .clk_i          (clk_i),
    .write_i        (captured_valid_i),
    .write_address_i(arrival),
    .write_data_i   (captured_i),
    .clear_i        (1'b0),
    .read_address_i (capture_address),
    .read_data_o    (captured)
  );

  // ---- gate and value
  wire [SLOT_BITS+1:0]         gate_address;
  wire [SLOT_BITS+1:0]         value_address;
  wire signed [VALUE_BITS-1:0] gate;
  wire signed [VALUE_BITS-1:0] value;
  lstmg_value_address #(.SLOT_BITS(SLOT_BITS), .LATENCY(ADDRESS_LATENCY)) u_gate_address (
    .clk_i    (clk_i),
    .bank_i   (bank),
    .fresh_i  (fresh),
    .age_i    (gate_age),
    .slot_i   (gate_slot),
    .address_o(gate_address)
  );
  lstmg_value_address #(.SLOT_BITS(SLOT_BITS), .LATENCY(ADDRESS_LATENCY)) u_value_address (
    .clk_i    (clk_i),
    .bank_i   (bank),
    .fresh_i  (fresh),
    .age_i    (value_age),
    .slot_i   (value_slot),
    .address_o(value_address)
  );
  lstmg_ram #(
    .WIDTH       (VALUE_BITS),
    .DEPTH       (3 << SLOT_BITS),
    .ADDRESS_BITS(SLOT_BITS + 2),
    .LATENCY     (RAM_LATENCY),
    .IMAGE       (VALUES_IMAGE)
  ) u_gates (
    .clk_i          (clk_i),
    .write_i        (write_i),
    .write_address_i({1'b0, write_address_i}),
    .write_data_i   (write_data_i),
    .clear_i        (1'b0),
    .read_address_i (gate_address),
    .read_data_o    (gate)
  );
  lstmg_ram #(
    .WIDTH       (VALUE_BITS),
    .DEPTH       (3 << SLOT_BITS),
    .ADDRESS_BITS(SLOT_BITS + 2),
    .LATENCY     (RAM_LATENCY),
    .IMAGE       (VALUES_IMAGE)
  ) u_values (
    .clk_i          (clk_i),
    .write_i        (write_i),
    .write_address_i({1'b0, write_address_i}),
    .write_data_i   (write_data_i),
    .clear_i        (1'b0),
    .read_address_i (value_address),
    .read_data_o    (value)
  );

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
  lstmg_delay #(.WIDTH(4 + SHIFT_BITS + OPERAND_BITS), .DEPTH(READ_LATENCY)) u_fetched (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({part, part_first, kind, shift, constant}),
    .data_o({part_at_data, part_first_at_data, kind_at_data, shift_at_data, constant_at_data})
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
    .direct_i    ({LANE_SUM_BITS{1'b0}}),
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
  wire signed [WIDE_BITS-1:0]  wide;
  wire signed [WIDE_BITS:0]    biased;
  lstmg_delay #(.WIDTH(VALUE_BITS), .DEPTH(OPERAND_CYCLES)) u_gate_delay (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(gate),
    .data_o(gate_at_operand)
  );
  lstmg_delay #(.WIDTH(5), .DEPTH(READ_LATENCY + OPERAND_CYCLES)) u_operation (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i({addend & valid, first, argument, finish & valid, gated}),
    .data_o({addend_at_operand, first_at_operand, argument_at_operand, finish_at_operand,
             gated_at_operand})
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
    .SUM_SEGMENTS    (NODE_SEGMENTS)
  ) u_gate (
    .clk_i     (clk_i),
    .rst_i     (rst_i),
    .addend_i  (addend_at_operand),
    .first_i   (first_at_operand),
    .argument_i(argument_at_operand),
    .finish_i  (finish_at_operand),
    .gated_i   (gated_at_operand),
    .short_i   (1'b0),
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
    .DEPTH(READ_LATENCY + OPERAND_CYCLES + WIDE_CYCLES)
  ) u_keep (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i({keep & finish & valid, state_slot}),
    .data_o({keep_at_wide, state_slot_at_wide})
  );
  lstmg_delay #(.WIDTH(1 + STATE_SLOT_BITS), .DEPTH(1)) u_state_write (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i({keep_at_wide, state_slot_at_wide}),
    .data_o({state_write, state_write_slot})
  );

  wire [1:0]              func_at_biased;
  wire [INTEGER_BITS-1:0] integer_bits_at_biased;
  lstmg_delay #(
    .WIDTH(2 + INTEGER_BITS),
    .DEPTH(READ_LATENCY + OPERAND_CYCLES + WIDE_CYCLES + ARGUMENT_BIAS)
  ) u_function (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({func, integer_bits}),
    .data_o({func_at_biased, integer_bits_at_biased})
  );

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
    .ROM_LATENCY     (ROM_LATENCY),
    .MAGNITUDE_SEGMENTS(MAGNITUDE_SEGMENTS),
    .CLIP_STAGES     (CLIP_STAGES),
    .MULTIPLY_LATENCY(TABLE_LATENCY),
    .TABLE_IMAGE     (TABLE_IMAGE)
  ) u_result (
    .clk_i         (clk_i),
    .wide_i        (wide),
    .biased_i      (biased),
    .function_i    (func_at_biased),
    .integer_bits_i(integer_bits_at_biased),
    .state_o       (new_state),
    .curve_o       (curve),
    .linear_o      (linear)
  );
  wire signed [VALUE_BITS-1:0] linear_at_result;
  wire is_linear;
  lstmg_delay #(.WIDTH(VALUE_BITS), .DEPTH(RESULT_CYCLES - LINEAR_CYCLES)) u_linear (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(linear),
    .data_o(linear_at_result)
  );
  lstmg_delay #(.WIDTH(1), .DEPTH(RESULT_CYCLES)) u_is_linear (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(func_at_biased[1]),
    .data_o(is_linear)
  );
  wire signed [VALUE_BITS-1:0] result = is_linear ? linear_at_result : curve;

  wire finished = finish & valid;
  wire store_at_result;
  lstmg_delay #(
    .WIDTH(4 + SLOT_BITS + 1 + OUTPUT_BANK_BITS + OUTPUT_BITS),
    .DEPTH(READ_LATENCY + OPERAND_CYCLES + WIDE_CYCLES + ARGUMENT_BIAS + RESULT_CYCLES)
  ) u_result_controls (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i({store & finished, emit & finished, go & finished, done & finished,
             {bank, store_slot} & {(SLOT_BITS + 1){store & finished}},
             output_bank & {OUTPUT_BANK_BITS{emit & finished}},
             output_index & {OUTPUT_BITS{emit & finished}}}),
    .data_o({store_at_result, output_o, go_o, done_o, store_address_o, output_bank_o,
             output_index_o})
  );

  assign store_o = store_at_result;
  assign value_o = result & {VALUE_BITS{store_at_result | output_o}};

endmodule
`default_nettype wire
