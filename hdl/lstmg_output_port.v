`default_nettype none
// AXI4-Stream output: one frame a step, one element a beat.
//
// Results are written to one of 2^BANK_BITS banks; go_i tells that the results of the oldest unsent
// bank are or will be there in time to be sent one per cycle.
//
// Latency:   two cycles from go_i to the first beat; sent_o comes one after the last one.
// Handshake: beats are stable until they are accepted; back-pressure only delays.
// Reset:     drops what is not sent. rst_early_i is the reset before it was registered: m_axis_tvalid
//            has to fall at once.
module lstmg_output_port #(
  // Beats of a frame, 1 or more, and bits of an index to one.
  parameter integer BEATS = 1,
  parameter integer INDEX_BITS = 1,
  // Bits of a bank's number, of an element and of a beat (whole bytes).
  parameter integer BANK_BITS = 2,
  parameter integer VALUE_BITS = 16,
  parameter integer DATA_BITS = 16
) (
  input  wire                  clk_i,
  input  wire                  rst_i,
  input  wire                  rst_early_i,
  // Results
  input  wire                  write_i,
  input  wire [BANK_BITS-1:0]  write_bank_i,
  input  wire [INDEX_BITS-1:0] write_index_i,
  input  wire [VALUE_BITS-1:0] write_data_i,
  input  wire                  go_i,
  // The last beat of a frame was accepted one cycle ago
  output reg                   sent_o,
  // Stream
  output wire [DATA_BITS-1:0]  m_axis_tdata,
  output reg                   m_axis_tvalid,
  input  wire                  m_axis_tready,
  output reg                   m_axis_tlast
);

  localparam [31:0] LAST_BEAT = BEATS - 1;
  localparam [INDEX_BITS-1:0] LAST = LAST_BEAT[INDEX_BITS-1:0];

  reg [VALUE_BITS-1:0] memory [0:(1<<(BANK_BITS+INDEX_BITS))-1];
  reg [VALUE_BITS-1:0] data_q;
  reg [BANK_BITS-1:0]  bank_q;
  reg [INDEX_BITS-1:0] index_q;
  reg [BANK_BITS:0]    frames_q;

  // frames_q > 0, and index_q at the last beat: told beforehand.
  reg  has_frame_q;
  reg  is_last_q;
  wire advance  = !m_axis_tvalid || m_axis_tready;
  wire fetch    = advance && has_frame_q;
  wire finishes = fetch && is_last_q;

  always @(posedge clk_i) begin
    if (write_i) memory[{write_bank_i, write_index_i}] <= write_data_i;
    if (fetch)   data_q <= memory[{bank_q, index_q}];
  end

  // A register of its own, beside what it clears.
  reg rst_q;
  always @(posedge clk_i) rst_q <= rst_i || rst_early_i;

  always @(posedge clk_i) begin
    if (rst_q || rst_early_i) m_axis_tvalid <= 1'b0;
    else if (advance)         m_axis_tvalid <= has_frame_q;
    if (advance)              m_axis_tlast  <= is_last_q;
    sent_o <= m_axis_tvalid && m_axis_tready && m_axis_tlast;
    if (rst_q) begin
      bank_q      <= {{(BANK_BITS - 1){1'b0}}, 1'b1};
      index_q     <= {INDEX_BITS{1'b0}};
      is_last_q   <= BEATS == 1;
      frames_q    <= {(BANK_BITS + 1){1'b0}};
      has_frame_q <= 1'b0;
    end else begin
      if (finishes) bank_q <= bank_q + 1'b1;
      if (fetch) begin
        index_q   <= is_last_q ? {INDEX_BITS{1'b0}} : index_q + 1'b1;
        is_last_q <= BEATS == 1 || (!is_last_q && index_q == LAST - 1'b1);
      end
      if (go_i && !finishes)      frames_q <= frames_q + 1'b1;
      else if (!go_i && finishes) frames_q <= frames_q - 1'b1;
      has_frame_q <= go_i || frames_q > {{BANK_BITS{1'b0}}, finishes};
    end
  end

  generate
    if (DATA_BITS > VALUE_BITS) begin : gen_sign
      assign m_axis_tdata = {{(DATA_BITS - VALUE_BITS){data_q[VALUE_BITS-1]}}, data_q};
    end else begin : gen_exact
      assign m_axis_tdata = data_q;
    end
  endgenerate

endmodule
`default_nettype wire
