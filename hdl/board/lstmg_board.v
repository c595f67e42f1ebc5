`default_nettype none
// All of a board but its pins, its PLL and the core: the serial link at the board's clock, the core's streams
// at the core's, and what leads from one to the other.
//
// Reset: see lstmg_board_reset.
module lstmg_board #(
  // Cycles of clk_i in a second and in a bit of the line.
  parameter integer CLOCK_HZ = 12000000,
  parameter integer CLOCKS_PER_BIT = 12,
  // Frames of the core: elements and their bits, in whole bytes.
  parameter integer INPUTS = 1,
  parameter integer OUTPUTS = 1,
  parameter integer DATA_BITS = 16,
  // States of the core, see lstmg_core_port.
  parameter integer UNITS = 1,
  parameter integer UNIT_BITS = 1,
  parameter integer STATE_SLOT_BITS = 1,
  parameter integer STATE_BITS = 32,
  // See lstmg_link.
  parameter integer IDENTITY_BYTES = 64,
  parameter integer COUNT_BITS = 8,
  parameter integer REQUEST_BITS = 9,
  parameter integer REPLY_BITS = 9,
  parameter IMAGE = ""
) (
  input  wire                             clk_i,
  input  wire                             core_clk_i,
  // Reasons for a reset
  input  wire                             button_i,
  input  wire                             locked_i,
  output wire                             core_rst_o,
  // Line
  input  wire                             rx_i,
  output wire                             tx_o,
  // LEDs
  output wire                             activity_o,
  output wire                             error_o,
  // Core
  output wire [DATA_BITS-1:0]             m_axis_tdata,
  output wire                             m_axis_tvalid,
  input  wire                             m_axis_tready,
  output wire                             m_axis_tlast,
  output wire                             m_axis_tuser,
  input  wire [DATA_BITS-1:0]             s_axis_tdata,
  input  wire                             s_axis_tvalid,
  output wire                             s_axis_tready,
  input  wire                             s_axis_tlast,
  input  wire [UNITS-1:0]                 state_write_i,
  input  wire [UNITS*STATE_SLOT_BITS-1:0] state_slot_i,
  input  wire [UNITS*STATE_BITS-1:0]      state_data_i,
  input  wire                             core_failed_i
);

  localparam integer WORD_BITS = DATA_BITS > COUNT_BITS ? DATA_BITS : COUNT_BITS;

  wire rst;
  lstmg_board_reset u_reset (
    .clk_i     (clk_i),
    .core_clk_i(core_clk_i),
    .button_i  (button_i),
    .locked_i  (locked_i),
    .rst_o     (rst),
    .core_rst_o(core_rst_o)
  );

  // ---- link
  wire        asks_state;
  wire        asks_count;
  wire        last;
  wire        reset;
  wire [31:0] word;
  wire        word_valid;
  wire        word_ready;
  wire [31:0] answer;
  wire        answer_valid;
  wire        answer_ready;
  wire        core_failed;
  wire        served;
  wire        failed;
  lstmg_synchroniser u_core_failed (
    .clk_i (clk_i),
    .data_i(core_failed_i),
    .data_o(core_failed)
  );
  lstmg_link #(
    .CLOCKS_PER_BIT(CLOCKS_PER_BIT),
    .INPUTS        (INPUTS),
    .OUTPUTS       (OUTPUTS),
    .ELEMENT_BYTES (DATA_BITS / 8),
    .STATES        (UNITS << STATE_SLOT_BITS),
    .IDENTITY_BYTES(IDENTITY_BYTES),
    .COUNT_BITS    (COUNT_BITS),
    .REQUEST_BITS  (REQUEST_BITS),
    .REPLY_BITS    (REPLY_BITS),
    .IMAGE         (IMAGE)
  ) u_link (
    .clk_i            (clk_i),
    .rst_i            (rst),
    .rx_i             (rx_i),
    .tx_o             (tx_o),
    .core_asks_state_o(asks_state),
    .core_asks_count_o(asks_count),
    .core_last_o      (last),
    .core_reset_o     (reset),
    .core_data_o      (word),
    .core_valid_o     (word_valid),
    .core_ready_i     (word_ready),
    .answer_i         (answer),
    .answer_valid_i   (answer_valid),
    .answer_ready_o   (answer_ready),
    .able_i           (!core_failed),
    .served_o         (served),
    .failed_o         (failed)
  );

  // ---- to the core and back
  wire        core_asks_state;
  wire        core_asks_count;
  wire        core_last;
  wire        core_reset;
  wire [WORD_BITS-1:0] core_word;
  wire        core_word_valid;
  wire        core_word_ready;
  wire [31:0] core_answer;
  wire        core_answer_valid;
  wire        core_answer_ready;
  lstmg_crossing #(.WIDTH(4 + WORD_BITS)) u_to_core (
    .from_clk_i  (clk_i),
    .from_rst_i  (rst),
    .from_data_i ({asks_state, asks_count, last, reset, word[WORD_BITS-1:0]}),
    .from_valid_i(word_valid),
    .from_ready_o(word_ready),
    .to_clk_i    (core_clk_i),
    .to_rst_i    (core_rst_o),
    .to_data_o   ({core_asks_state, core_asks_count, core_last, core_reset, core_word}),
    .to_valid_o  (core_word_valid),
    .to_ready_i  (core_word_ready)
  );
  lstmg_crossing #(.WIDTH(32)) u_from_core (
    .from_clk_i  (core_clk_i),
    .from_rst_i  (core_rst_o),
    .from_data_i (core_answer),
    .from_valid_i(core_answer_valid),
    .from_ready_o(core_answer_ready),
    .to_clk_i    (clk_i),
    .to_rst_i    (rst),
    .to_data_o   (answer),
    .to_valid_o  (answer_valid),
    .to_ready_i  (answer_ready)
  );
  lstmg_core_port #(
    .DATA_BITS      (DATA_BITS),
    .WORD_BITS      (WORD_BITS),
    .UNITS          (UNITS),
    .UNIT_BITS      (UNIT_BITS),
    .STATE_SLOT_BITS(STATE_SLOT_BITS),
    .STATE_BITS     (STATE_BITS)
  ) u_core_port (
    .clk_i         (core_clk_i),
    .rst_i         (core_rst_o),
    .asks_state_i  (core_asks_state),
    .asks_count_i  (core_asks_count),
    .last_i        (core_last),
    .reset_i       (core_reset),
    .data_i        (core_word),
    .valid_i       (core_word_valid),
    .ready_o       (core_word_ready),
    .answer_o      (core_answer),
    .answer_valid_o(core_answer_valid),
    .answer_ready_i(core_answer_ready),
    .m_axis_tdata  (m_axis_tdata),
    .m_axis_tvalid (m_axis_tvalid),
    .m_axis_tready (m_axis_tready),
    .m_axis_tlast  (m_axis_tlast),
    .m_axis_tuser  (m_axis_tuser),
    .s_axis_tdata  (s_axis_tdata),
    .s_axis_tvalid (s_axis_tvalid),
    .s_axis_tready (s_axis_tready),
    .s_axis_tlast  (s_axis_tlast),
    .state_write_i (state_write_i),
    .state_slot_i  (state_slot_i),
    .state_data_i  (state_data_i)
  );

  generate
    if (WORD_BITS < 32) begin : gen_short
      wire unused = &{1'b0, word[31:WORD_BITS]};
    end
  endgenerate

  // ---- LEDs
  localparam integer TICK_CYCLES = CLOCK_HZ / 16;
  localparam integer TICK_BITS = $clog2(TICK_CYCLES);
  localparam [31:0] LAST_CYCLE = TICK_CYCLES - 1;
  reg [TICK_BITS-1:0] cycle_q;
  wire                tick = cycle_q == {TICK_BITS{1'b0}};
  always @(posedge clk_i) cycle_q <= tick || rst ? LAST_CYCLE[TICK_BITS-1:0] : cycle_q - 1'b1;
  lstmg_lamp u_activity (
    .clk_i  (clk_i),
    .rst_i  (rst),
    .tick_i (tick),
    .event_i(served),
    .lit_o  (activity_o)
  );
  lstmg_lamp u_error (
    .clk_i  (clk_i),
    .rst_i  (rst),
    .tick_i (tick),
    .event_i(failed || core_failed),
    .lit_o  (error_o)
  );

endmodule
`default_nettype wire
