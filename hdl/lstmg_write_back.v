`default_nettype none
// The write-back bus: results of all node units, merged, and inputs in cycles without a result.
//
// The schedule lets at most one unit have a result for the bus; the others show zeros. Every reader
// far away has registers of its own at the end of the bus, if COPIES says so.
//
// Latency: STAGES + 1 cycles from the units' results to the ends of the bus, and 1 from the input port,
//          2 if STAGES is 2.
// Reset:   under rst_i nothing enters the bus; what is on it is gone a cycle later, or two.
module lstmg_write_back #(
  parameter integer UNITS = 1,
  // Registers at the end of the bus, 1 or more, all with the same contents.
  parameter integer COPIES = 1,
  // Registers on the way, 0 to 2: behind the merged results, behind the choice between them and inputs.
  parameter integer STAGES = 0,
  // Bits of a value, of a slot, and of where an output goes.
  parameter integer VALUE_BITS = 16,
  parameter integer SLOT_BITS = 4,
  parameter integer OUTPUT_BITS = 1,
  parameter integer OUTPUT_BANK_BITS = 2,
  // Windows of the copies, see lstmg_windows.
  parameter integer LANE_SLOT_BITS = 4,
  parameter integer GATE_SLOT_BITS = 4,
  parameter integer GATE_WINDOW = 0,
  parameter integer VALUE_SLOT_BITS = 4,
  parameter integer VALUE_WINDOW = 0,
  // Whether node units read inputs, 0 or 1: those that write for themselves would miss one.
  parameter integer UNITS_READ_INPUTS = 0
) (
  input  wire                              clk_i,
  input  wire                              rst_i,
  // What the units' next results will do
  input  wire [UNITS-1:0]                  next_store_i,
  input  wire [UNITS-1:0]                  next_local_i,
  input  wire [UNITS-1:0]                  next_output_i,
  // Results, zero where there is none; to the copies of {addends, gates, lanes}
  input  wire [UNITS*3-1:0]                write_i,
  input  wire [UNITS*(SLOT_BITS+1)-1:0]    address_i,
  input  wire [UNITS-1:0]                  output_i,
  input  wire [UNITS*OUTPUT_BANK_BITS-1:0] output_bank_i,
  input  wire [UNITS*OUTPUT_BITS-1:0]      output_index_i,
  input  wire [UNITS-1:0]                  go_i,
  input  wire [UNITS-1:0]                  done_i,
  input  wire [UNITS*VALUE_BITS-1:0]       value_i,
  // Inputs, in cycles that are not busy
  output wire                              busy_o,
  input  wire                              input_write_i,
  input  wire [SLOT_BITS:0]                input_address_i,
  input  wire [VALUE_BITS-1:0]             input_data_i,
  // Writes to the copies of {addends, gates, lanes}, at {bank, slot}, one cycle before they are at the
  // ends of the bus
  output wire [2:0]                        next_write_o,
  output wire [SLOT_BITS:0]                next_address_o,
  output wire [VALUE_BITS-1:0]             next_data_o,
  // The same at the ends of the bus
  output wire [COPIES*3-1:0]               write_o,
  output wire [COPIES*(SLOT_BITS+1)-1:0]   write_address_o,
  output wire [COPIES*VALUE_BITS-1:0]      write_data_o,
  // To the output port, with the data of the bus; a step's last result is on the bus
  output wire                              output_o,
  output wire [OUTPUT_BANK_BITS-1:0]       output_bank_o,
  output wire [OUTPUT_BITS-1:0]            output_index_o,
  output wire                              go_o,
  output wire                              done_o
);

  // ---- merged results
  reg [2:0]                  any_write;
  reg [SLOT_BITS:0]          any_address;
  reg [OUTPUT_BANK_BITS-1:0] any_bank;
  reg [OUTPUT_BITS-1:0]      any_index;
  reg [VALUE_BITS-1:0]       any_value;
  integer                    unit;
  always @* begin
    any_write   = 3'b000;
    any_address = {(SLOT_BITS + 1){1'b0}};
    any_bank    = {OUTPUT_BANK_BITS{1'b0}};
    any_index   = {OUTPUT_BITS{1'b0}};
    any_value   = {VALUE_BITS{1'b0}};
    for (unit = 0; unit < UNITS; unit = unit + 1) begin
      any_write   = any_write | write_i[unit*3 +: 3];
      any_address = any_address | address_i[unit*(SLOT_BITS+1) +: SLOT_BITS+1];
      any_bank    = any_bank | output_bank_i[unit*OUTPUT_BANK_BITS +: OUTPUT_BANK_BITS];
      any_index   = any_index | output_index_i[unit*OUTPUT_BITS +: OUTPUT_BITS];
      any_value   = any_value | value_i[unit*VALUE_BITS +: VALUE_BITS];
    end
  end

  localparam integer MERGE_STAGES = STAGES > 0 ? 1 : 0;
  localparam integer CHOICE_STAGES = STAGES > 1 ? 1 : 0;
  wire [2:0]                  result_write;
  wire                        is_output;
  wire                        go;
  wire                        done;
  wire [SLOT_BITS:0]          address;
  wire [OUTPUT_BANK_BITS-1:0] output_bank;
  wire [OUTPUT_BITS-1:0]      output_index;
  wire [VALUE_BITS-1:0]       value;
  lstmg_delay #(
    .WIDTH(6 + SLOT_BITS + 1 + OUTPUT_BANK_BITS + OUTPUT_BITS + VALUE_BITS),
    .DEPTH(MERGE_STAGES)
  ) u_merged (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({any_write, |output_i, |go_i, |done_i, any_address, any_bank, any_index, any_value}),
    .data_o({result_write, is_output, go, done, address, output_bank, output_index, value})
  );

  // Told one cycle before the results, so that the input port sees it in a register.
  lstmg_delay #(.WIDTH(1), .DEPTH(MERGE_STAGES + 1)) u_busy (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i((|next_store_i) | (|next_output_i) | (UNITS_READ_INPUTS != 0 && |next_local_i)),
    .data_o(busy_o)
  );

  // ---- inputs: which copies hold the slot; results bring it along
  wire [2:0] holds_input;
  lstmg_windows #(
    .SLOT_BITS   (SLOT_BITS),
    .LANE_BITS   (LANE_SLOT_BITS),
    .GATE_BITS   (GATE_SLOT_BITS),
    .GATE_WINDOW (GATE_WINDOW),
    .VALUE_BITS  (VALUE_SLOT_BITS),
    .VALUE_WINDOW(VALUE_WINDOW)
  ) u_windows (
    .slot_i (input_address_i[SLOT_BITS-1:0]),
    .holds_o(holds_input)
  );

  // ---- the bus
  lstmg_delay #(.WIDTH(3 + SLOT_BITS + 1 + VALUE_BITS), .DEPTH(CHOICE_STAGES)) u_choice (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({(result_write | {3{input_write_i}} & holds_input) & {3{!rst_i}},
             busy_o ? address : input_address_i, busy_o ? value : input_data_i}),
    .data_o({next_write_o, next_address_o, next_data_o})
  );
  genvar copy;
  generate
    if (COPIES == 1) begin : gen_one
      lstmg_delay #(.WIDTH(3 + SLOT_BITS + 1 + VALUE_BITS), .DEPTH(1)) u_bus (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i({next_write_o, next_address_o, next_data_o}),
        .data_o({write_o, write_address_o, write_data_o})
      );
    end else begin : gen_several
      for (copy = 0; copy < COPIES; copy = copy + 1) begin : gen_copy
        lstmg_relay #(.WIDTH(3 + SLOT_BITS + 1 + VALUE_BITS), .DEPTH(1)) u_bus (
          .clk_i (clk_i),
          .data_i({next_write_o, next_address_o, next_data_o}),
          .data_o({write_o[3*copy +: 3], write_address_o[(SLOT_BITS+1)*copy +: SLOT_BITS+1],
                   write_data_o[VALUE_BITS*copy +: VALUE_BITS]})
        );
      end
    end
  endgenerate

  lstmg_delay #(
    .WIDTH(3 + OUTPUT_BANK_BITS + OUTPUT_BITS),
    .DEPTH(CHOICE_STAGES + 1)
  ) u_output (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({{is_output, go, done} & {3{!rst_i}}, output_bank, output_index}),
    .data_o({output_o, go_o, done_o, output_bank_o, output_index_o})
  );

endmodule
`default_nettype wire
