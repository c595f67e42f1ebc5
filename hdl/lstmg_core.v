`default_nettype none
// A whole network: MAC lanes, node units, ports and the program that plays them.
//
//   input port --> write-back bus --> activation copies of streams and node units
//   lanes --> capture chain of each group --> node unit --> write-back bus, output port
//
// Lanes form UNITS equal groups; each group feeds one node unit, and LANES_PER_STREAM neighbours in
// it read the same values. There is no handshake inside: the program, images per stream, lane and unit,
// is free of collisions by construction, and the compiler proves it. Everything that depends on
// weights lies in memory images.
//
// Reset: rst_i drops everything in flight; the next step starts from the initial image. Steps are
//        forgotten at once, pipelines run empty while s_axis_tready stays low. Where weights are
//        loaded, it lasts until they are.
module lstmg_core #(
  // Structure.
  parameter integer LANES = 1,
  parameter integer UNITS = 1,
  parameter integer LANES_PER_STREAM = 1,
  parameter integer PERIOD = 2,
  parameter integer PROGRAM_DEPTH = 2,
  parameter integer PC_BITS = 1,
  parameter integer OPERATION_DEPTH = 0,
  parameter integer OPERATION_ADDRESS_BITS = 1,
  parameter integer STAGES = 1,
  parameter integer STAGE_BITS = 1,
  parameter integer CAPTURE_BITS = 1,
  parameter integer CAPTURE_AGE_BITS = 1,
  parameter integer HAS_CAPTURES = 1,
  parameter integer STATE_SLOT_BITS = 1,
  parameter integer SLOT_BITS = 1,
  // Slots that the copies of the activation memory hold.
  parameter integer LANE_SLOT_BITS = 1,
  parameter integer GATE_SLOT_BITS = 1,
  parameter integer GATE_WINDOW = 0,
  parameter integer HAS_GATES = 1,
  parameter integer VALUE_SLOT_BITS = 1,
  parameter integer VALUE_WINDOW = 0,
  parameter integer HAS_VALUES = 1,
  // Ports.
  parameter integer INPUT_BEATS = 1,
  parameter integer HAS_INPUTS = 1,
  parameter integer OUTPUT_BEATS = 1,
  parameter integer OUTPUT_BITS = 1,
  parameter integer OUTPUT_BANK_BITS = 2,
  parameter integer DATA_BITS = 16,
  parameter integer RELEASE_LATENCY = 0,
  parameter integer UNITS_READ_INPUTS = 0,
  // Numbers.
  parameter integer WEIGHT_BITS = 16,
  parameter integer VALUE_BITS = 16,
  parameter integer LANE_SUM_BITS = 40,
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
  // Pipeline.
  parameter integer CONTROL_STAGES = 0,
  parameter integer ROM_LATENCY = 1,
  parameter integer ADDRESS_LATENCY = 0,
  parameter integer RAM_LATENCY = 1,
  parameter integer MULTIPLY_LATENCY = 1,
  parameter integer SUM_SEGMENTS = 1,
  parameter integer SOURCE_SKEW = 0,
  parameter integer PART_SEGMENTS = 1,
  parameter integer ALIGN_STAGES = 1,
  parameter integer ROUND_SEGMENTS = 1,
  parameter integer MULTIPLIER_BITS = 64,
  parameter integer GATE_LATENCY = 1,
  parameter integer GAIN_SEGMENTS = 1,
  parameter integer NODE_SEGMENTS = 1,
  parameter integer WIDE_STAGES = 0,
  parameter integer ARGUMENT_BIAS = 1,
  parameter integer PRODUCT_PATH = 1,
  parameter integer PRODUCT_SEGMENTS = 1,
  parameter integer LINEAR_PATH = 1,
  parameter integer MAGNITUDE_SEGMENTS = 1,
  parameter integer CLIP_STAGES = 0,
  parameter integer TABLE_LATENCY = 1,
  parameter integer TABLE_SEGMENTS = 1,
  parameter integer BUS_STAGES = 0,
  // Whether weights come over the load ports instead of from images, 0 or 1.
  parameter integer LOADED_WEIGHTS = 0,
  // Common beginning of the names of all memory images.
  parameter IMAGES = ""
) (
  input  wire                 clk_i,
  input  wire                 rst_i,
  // Input stream
  input  wire [DATA_BITS-1:0] s_axis_tdata,
  input  wire                 s_axis_tvalid,
  output wire                 s_axis_tready,
  input  wire                 s_axis_tlast,
  input  wire                 s_axis_tuser,
  // Output stream
  output wire [DATA_BITS-1:0] m_axis_tdata,
  output wire                 m_axis_tvalid,
  input  wire                 m_axis_tready,
  output wire                 m_axis_tlast,
  // Loading of weights, during reset: one bit a lane, position in the program and weight for all
  input  wire [LANES-1:0]       load_write_i,
  input  wire [PC_BITS-1:0]     load_address_i,
  input  wire [WEIGHT_BITS-1:0] load_data_i,
  // Status
  output wire                 frame_error_o,
  // States as they are stored, by unit
  output wire [UNITS-1:0]                 state_write_o,
  output wire [UNITS*STATE_SLOT_BITS-1:0] state_slot_o,
  output wire [UNITS*STATE_BITS-1:0]      state_data_o
);

  localparam integer STREAMS = LANES / UNITS / LANES_PER_STREAM;
  // No way through lanes, chain, unit and bus has more registers.
  localparam integer PIPELINE_CYCLES =
      CONTROL_STAGES + 2 * ROM_LATENCY + ADDRESS_LATENCY + RAM_LATENCY + MULTIPLY_LATENCY + SUM_SEGMENTS
      + LANES_PER_STREAM * SOURCE_SKEW + LANES / UNITS + PART_SEGMENTS + ALIGN_STAGES
      + ROUND_SEGMENTS + GATE_LATENCY + GAIN_SEGMENTS + NODE_SEGMENTS + WIDE_STAGES + ARGUMENT_BIAS
      + MAGNITUDE_SEGMENTS + CLIP_STAGES + TABLE_LATENCY + TABLE_SEGMENTS + BUS_STAGES + 8;

  wire rst;
  lstmg_reset #(.CYCLES(PIPELINE_CYCLES)) u_reset (
    .clk_i(clk_i),
    .rst_i(rst_i),
    .rst_o(rst)
  );

  // ---- steps
  wire                        frame_ready;
  wire                        reset_step;
  wire                        taken;
  wire                        sent;
  wire                        next_bank;
  wire                        start;
  wire [PC_BITS-1:0]          pc;
  wire                        at_end;
  wire [CAPTURE_AGE_BITS-1:0] period;
  wire [STAGES-1:0]           active;
  wire [STAGES-1:0]           bank;
  wire [STAGES-1:0]           fresh;
  wire [STAGES*OUTPUT_BANK_BITS-1:0] output_banks;

  lstmg_sequencer #(
    .PERIOD          (PERIOD),
    .PC_BITS         (PC_BITS),
    .STAGES          (STAGES),
    .AGE_BITS        (CAPTURE_AGE_BITS),
    .OUTPUT_BANK_BITS(OUTPUT_BANK_BITS)
  ) u_sequencer (
    .clk_i        (clk_i),
    .rst_i        (rst),
    .ready_i      (frame_ready),
    .reset_step_i (reset_step),
    .taken_o      (taken),
    .next_bank_o  (next_bank),
    .sent_i       (sent),
    .start_o      (start),
    .pc_o         (pc),
    .at_end_o     (at_end),
    .period_o     (period),
    .active_o     (active),
    .bank_o       (bank),
    .fresh_o      (fresh),
    .output_bank_o(output_banks)
  );

  // ---- inputs; a frame is written while its predecessor runs, so its bank is the other one, except
  //      before the first step and between steps, when the last bank written is still `bank`: the
  //      next step always takes the other one
  wire                  result_on_bus;
  wire                  input_write;
  wire [SLOT_BITS-1:0]  input_slot;
  wire [VALUE_BITS-1:0] input_data;

  lstmg_input_port #(
    .BEATS          (INPUT_BEATS),
    .HAS_INPUTS     (HAS_INPUTS),
    .VALUE_BITS     (VALUE_BITS),
    .DATA_BITS      (DATA_BITS),
    .SLOT_BITS      (SLOT_BITS),
    .RELEASE_LATENCY(RELEASE_LATENCY)
  ) u_input (
    .clk_i        (clk_i),
    .rst_i        (rst),
    .rst_early_i  (rst_i),
    .s_axis_tdata (s_axis_tdata),
    .s_axis_tvalid(s_axis_tvalid),
    .s_axis_tready(s_axis_tready),
    .s_axis_tlast (s_axis_tlast),
    .s_axis_tuser (s_axis_tuser),
    .frame_error_o(frame_error_o),
    .ready_o      (frame_ready),
    .reset_step_o (reset_step),
    .taken_i      (taken),
    .busy_i       (result_on_bus),
    .write_o      (input_write),
    .write_slot_o (input_slot),
    .write_data_o (input_data)
  );

  // ---- write-back bus; with control registers every group has the end of the bus for itself
  localparam integer BUSES = CONTROL_STAGES == 0 ? 1 : UNITS;
  wire [UNITS*3-1:0]                unit_write;
  wire [UNITS-1:0]                  next_store;
  wire [UNITS-1:0]                  next_local;
  wire [UNITS-1:0]                  next_output;
  wire [UNITS*(SLOT_BITS+1)-1:0]    unit_address;
  wire [UNITS-1:0]                  unit_output;
  wire [UNITS*OUTPUT_BANK_BITS-1:0] unit_output_bank;
  wire [UNITS*OUTPUT_BITS-1:0]      unit_output_index;
  wire [UNITS-1:0]                  unit_go;
  wire [UNITS-1:0]                  unit_done;
  wire [UNITS*VALUE_BITS-1:0]       unit_value;
  wire [2:0]                        next_write;
  wire [SLOT_BITS:0]                next_address;
  wire [VALUE_BITS-1:0]             next_data;
  wire [BUSES*3-1:0]                bus_write;
  wire [BUSES*(SLOT_BITS+1)-1:0]    bus_address;
  wire [BUSES*VALUE_BITS-1:0]       bus_data;
  wire                              output_write;
  wire [OUTPUT_BANK_BITS-1:0]       output_bank;
  wire [OUTPUT_BITS-1:0]            output_index;
  wire                              go;
  // The last result of a step is on the bus: for testbenches.
  wire                              step_done;
  wire                              unused = &{1'b0, step_done, next_write};

  lstmg_write_back #(
    .UNITS            (UNITS),
    .COPIES           (BUSES),
    .STAGES           (BUS_STAGES > 1 ? BUS_STAGES - 1 : 0),
    .VALUE_BITS       (VALUE_BITS),
    .SLOT_BITS        (SLOT_BITS),
    .OUTPUT_BITS      (OUTPUT_BITS),
    .OUTPUT_BANK_BITS (OUTPUT_BANK_BITS),
    .LANE_SLOT_BITS   (LANE_SLOT_BITS),
    .GATE_SLOT_BITS   (GATE_SLOT_BITS),
    .GATE_WINDOW      (GATE_WINDOW),
    .VALUE_SLOT_BITS  (VALUE_SLOT_BITS),
    .VALUE_WINDOW     (VALUE_WINDOW),
    .UNITS_READ_INPUTS(UNITS_READ_INPUTS)
  ) u_write_back (
    .clk_i          (clk_i),
    .rst_i          (rst),
    .next_store_i   (next_store),
    .next_local_i   (next_local),
    .next_output_i  (next_output),
    .write_i        (unit_write),
    .address_i      (unit_address),
    .output_i       (unit_output),
    .output_bank_i  (unit_output_bank),
    .output_index_i (unit_output_index),
    .go_i           (unit_go),
    .done_i         (unit_done),
    .value_i        (unit_value),
    .busy_o         (result_on_bus),
    .input_write_i  (input_write),
    .input_address_i({next_bank, input_slot}),
    .input_data_i   (input_data),
    .next_write_o   (next_write),
    .next_address_o (next_address),
    .next_data_o    (next_data),
    .write_o        (bus_write),
    .write_address_o(bus_address),
    .write_data_o   (bus_data),
    .output_o       (output_write),
    .output_bank_o  (output_bank),
    .output_index_o (output_index),
    .go_o           (go),
    .done_o         (step_done)
  );

  // ---- outputs
  localparam integer OUTPUT_LATENCY = RAM_LATENCY < 2 ? 1 : ROM_LATENCY < 4 ? 2 : 3;
  lstmg_output_port #(
    .BEATS     (OUTPUT_BEATS),
    .INDEX_BITS(OUTPUT_BITS),
    .BANK_BITS (OUTPUT_BANK_BITS),
    .VALUE_BITS(VALUE_BITS),
    .DATA_BITS (DATA_BITS),
    .RAM_LATENCY(OUTPUT_LATENCY)
  ) u_output (
    .clk_i        (clk_i),
    .rst_i        (rst),
    .rst_early_i  (rst_i),
    .write_i      (output_write),
    .write_bank_i (output_bank),
    .write_index_i(output_index),
    .write_data_i (bus_data[0 +: VALUE_BITS]),
    .go_i         (go),
    .sent_o       (sent),
    .m_axis_tdata (m_axis_tdata),
    .m_axis_tvalid(m_axis_tvalid),
    .m_axis_tready(m_axis_tready),
    .m_axis_tlast (m_axis_tlast)
  );

  // ---- groups of streams and their lanes, each with its node unit
  genvar unit;
  genvar member;
  generate
    for (unit = 0; unit < UNITS; unit = unit + 1) begin : gen_group
      localparam integer BUS = unit % BUSES;
      wire                  lane_write     = bus_write[BUS*3];
      wire [SLOT_BITS:0]    lane_address   = bus_address[BUS*(SLOT_BITS+1) +: SLOT_BITS+1];
      wire [VALUE_BITS-1:0] lane_data      = bus_data[BUS*VALUE_BITS +: VALUE_BITS];
      // Units that also write for themselves have registers for both.
      wire [1:0]            unit_copies    = UNITS > 1 ? next_write[2:1] : bus_write[BUS*3+1 +: 2];
      wire [SLOT_BITS:0]    copies_address = UNITS > 1 ? next_address : lane_address;
      wire [VALUE_BITS-1:0] copies_data    = UNITS > 1 ? next_data : lane_data;

      wire [STREAMS:0]                            chain_valid;
      wire signed [(STREAMS+1)*LANE_SUM_BITS-1:0] chain_sum;
      // Only the lane beside the unit shows its sum early.
      wire signed [STREAMS*LANE_SUM_BITS-1:0]     next_sum;
      wire                                        unused_sum = &{1'b0, next_sum};
      assign chain_valid[STREAMS] = 1'b0;
      assign chain_sum[STREAMS*LANE_SUM_BITS +: LANE_SUM_BITS] = {LANE_SUM_BITS{1'b0}};

      for (member = 0; member < STREAMS; member = member + 1) begin : gen_stream
        wire                 start_here;
        wire [PC_BITS-1:0]   pc_here;
        wire [STAGES-1:0]    active_here;
        wire [STAGES-1:0]    bank_here;
        wire [STAGES-1:0]    fresh_here;
        lstmg_relay #(
          .WIDTH(1 + PC_BITS + 3 * STAGES),
          .DEPTH(CONTROL_STAGES)
        ) u_control (
          .clk_i (clk_i),
          .data_i({start, pc, active, bank, fresh}),
          .data_o({start_here, pc_here, active_here, bank_here, fresh_here})
        );
        lstmg_stream #(
          .LANES           (LANES_PER_STREAM),
          .STREAM          (unit * STREAMS + member),
          .FIRST_LANE      ((unit * STREAMS + member) * LANES_PER_STREAM),
          .PROGRAM_DEPTH   (PROGRAM_DEPTH),
          .PC_BITS         (PC_BITS),
          .STAGES          (STAGES),
          .STAGE_BITS      (STAGE_BITS),
          .SLOT_BITS       (LANE_SLOT_BITS),
          .WEIGHT_BITS     (WEIGHT_BITS),
          .VALUE_BITS      (VALUE_BITS),
          .SUM_BITS        (LANE_SUM_BITS),
          .ROM_LATENCY     (ROM_LATENCY),
          .ADDRESS_LATENCY (ADDRESS_LATENCY),
          .RAM_LATENCY     (RAM_LATENCY),
          .MULTIPLY_LATENCY(MULTIPLY_LATENCY),
          .SUM_SEGMENTS    (SUM_SEGMENTS),
          .SKEW            (SOURCE_SKEW),
          .LOADED_WEIGHTS  (LOADED_WEIGHTS),
          .IMAGES          (IMAGES)
        ) u_stream (
          .clk_i          (clk_i),
          .start_i        (start_here),
          .pc_i           (pc_here),
          .active_i       (active_here),
          .bank_i         (bank_here),
          .fresh_i        (fresh_here),
          .write_i        (lane_write),
          .write_address_i({lane_address[SLOT_BITS], lane_address[LANE_SLOT_BITS-1:0]}),
          .write_data_i   (lane_data),
          .load_write_i   (load_write_i[(unit*STREAMS+member)*LANES_PER_STREAM
                                        +: LANES_PER_STREAM]),
          .load_address_i (load_address_i),
          .load_data_i    (load_data_i),
          .chain_valid_i  (chain_valid[member+1]),
          .chain_sum_i    (chain_sum[(member+1)*LANE_SUM_BITS +: LANE_SUM_BITS]),
          .chain_valid_o  (chain_valid[member]),
          .chain_sum_o    (chain_sum[member*LANE_SUM_BITS +: LANE_SUM_BITS]),
          .next_sum_o     (next_sum[member*LANE_SUM_BITS +: LANE_SUM_BITS])
        );
      end

      wire [PC_BITS-1:0]                 pc_here;
      wire                               at_end_here;
      wire [CAPTURE_AGE_BITS-1:0]        period_here;
      wire [STAGES-1:0]                  active_here;
      wire [STAGES-1:0]                  bank_here;
      wire [STAGES-1:0]                  fresh_here;
      wire [STAGES*OUTPUT_BANK_BITS-1:0] output_banks_here;
      lstmg_relay #(
        .WIDTH(PC_BITS + 1 + CAPTURE_AGE_BITS + (3 + OUTPUT_BANK_BITS) * STAGES),
        .DEPTH(CONTROL_STAGES)
      ) u_control (
        .clk_i (clk_i),
        .data_i({pc, at_end, period, active, bank, fresh, output_banks}),
        .data_o({pc_here, at_end_here, period_here, active_here, bank_here, fresh_here,
                 output_banks_here})
      );

      localparam [31:0] UNIT_TENS = 48 + unit / 10;
      localparam [31:0] UNIT_ONES = 48 + unit % 10;

      lstmg_node_unit #(
        .PROGRAM_DEPTH   (PROGRAM_DEPTH),
        .PC_BITS         (PC_BITS),
        .OPERATION_DEPTH (OPERATION_DEPTH),
        .OPERATION_ADDRESS_BITS(OPERATION_ADDRESS_BITS),
        .STAGES          (STAGES),
        .STAGE_BITS      (STAGE_BITS),
        .CAPTURE_BITS    (CAPTURE_BITS),
        .CAPTURE_AGE_BITS(CAPTURE_AGE_BITS),
        .HAS_CAPTURES    (HAS_CAPTURES),
        .STATE_SLOT_BITS (STATE_SLOT_BITS),
        .SLOT_BITS       (SLOT_BITS),
        .LANE_SLOT_BITS  (LANE_SLOT_BITS),
        .GATE_SLOT_BITS  (GATE_SLOT_BITS),
        .GATE_WINDOW     (GATE_WINDOW),
        .HAS_GATES       (HAS_GATES),
        .VALUE_SLOT_BITS (VALUE_SLOT_BITS),
        .VALUE_WINDOW    (VALUE_WINDOW),
        .HAS_VALUES      (HAS_VALUES),
        .OUTPUT_BITS     (OUTPUT_BITS),
        .OUTPUT_BANK_BITS(OUTPUT_BANK_BITS),
        .LANE_SUM_BITS   (LANE_SUM_BITS),
        .VALUE_BITS      (VALUE_BITS),
        .STATE_BITS      (STATE_BITS),
        .OPERAND_BITS    (OPERAND_BITS),
        .ALIGNED_BITS    (ALIGNED_BITS),
        .SHIFT_BITS      (SHIFT_BITS),
        .SUM_LEFT        (SUM_LEFT),
        .VALUE_LEFT      (VALUE_LEFT),
        .STATE_LEFT      (STATE_LEFT),
        .NODE_SUM_BITS   (NODE_SUM_BITS),
        .WIDE_BITS       (WIDE_BITS),
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
        .ADDRESS_LATENCY (ADDRESS_LATENCY),
        .RAM_LATENCY     (RAM_LATENCY),
        .PART_SEGMENTS   (PART_SEGMENTS),
        .ALIGN_STAGES    (ALIGN_STAGES),
        .ROUND_SEGMENTS  (ROUND_SEGMENTS),
        .MULTIPLIER_BITS (MULTIPLIER_BITS),
        .GATE_LATENCY    (GATE_LATENCY),
        .GAIN_SEGMENTS   (GAIN_SEGMENTS),
        .NODE_SEGMENTS   (NODE_SEGMENTS),
        .WIDE_STAGES     (WIDE_STAGES),
        .ARGUMENT_BIAS   (ARGUMENT_BIAS),
        .LOCAL_WRITES    (UNITS > 1 ? 1 : 0),
        .PRODUCT_PATH    (PRODUCT_PATH),
        .PRODUCT_SEGMENTS(PRODUCT_SEGMENTS),
        .LINEAR_PATH     (LINEAR_PATH),
        .MAGNITUDE_SEGMENTS(MAGNITUDE_SEGMENTS),
        .CLIP_STAGES     (CLIP_STAGES),
        .TABLE_LATENCY   (TABLE_LATENCY),
        .TABLE_SEGMENTS  (TABLE_SEGMENTS),
        .BUS_STAGES      (BUS_STAGES),
        .PROGRAM_IMAGE   ({IMAGES, "_unit", UNIT_TENS[7:0], UNIT_ONES[7:0], ".memh"}),
        .MARKS_IMAGE     ({IMAGES, "_marks", UNIT_TENS[7:0], UNIT_ONES[7:0], ".memh"}),
        .GATES_IMAGE     ({IMAGES, "_gates.memh"}),
        .VALUES_IMAGE    ({IMAGES, "_addends.memh"}),
        .STATES_IMAGE    ({IMAGES, "_states", UNIT_TENS[7:0], UNIT_ONES[7:0], ".memh"}),
        .TABLE_IMAGE     ({IMAGES, "_logistic.memh"})
      ) u_node_unit (
        .clk_i           (clk_i),
        .rst_i           (rst),
        .pc_i            (pc_here),
        .at_end_i        (at_end_here),
        .period_i        (period_here),
        .active_i        (active_here),
        .bank_i          (bank_here),
        .fresh_i         (fresh_here),
        .output_bank_i   (output_banks_here),
        .write_copies_i  (unit_copies),
        .write_address_i (copies_address),
        .write_data_i    (copies_data),
        .captured_valid_i(chain_valid[0]),
        .captured_i      (chain_sum[0 +: LANE_SUM_BITS]),
        .next_captured_i (next_sum[0 +: LANE_SUM_BITS]),
        .write_o         (unit_write[unit*3 +: 3]),
        .next_store_o    (next_store[unit]),
        .next_local_o    (next_local[unit]),
        .next_output_o   (next_output[unit]),
        .store_address_o (unit_address[unit*(SLOT_BITS+1) +: SLOT_BITS+1]),
        .output_o        (unit_output[unit]),
        .output_bank_o   (unit_output_bank[unit*OUTPUT_BANK_BITS +: OUTPUT_BANK_BITS]),
        .output_index_o  (unit_output_index[unit*OUTPUT_BITS +: OUTPUT_BITS]),
        .go_o            (unit_go[unit]),
        .done_o          (unit_done[unit]),
        .value_o         (unit_value[unit*VALUE_BITS +: VALUE_BITS]),
        .state_write_o   (state_write_o[unit]),
        .state_slot_o    (state_slot_o[unit*STATE_SLOT_BITS +: STATE_SLOT_BITS]),
        .state_data_o    (state_data_o[unit*STATE_BITS +: STATE_BITS])
      );
    end
  endgenerate

endmodule
`default_nettype wire
