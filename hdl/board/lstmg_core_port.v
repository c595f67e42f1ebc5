`default_nettype none
// The core's side of the crossings: feeds its input stream, answers with its output stream, keeps a copy of
// the stored states and counts.
//
// Count 0 is the number of cycles from the last element of the last step's input frame to the first element
// of its output frame, count 1 the number of output frames since the reset.
//
// Handshake: ready/valid on all sides. Questions have to wait until the step before them has been answered and
//            its states have been stored: a core does that before it gives the first output element.
// Latency:   none for elements, 2 cycles for answers to questions.
// Reset:     counts begin anew; count 0 says nothing before the first step.
module lstmg_core_port #(
  // Bits of a stream element, at most 32, and of a word from the host: an element or a state's index.
  parameter integer DATA_BITS = 16,
  parameter integer WORD_BITS = 16,
  // Units that store states; bits of a unit's number (1 for a single one), of an index and of a state.
  parameter integer UNITS = 1,
  parameter integer UNIT_BITS = 1,
  parameter integer STATE_SLOT_BITS = 1,
  parameter integer STATE_BITS = 32
) (
  input  wire                             clk_i,
  input  wire                             rst_i,
  // From the host
  input  wire                             asks_state_i,
  input  wire                             asks_count_i,
  input  wire                             last_i,
  input  wire                             reset_i,
  input  wire [WORD_BITS-1:0]             data_i,
  input  wire                             valid_i,
  output wire                             ready_o,
  // To the host
  output wire [31:0]                      answer_o,
  output wire                             answer_valid_o,
  input  wire                             answer_ready_i,
  // Streams of the core
  output wire [DATA_BITS-1:0]             m_axis_tdata,
  output wire                             m_axis_tvalid,
  input  wire                             m_axis_tready,
  output wire                             m_axis_tlast,
  output wire                             m_axis_tuser,
  input  wire [DATA_BITS-1:0]             s_axis_tdata,
  input  wire                             s_axis_tvalid,
  output wire                             s_axis_tready,
  input  wire                             s_axis_tlast,
  // States as they are stored
  input  wire [UNITS-1:0]                 state_write_i,
  input  wire [UNITS*STATE_SLOT_BITS-1:0] state_slot_i,
  input  wire [UNITS*STATE_BITS-1:0]      state_data_i
);

  // ---- input stream
  wire asks = asks_state_i || asks_count_i;
  assign m_axis_tdata  = data_i[DATA_BITS-1:0];
  assign m_axis_tvalid = valid_i && !asks;
  assign m_axis_tlast  = last_i;
  assign m_axis_tuser  = reset_i;

  // ---- questions: taken when the answer is
  reg  waits_q;
  reg  knows_q;
  wire is_answered = knows_q && answer_ready_i;
  assign ready_o = asks ? is_answered : m_axis_tready;
  always @(posedge clk_i) begin
    waits_q <= valid_i && asks && !waits_q && !knows_q && !rst_i;
    knows_q <= (waits_q || knows_q) && !is_answered && !rst_i;
  end

  // ---- counts
  reg [31:0] latency_q;
  reg [31:0] frames_q;
  reg        runs_q;
  wire       starts = m_axis_tvalid && m_axis_tready && last_i;
  always @(posedge clk_i) begin
    if (starts)                            latency_q <= 32'd1;
    else if (runs_q && !s_axis_tvalid)     latency_q <= latency_q + 32'd1;
    runs_q <= !rst_i && (starts || (runs_q && !s_axis_tvalid));
    if (rst_i)                                               frames_q <= 32'd0;
    else if (s_axis_tvalid && s_axis_tready && s_axis_tlast) frames_q <= frames_q + 32'd1;
  end

  // ---- states
  wire [UNITS*32-1:0] states;
  genvar unit;
  generate
    for (unit = 0; unit < UNITS; unit = unit + 1) begin : gen_unit
      wire [STATE_BITS-1:0] state;
      lstmg_ram #(
        .WIDTH       (STATE_BITS),
        .DEPTH       (1 << STATE_SLOT_BITS),
        .ADDRESS_BITS(STATE_SLOT_BITS),
        .LATENCY     (1)
      ) u_states (
        .clk_i          (clk_i),
        .write_i        (state_write_i[unit]),
        .write_address_i(state_slot_i[unit*STATE_SLOT_BITS+:STATE_SLOT_BITS]),
        .write_data_i   (state_data_i[unit*STATE_BITS+:STATE_BITS]),
        .read_i         (1'b1),
        .clear_i        (1'b0),
        .read_address_i (data_i[STATE_SLOT_BITS-1:0]),
        .read_data_o    (state)
      );
      assign states[unit*32+:32] = {{(33 - STATE_BITS){state[STATE_BITS-1]}}, state[STATE_BITS-2:0]};
    end
  endgenerate
  wire [WORD_BITS-1:0] asked = data_i >> STATE_SLOT_BITS;
  wire [UNIT_BITS-1:0] asked_unit = UNITS > 1 ? asked[UNIT_BITS-1:0] : {UNIT_BITS{1'b0}};

  // ---- answers
  wire [31:0] element = {{(33 - DATA_BITS){s_axis_tdata[DATA_BITS-1]}}, s_axis_tdata[DATA_BITS-2:0]};
  assign answer_o =
      s_axis_tvalid ? element : asks_state_i ? states[asked_unit*32+:32]
      : data_i[0] ? frames_q : latency_q;
  assign answer_valid_o = s_axis_tvalid || knows_q;
  assign s_axis_tready  = answer_ready_i;
  wire unused = &{1'b0, data_i, asked};

endmodule
`default_nettype wire
