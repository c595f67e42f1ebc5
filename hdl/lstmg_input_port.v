`default_nettype none
// AXI4-Stream input: one frame a step, one element a beat.
//
// A beat is written to the input's slot of the bank that the next step will read, in a cycle in
// which the write-back bus is free; a second one may wait behind it. A frame of the right length makes
// ready_o rise; any other raises frame_error_o and is forgotten, its slots are simply written again.
//
// Handshake: s_axis_tready depends on registers only.
// Reset:     drops a half-received frame and clears frame_error_o. rst_early_i is the reset before it
//            was registered: s_axis_tready has to fall at once.
module lstmg_input_port #(
  // Beats of a frame, 1 or more; a network without inputs takes one dummy beat.
  parameter integer BEATS = 1,
  // 1 if the beats carry inputs, 0 for a dummy beat.
  parameter integer HAS_INPUTS = 1,
  // Bits of an element, of a beat (whole bytes) and of a slot.
  parameter integer VALUE_BITS = 16,
  parameter integer DATA_BITS = 16,
  parameter integer SLOT_BITS = 4,
  // Cycles after a step was taken before its predecessor's inputs may be overwritten, 0 or more.
  parameter integer RELEASE_LATENCY = 0
) (
  input  wire                  clk_i,
  input  wire                  rst_i,
  input  wire                  rst_early_i,
  // Stream
  input  wire [DATA_BITS-1:0]  s_axis_tdata,
  input  wire                  s_axis_tvalid,
  output wire                  s_axis_tready,
  input  wire                  s_axis_tlast,
  input  wire                  s_axis_tuser,
  output reg                   frame_error_o,
  // Frame
  output wire                  ready_o,
  output reg                   reset_step_o,
  input  wire                  taken_i,
  // Write-back bus: granted whenever nothing else uses it
  input  wire                  busy_i,
  output wire                  write_o,
  output wire [SLOT_BITS-1:0]  write_slot_o,
  output wire [VALUE_BITS-1:0] write_data_o
);

  localparam integer COUNT_BITS = BEATS > 1 ? $clog2(BEATS) : 1;
  localparam [31:0] LAST_BEAT = BEATS - 1;
  localparam [COUNT_BITS-1:0] LAST = LAST_BEAT[COUNT_BITS-1:0];

  reg [COUNT_BITS-1:0] count_q;
  reg                  dropping_q;
  reg                  reset_q;
  // The frame is complete, its last element may still wait for the bus; or the port is in reset.
  reg                  full_q;
  reg                  opening_q;
  // An element is on its way to the bus, and another one waits behind it.
  reg                  held_q;
  reg                  waiting_q;
  reg [SLOT_BITS-1:0]  slot_q;
  reg [VALUE_BITS-1:0] data_q;

  // A register of its own, beside what it clears.
  reg rst_q;
  always @(posedge clk_i) rst_q <= rst_i || rst_early_i;

  // ---- handshake
  wire released;
  lstmg_delay #(.WIDTH(1), .DEPTH(RELEASE_LATENCY)) u_release (
    .clk_i (clk_i),
    .rst_i (rst_q),
    .data_i(taken_i),
    .data_o(released)
  );

  assign s_axis_tready = !full_q && !waiting_q;
  wire accepted = s_axis_tvalid && s_axis_tready;

  // ---- frame
  //      is_first and is_last tell where count_q stands; the error is told a cycle after its beat
  reg  is_first;
  reg  is_last;
  reg  bad_q;
  reg  forgives_q;
  wire is_good  = accepted && !dropping_q && is_last && s_axis_tlast;
  wire is_bad   = accepted && !dropping_q && (is_last != s_axis_tlast);
  wire resets   = is_first ? s_axis_tuser : reset_q;

  always @(posedge clk_i) begin
    if (rst_q) begin
      count_q       <= {COUNT_BITS{1'b0}};
      is_first      <= 1'b1;
      is_last       <= BEATS == 1;
      bad_q         <= 1'b0;
      forgives_q    <= 1'b0;
      dropping_q    <= 1'b0;
      frame_error_o <= 1'b0;
    end else begin
      if (accepted) begin
        if (dropping_q)                dropping_q <= !s_axis_tlast;
        else if (is_bad && is_last)    dropping_q <= 1'b1;
        if (dropping_q || is_last || s_axis_tlast) begin
          count_q  <= {COUNT_BITS{1'b0}};
          is_first <= 1'b1;
          is_last  <= BEATS == 1;
        end else begin
          count_q  <= count_q + 1'b1;
          is_first <= 1'b0;
          is_last  <= count_q == LAST - 1'b1;
        end
      end
      bad_q      <= is_bad;
      forgives_q <= is_good && resets;
      if (bad_q)           frame_error_o <= 1'b1;
      else if (forgives_q) frame_error_o <= 1'b0;
    end
    opening_q <= rst_q;
    full_q <= rst_q || rst_early_i || is_good || (full_q && !released && !opening_q);
    if (accepted) reset_q <= resets;
    if (is_good)  reset_step_o <= resets;
  end

  // ---- elements on their way to the bus
  wire [SLOT_BITS-1:0] count_slot;
  generate
    if (COUNT_BITS < SLOT_BITS) begin : gen_extended
      assign count_slot = {{(SLOT_BITS - COUNT_BITS){1'b0}}, count_q};
    end else begin : gen_exact
      assign count_slot = count_q[SLOT_BITS-1:0];
    end
    if (DATA_BITS > VALUE_BITS) begin : gen_sign
      wire unused = &{1'b0, s_axis_tdata[DATA_BITS-1:VALUE_BITS]};
    end
  endgenerate

  reg                   taken_q;
  reg  [SLOT_BITS-1:0]  waiting_slot_q;
  reg  [VALUE_BITS-1:0] waiting_data_q;
  wire                  enters = accepted && !dropping_q && HAS_INPUTS != 0;
  always @(posedge clk_i) begin
    if (rst_q) begin
      held_q    <= 1'b0;
      waiting_q <= 1'b0;
      taken_q   <= 1'b1;
    end else begin
      held_q    <= (held_q && busy_i) || waiting_q || enters;
      waiting_q <= held_q && busy_i && (waiting_q || enters);
      if (released || opening_q) taken_q <= 1'b0;
      else if (taken_i)          taken_q <= 1'b1;
    end
    if (!held_q || !busy_i) begin
      slot_q <= waiting_q ? waiting_slot_q : count_slot;
      data_q <= waiting_q ? waiting_data_q : s_axis_tdata[VALUE_BITS-1:0];
    end
    if (!waiting_q) begin
      waiting_slot_q <= count_slot;
      waiting_data_q <= s_axis_tdata[VALUE_BITS-1:0];
    end
  end

  // What waits is held in the next cycle.
  assign ready_o      = full_q && !held_q && !taken_q;
  assign write_o      = held_q && !busy_i;
  assign write_slot_o = slot_q;
  assign write_data_o = data_q;

endmodule
`default_nettype wire
