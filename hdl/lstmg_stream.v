`default_nettype none
// A stream of values and the MAC lanes that multiply by them.
//
// A lane that has the stream for itself finds its weight in the program word. Lanes that share the
// stream work in lock step: the program says what is read, and each lane has a memory of weights,
// which are zero where its sum does not contain the value. A bundle of sums then ends in all lanes at
// once, and the capture chain delivers them one after the other, the first lane's first. Where weights
// are loaded, lanes have these memories in any case, and they are written before the first step.
//
// With SKEW = 1 a register hands everything on from lane to lane: each works one cycle after the one
// before, no wire leads further than to the next lane, and sums arrive every second cycle.
//
// Words:   {last, stage, age, slot, weight}, or {last, stage, age, slot} and {weight}.
// Latency: ROM + ADDRESS + RAM + MULTIPLY + SUM_SEGMENTS cycles from pc_i to the sum in the first
//          lane's accumulator, one more to chain_*_o.
// Reset:   none.
module lstmg_stream #(
  // Lanes of the stream; numbers of the stream and of its first lane, 0 to 99.
  parameter integer LANES = 1,
  parameter integer STREAM = 0,
  parameter integer FIRST_LANE = 0,
  // Words of the program and bits of a position in it.
  parameter integer PROGRAM_DEPTH = 2,
  parameter integer PC_BITS = 1,
  // Steps in work, bits of a stage.
  parameter integer STAGES = 1,
  parameter integer STAGE_BITS = 1,
  // Bits of a value's slot, of a weight, of a value and of a sum.
  parameter integer SLOT_BITS = 4,
  parameter integer WEIGHT_BITS = 16,
  parameter integer VALUE_BITS = 16,
  parameter integer SUM_BITS = 40,
  // Pipeline: cycles of the parts, see the modules that have them; registers between lanes, 0 or 1.
  parameter integer ROM_LATENCY = 1,
  parameter integer ADDRESS_LATENCY = 0,
  parameter integer RAM_LATENCY = 1,
  parameter integer MULTIPLY_LATENCY = 1,
  parameter integer SUM_SEGMENTS = 1,
  parameter integer SKEW = 0,
  // Whether weights are loaded into memories without an image, 0 or 1.
  parameter integer LOADED_WEIGHTS = 0,
  // Common beginning of the names of all memory images.
  parameter IMAGES = ""
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
  // Loading of weights: one bit a lane, position and weight for all
  input  wire [LANES-1:0]           load_write_i,
  input  wire [PC_BITS-1:0]         load_address_i,
  input  wire [WEIGHT_BITS-1:0]     load_data_i,
  // Capture chain
  input  wire                       chain_valid_i,
  input  wire signed [SUM_BITS-1:0] chain_sum_i,
  output wire                       chain_valid_o,
  output wire signed [SUM_BITS-1:0] chain_sum_o,
  // What chain_sum_o will be in the next cycle
  output wire signed [SUM_BITS-1:0] next_sum_o
);

  localparam integer CONTROL_BITS = 2 + STAGE_BITS + SLOT_BITS;
  localparam integer READ_LATENCY = ADDRESS_LATENCY + RAM_LATENCY;
  // The fourth cycle of a program is for the choice of the step, see lstmg_source.
  localparam integer CHOICE = ROM_LATENCY > 3 ? 1 : 0;

  wire [CONTROL_BITS-1:0]       control;
  wire signed [VALUE_BITS-1:0]  value;
  wire                          start;
  wire                          last;
  wire                          capture;
  // By lane, in the cycle in which it has the value.
  wire [LANES*WEIGHT_BITS-1:0]  weights;
  // {value, start, last, capture}
  localparam integer HANDED_BITS = VALUE_BITS + 3;
  wire [LANES*HANDED_BITS-1:0]  handed;
  assign handed[0 +: HANDED_BITS] = {value, start, last, capture};

  wire unused_load = &{1'b0, load_write_i, load_address_i, load_data_i};

  // Without images the module is blank: as a tool reads it that does not know the parameters yet.
  generate
    if (IMAGES != "") begin : gen_source
      lstmg_source #(
        .STAGES         (STAGES),
        .STAGE_BITS     (STAGE_BITS),
        .SLOT_BITS      (SLOT_BITS),
        .VALUE_BITS     (VALUE_BITS),
        .ROM_LATENCY    (ROM_LATENCY),
        .ADDRESS_LATENCY(ADDRESS_LATENCY),
        .RAM_LATENCY    (RAM_LATENCY),
        .VALUES_IMAGE   ({IMAGES, "_values.memh"})
      ) u_source (
        .clk_i          (clk_i),
        .start_i        (start_i),
        .active_i       (active_i),
        .bank_i         (bank_i),
        .fresh_i        (fresh_i),
        .last_i         (control[CONTROL_BITS-1]),
        .stage_i        (control[SLOT_BITS+1 +: STAGE_BITS]),
        .age_i          (control[SLOT_BITS]),
        .slot_i         (control[SLOT_BITS-1:0]),
        .write_i        (write_i),
        .write_address_i(write_address_i),
        .write_data_i   (write_data_i),
        .value_o        (value),
        .start_o        (start),
        .last_o         (last),
        .capture_o      (capture)
      );
    end else begin : gen_no_source
      wire unused = &{1'b0, start_i, active_i, bank_i, fresh_i, write_i, write_address_i,
                      write_data_i, control};
      assign value = {VALUE_BITS{1'b0}};
      assign {start, last, capture} = 3'b000;
    end
  endgenerate

  genvar lane;
  generate
    if (IMAGES == "") begin : gen_blank
      wire unused = &{1'b0, pc_i};
      wire [31:0] unused_numbers = STREAM + SKEW + FIRST_LANE + PROGRAM_DEPTH + LOADED_WEIGHTS;
      assign control = {CONTROL_BITS{1'b0}};
      assign weights = {LANES*WEIGHT_BITS{1'b0}};
    end else if (LANES == 1 && LOADED_WEIGHTS == 0) begin : gen_own
      localparam [31:0] TENS = 48 + FIRST_LANE / 10;
      localparam [31:0] ONES = 48 + FIRST_LANE % 10;
      wire [WEIGHT_BITS-1:0] weight;
      wire [31:0]            unused = STREAM + SKEW;

      lstmg_rom #(
        .WIDTH       (CONTROL_BITS + WEIGHT_BITS),
        .DEPTH       (PROGRAM_DEPTH),
        .ADDRESS_BITS(PC_BITS),
        .LATENCY     (ROM_LATENCY - CHOICE),
        .IMAGE       ({IMAGES, "_lane", TENS[7:0], ONES[7:0], ".memh"})
      ) u_program (
        .clk_i    (clk_i),
        .address_i(pc_i),
        .data_o   ({control, weight})
      );

      lstmg_delay #(.WIDTH(WEIGHT_BITS), .DEPTH(CHOICE + READ_LATENCY)) u_weight (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(weight),
        .data_o(weights)
      );
    end else begin : gen_shared
      localparam [31:0] TENS = 48 + STREAM / 10;
      localparam [31:0] ONES = 48 + STREAM % 10;
      wire [31:0]       unused = SKEW + FIRST_LANE;

      lstmg_rom #(
        .WIDTH       (CONTROL_BITS),
        .DEPTH       (PROGRAM_DEPTH),
        .ADDRESS_BITS(PC_BITS),
        .LATENCY     (ROM_LATENCY - CHOICE),
        .IMAGE       ({IMAGES, "_source", TENS[7:0], ONES[7:0], ".memh"})
      ) u_program (
        .clk_i    (clk_i),
        .address_i(pc_i),
        .data_o   (control)
      );

      // A weight is looked up so late that it comes with the value.
      wire [LANES*PC_BITS-1:0] pc;
      lstmg_delay #(.WIDTH(PC_BITS), .DEPTH(READ_LATENCY)) u_pc (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(pc_i),
        .data_o(pc[0 +: PC_BITS])
      );

      for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_weights
        if (LOADED_WEIGHTS != 0) begin : gen_loaded
          lstmg_spram #(
            .WIDTH       (WEIGHT_BITS),
            .ADDRESS_BITS(PC_BITS),
            .LATENCY     (ROM_LATENCY)
          ) u_weights (
            .clk_i          (clk_i),
            .write_i        (load_write_i[lane]),
            .write_address_i(load_address_i),
            .write_data_i   (load_data_i),
            .read_address_i (pc[lane*PC_BITS +: PC_BITS]),
            .data_o         (weights[lane*WEIGHT_BITS +: WEIGHT_BITS])
          );
        end else begin : gen_image
          localparam [31:0] LANE_TENS = 48 + (FIRST_LANE + lane) / 10;
          localparam [31:0] LANE_ONES = 48 + (FIRST_LANE + lane) % 10;

          lstmg_rom #(
            .WIDTH       (WEIGHT_BITS),
            .DEPTH       (PROGRAM_DEPTH),
            .ADDRESS_BITS(PC_BITS),
            .LATENCY     (ROM_LATENCY),
            .IMAGE       ({IMAGES, "_weights", LANE_TENS[7:0], LANE_ONES[7:0], ".memh"})
          ) u_weights (
            .clk_i    (clk_i),
            .address_i(pc[lane*PC_BITS +: PC_BITS]),
            .data_o   (weights[lane*WEIGHT_BITS +: WEIGHT_BITS])
          );
        end

        if (lane > 0) begin : gen_skew
          lstmg_delay #(.WIDTH(PC_BITS), .DEPTH(SKEW)) u_pc (
            .clk_i (clk_i),
            .rst_i (1'b0),
            .data_i(pc[(lane-1)*PC_BITS +: PC_BITS]),
            .data_o(pc[lane*PC_BITS +: PC_BITS])
          );
          lstmg_delay #(.WIDTH(VALUE_BITS), .DEPTH(SKEW)) u_value (
            .clk_i (clk_i),
            .rst_i (1'b0),
            .data_i(handed[(lane-1)*HANDED_BITS+3 +: VALUE_BITS]),
            .data_o(handed[lane*HANDED_BITS+3 +: VALUE_BITS])
          );
          lstmg_delay #(.WIDTH(3), .DEPTH(SKEW)) u_marks (
            .clk_i (clk_i),
            .rst_i (1'b0),
            .data_i(handed[(lane-1)*HANDED_BITS +: 3]),
            .data_o(handed[lane*HANDED_BITS +: 3])
          );
        end
      end
    end
  endgenerate

  // ---- lanes and their part of the capture chain
  wire [LANES:0]            chain_valid;
  wire [(LANES+1)*SUM_BITS-1:0] chain_sum;
  // Only the first lane shows its sum early.
  wire [LANES*SUM_BITS-1:0] next_sum;
  wire                      unused_sum = &{1'b0, next_sum};
  assign chain_valid[LANES]                      = chain_valid_i;
  assign chain_sum[LANES*SUM_BITS +: SUM_BITS]   = chain_sum_i;
  assign chain_valid_o                           = chain_valid[0];
  assign chain_sum_o                             = chain_sum[0 +: SUM_BITS];
  assign next_sum_o                              = next_sum[0 +: SUM_BITS];

  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      lstmg_lane #(
        .WEIGHT_BITS     (WEIGHT_BITS),
        .VALUE_BITS      (VALUE_BITS),
        .SUM_BITS        (SUM_BITS),
        .MULTIPLY_LATENCY(MULTIPLY_LATENCY),
        .SUM_SEGMENTS    (SUM_SEGMENTS)
      ) u_lane (
        .clk_i        (clk_i),
        .weight_i     (weights[lane*WEIGHT_BITS +: WEIGHT_BITS]),
        .value_i      (handed[lane*HANDED_BITS+3 +: VALUE_BITS]),
        .start_i      (handed[lane*HANDED_BITS+2]),
        .last_i       (handed[lane*HANDED_BITS+1]),
        .capture_i    (handed[lane*HANDED_BITS]),
        .chain_valid_i(chain_valid[lane+1]),
        .chain_sum_i  (chain_sum[(lane+1)*SUM_BITS +: SUM_BITS]),
        .chain_valid_o(chain_valid[lane]),
        .chain_sum_o  (chain_sum[lane*SUM_BITS +: SUM_BITS]),
        .next_sum_o   (next_sum[lane*SUM_BITS +: SUM_BITS])
      );
    end
  endgenerate

endmodule
`default_nettype wire
