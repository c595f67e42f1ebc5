`default_nettype none
// AXI4-Stream output: one frame a step, one element a beat.
//
// Results are written to one of 2^BANK_BITS banks; go_i tells that the results of the oldest unsent
// bank are or will be there in time to be sent one per cycle. What is read goes through the memory's
// pipeline to the register of the stream. A second register takes what arrives while the first one
// waits, and stops the pipeline: m_axis_tready reaches these two registers only.
//
// Latency:   RAM_LATENCY + 2 cycles from go_i to the first beat; sent_o comes one after the last one.
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
  parameter integer DATA_BITS = 16,
  // Cycles of the memory: 1, 2 with a register of its own, 3 with one more.
  parameter integer RAM_LATENCY = 1
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

  localparam integer ADDRESS_BITS = BANK_BITS + INDEX_BITS;
  localparam [31:0] LAST_BEAT = BEATS - 1;
  localparam [INDEX_BITS-1:0] LAST = LAST_BEAT[INDEX_BITS-1:0];

  // A register of its own, beside what it clears.
  reg rst_q;
  always @(posedge clk_i) rst_q <= rst_i || rst_early_i;

  // ---- what to read; the pipeline stands still while the second register waits
  reg                  waiting_q;
  wire                 flows = !waiting_q;
  // {bank, index}: behind the last index the next bank begins.
  localparam [31:0] TO_NEXT_BANK = (1 << INDEX_BITS) - LAST_BEAT;
  localparam [ADDRESS_BITS-1:0] STEP_TO_BANK = TO_NEXT_BANK[ADDRESS_BITS-1:0];
  localparam [ADDRESS_BITS-1:0] STEP_TO_BEAT = {{(ADDRESS_BITS - 1){1'b0}}, 1'b1};
  reg [ADDRESS_BITS-1:0] address_q;
  reg [BANK_BITS:0]      frames_q;
  // frames_q > 0, and address_q at the last beat: told beforehand.
  reg                    has_frame_q;
  reg                    is_last_q;
  wire                   fetch    = flows && has_frame_q;
  wire                   finishes = fetch && is_last_q;

  always @(posedge clk_i) begin
    if (rst_q) begin
      address_q   <= STEP_TO_BEAT << INDEX_BITS;
      is_last_q   <= BEATS == 1;
      frames_q    <= {(BANK_BITS + 1){1'b0}};
      has_frame_q <= 1'b0;
    end else begin
      if (fetch) begin
        address_q <= address_q + (is_last_q ? STEP_TO_BANK : STEP_TO_BEAT);
        is_last_q <= BEATS == 1 || (!is_last_q && address_q[INDEX_BITS-1:0] == LAST - 1'b1);
      end
      if (go_i && !finishes)      frames_q <= frames_q + 1'b1;
      else if (!go_i && finishes) frames_q <= frames_q - 1'b1;
      has_frame_q <= go_i || frames_q > {{BANK_BITS{1'b0}}, finishes};
    end
  end

  // ---- memory
  wire [VALUE_BITS-1:0] memory_word;
  wire [VALUE_BITS-1:0] word;
  lstmg_ram #(
    .WIDTH       (VALUE_BITS),
    .DEPTH       (1 << ADDRESS_BITS),
    .ADDRESS_BITS(ADDRESS_BITS),
    .LATENCY     (RAM_LATENCY < 2 ? RAM_LATENCY : 2)
  ) u_results (
    .clk_i          (clk_i),
    .write_i        (write_i),
    .write_address_i({write_bank_i, write_index_i}),
    .write_data_i   (write_data_i),
    .read_i         (flows),
    .clear_i        (1'b0),
    .read_address_i (address_q),
    .read_data_o    (memory_word)
  );
  generate
    if (RAM_LATENCY < 3) begin : gen_near
      assign word = memory_word;
    end else begin : gen_far
      reg [VALUE_BITS-1:0] word_q;
      always @(posedge clk_i) if (flows) word_q <= memory_word;
      assign word = word_q;
    end
  endgenerate

  reg [RAM_LATENCY-1:0] valid_q;
  reg [RAM_LATENCY-1:0] last_q;
  wire [RAM_LATENCY:0]  valid = {valid_q, has_frame_q};
  wire [RAM_LATENCY:0]  last  = {last_q, is_last_q};
  wire                  arrives = valid[RAM_LATENCY];
  always @(posedge clk_i) begin
    if (rst_q)      valid_q <= {RAM_LATENCY{1'b0}};
    else if (flows) valid_q <= valid[RAM_LATENCY-1:0];
    if (flows)      last_q  <= last[RAM_LATENCY-1:0];
  end

  // ---- stream
  reg [VALUE_BITS-1:0] data_q;
  reg [VALUE_BITS-1:0] waiting_data_q;
  reg                  waiting_last_q;
  always @(posedge clk_i) begin
    if (rst_q || rst_early_i) begin
      m_axis_tvalid <= 1'b0;
      waiting_q     <= 1'b0;
    end else begin
      if (!m_axis_tvalid || m_axis_tready) m_axis_tvalid <= waiting_q || arrives;
      waiting_q <= m_axis_tvalid && !m_axis_tready && (waiting_q || arrives);
    end
    if (!m_axis_tvalid || m_axis_tready) begin
      data_q       <= waiting_q ? waiting_data_q : word;
      m_axis_tlast <= waiting_q ? waiting_last_q : last[RAM_LATENCY];
    end
    if (flows) begin
      waiting_data_q <= word;
      waiting_last_q <= last[RAM_LATENCY];
    end
    sent_o <= m_axis_tvalid && m_axis_tready && m_axis_tlast;
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
