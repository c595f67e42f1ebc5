`default_nettype none
// From the ends of a node unit's ways to the write-back bus, and to the unit's own copies of values.
//
// A value that only this unit reads goes to its own copies alone, as late as the bus would have
// written it, and comes before what is on the bus.
//
// Latency: BUS_STAGES == 0 ? 0 : 1 cycles from value_i to the results, targets come a cycle before
//          values. To the own copies as many cycles from the results as the bus takes.
// Reset:   none; targets of zero write nothing.
module lstmg_result_port #(
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
  // 1 for a way to the unit's own copies beside the bus.
  parameter integer LOCAL_WRITES = 1,
  // Registers on the bus, see PipelineProfile.swift: the first one is here, others in lstmg_write_back.
  parameter integer BUS_STAGES = 0
) (
  input  wire                            clk_i,
  // {valid, store, local, output, go, done, bank, slot, output bank, output index}, and the value one
  // cycle later
  input  wire [6+SLOT_BITS+OUTPUT_BANK_BITS+OUTPUT_BITS:0] target_i,
  input  wire [VALUE_BITS-1:0]           value_i,
  // What the next cycle's result will do: the bus has to know that it will be busy
  output wire                            next_store_o,
  output wire                            next_local_o,
  output wire                            next_output_o,
  // Results, zero when they are not for the bus: to the copies of {addends, gates, lanes}, to the
  // output port
  output wire [2:0]                      write_o,
  output wire [SLOT_BITS:0]              address_o,
  output wire                            output_o,
  output wire [OUTPUT_BANK_BITS-1:0]     output_bank_o,
  output wire [OUTPUT_BITS-1:0]          output_index_o,
  output wire                            go_o,
  output wire                            done_o,
  output wire [VALUE_BITS-1:0]           value_o,
  // The bus, one cycle early with LOCAL_WRITES, and what the unit's own copies of {addends, gates} get
  input  wire [1:0]                      bus_copies_i,
  input  wire [SLOT_BITS:0]              bus_address_i,
  input  wire [VALUE_BITS-1:0]           bus_data_i,
  output wire [1:0]                      write_copies_o,
  output wire [SLOT_BITS:0]              write_address_o,
  output wire [VALUE_BITS-1:0]           write_data_o
);

  localparam integer TARGET_BITS = 7 + SLOT_BITS + OUTPUT_BANK_BITS + OUTPUT_BITS;

  // ---- result; which copies hold its slot is found beside it
  reg  [TARGET_BITS-1:0] target_q;
  wire [2:0]             holds_early;
  always @(posedge clk_i) target_q <= target_i;
  lstmg_windows #(
    .SLOT_BITS   (SLOT_BITS),
    .LANE_BITS   (LANE_SLOT_BITS),
    .GATE_BITS   (GATE_SLOT_BITS),
    .GATE_WINDOW (GATE_WINDOW),
    .VALUE_BITS  (VALUE_SLOT_BITS),
    .VALUE_WINDOW(VALUE_WINDOW)
  ) u_windows (
    .slot_i (target_q[OUTPUT_BANK_BITS+OUTPUT_BITS +: SLOT_BITS]),
    .holds_o(holds_early)
  );

  wire [TARGET_BITS-1:0] next_target = BUS_STAGES == 0 ? target_i : target_q;
  wire [TARGET_BITS-1:0] target;
  wire [2:0]             holds;
  wire [VALUE_BITS-1:0]  value;
  lstmg_delay #(.WIDTH(TARGET_BITS + 3 + VALUE_BITS), .DEPTH(BUS_STAGES == 0 ? 0 : 1)) u_result (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({target_q, holds_early, value_i}),
    .data_o({target, holds, value})
  );
  assign next_store_o  = next_target[TARGET_BITS-2];
  assign next_local_o  = next_target[TARGET_BITS-3];
  assign next_output_o = next_target[TARGET_BITS-4];

  // ---- to the bus
  reg                on_bus_q;
  wire               store;
  wire               local_store;
  wire [SLOT_BITS:0] address;
  wire               unused;
  always @(posedge clk_i) on_bus_q <= next_store_o | next_output_o;
  assign {unused, store, local_store, output_o, go_o, done_o, address, output_bank_o,
          output_index_o} = target;
  assign write_o   = holds & {3{store}};
  assign address_o = address & {(SLOT_BITS + 1){store | (LOCAL_WRITES == 0)}};
  assign value_o   = value & {VALUE_BITS{on_bus_q | (LOCAL_WRITES == 0)}};

  // ---- to the own copies
  generate
    if (LOCAL_WRITES == 0) begin : gen_bus_only
      wire unused_local = &{1'b0, local_store};
      assign write_copies_o  = bus_copies_i;
      assign write_address_o = bus_address_i;
      assign write_data_o    = bus_data_i;
    end else begin : gen_own
      wire                  own;
      wire [1:0]            own_copies;
      wire [SLOT_BITS:0]    own_address;
      wire [VALUE_BITS-1:0] own_data;
      reg  [1:0]            copies_q;
      reg  [SLOT_BITS:0]    address_q;
      reg  [VALUE_BITS-1:0] data_q;
      lstmg_delay #(
        .WIDTH(3 + SLOT_BITS + 1 + VALUE_BITS),
        .DEPTH(BUS_STAGES > 1 ? BUS_STAGES - 1 : 0)
      ) u_own (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i({local_store, holds[2:1], address, value}),
        .data_o({own, own_copies, own_address, own_data})
      );
      always @(posedge clk_i) begin
        copies_q  <= own ? own_copies : bus_copies_i;
        address_q <= own ? own_address : bus_address_i;
        data_q    <= own ? own_data : bus_data_i;
      end
      assign write_copies_o  = copies_q;
      assign write_address_o = address_q;
      assign write_data_o    = data_q;
    end
  endgenerate

endmodule
`default_nettype wire
