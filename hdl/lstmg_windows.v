`default_nettype none
// Which copies of the activation memory hold a slot.
//
// Latency: 0.
// Reset:   none.
module lstmg_windows #(
  // Bits of a slot; bits inside the window of each kind of copy and the number of its window. That of
  // lanes is the first one.
  parameter integer SLOT_BITS = 4,
  parameter integer LANE_BITS = 4,
  parameter integer GATE_BITS = 4,
  parameter integer GATE_WINDOW = 0,
  parameter integer VALUE_BITS = 4,
  parameter integer VALUE_WINDOW = 0
) (
  input  wire [SLOT_BITS-1:0] slot_i,
  // Copies of {addends, gates, lanes}
  output wire [2:0]           holds_o
);

  lstmg_window #(.SLOT_BITS(SLOT_BITS), .BITS(LANE_BITS)) u_lanes (
    .slot_i  (slot_i),
    .inside_o(holds_o[0])
  );
  lstmg_window #(.SLOT_BITS(SLOT_BITS), .BITS(GATE_BITS), .NUMBER(GATE_WINDOW)) u_gates (
    .slot_i  (slot_i),
    .inside_o(holds_o[1])
  );
  lstmg_window #(.SLOT_BITS(SLOT_BITS), .BITS(VALUE_BITS), .NUMBER(VALUE_WINDOW)) u_values (
    .slot_i  (slot_i),
    .inside_o(holds_o[2])
  );

endmodule
`default_nettype wire
