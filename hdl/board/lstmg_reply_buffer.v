`default_nettype none
// Makes of the bytes of a reply a frame for the line: adds the CRC, takes the zeros out (COBS), ends it with
// a zero, and keeps it until the line has taken it.
//
// A block of at most 254 bytes is written behind a place for its code; when that is known, the block is
// handed to the line, so that replies may be longer than the buffer.
//
// Handshake: ready/valid on both sides; last_i marks the last byte of a reply.
// Latency:   a block is handed over a cycle after its last byte; 2 cycles from there to valid_o.
// Reset:     what the buffer holds is lost.
module lstmg_reply_buffer #(
  // Bits of an address, 9 or more: a block has to fit.
  parameter integer ADDRESS_BITS = 9
) (
  input  wire       clk_i,
  input  wire       rst_i,
  // Reply
  input  wire [7:0] data_i,
  input  wire       valid_i,
  input  wire       last_i,
  output wire       ready_o,
  // Line
  output wire [7:0] data_o,
  output wire       valid_o,
  input  wire       ready_i
);

  localparam [ADDRESS_BITS-1:0] ONE = {{(ADDRESS_BITS - 1){1'b0}}, 1'b1};

  // ---- bytes of the frame: those of the reply, then the CRC; behind them the block and the frame end
  localparam [2:0] REPLY = 3'd0;
  localparam [2:0] CRC_UPPER = 3'd1;
  localparam [2:0] CRC_LOWER = 3'd2;
  localparam [2:0] LAST_BLOCK = 3'd3;
  localparam [2:0] FRAME_END = 3'd4;
  reg  [2:0]  part_q;
  reg  [15:0] crc_q;
  wire [15:0] crc;
  lstmg_crc16 u_crc (.crc_i(crc_q), .data_i(data_i), .crc_o(crc));

  // ---- blocks: place of the code, first place free, first place not handed over, first one not taken
  reg  [ADDRESS_BITS-1:0] code_at_q;
  reg  [ADDRESS_BITS-1:0] next_q;
  reg  [ADDRESS_BITS-1:0] head_q;
  reg  [ADDRESS_BITS-1:0] tail_q;
  reg  [7:0]              code_q;
  // The block is complete: its code is written in this cycle.
  reg                     closes_q;

  // A byte, the place of the next code, the end of the frame and the place of the first code behind it.
  wire [ADDRESS_BITS-1:0] room = tail_q - next_q - ONE;
  wire                    is_full = room < (ONE << 2);
  wire                    is_byte = part_q == REPLY || part_q == CRC_UPPER || part_q == CRC_LOWER;
  wire                    flows = is_byte && !closes_q && !is_full;
  wire                    stores = flows && (part_q != REPLY || valid_i);
  wire [7:0]              stored =
      part_q == REPLY ? data_i : part_q == CRC_UPPER ? crc_q[15:8] : crc_q[7:0];
  wire                    is_zero = stored == 8'd0;
  wire                    closes = closes_q || part_q == LAST_BLOCK;
  wire                    ends = !closes_q && part_q == FRAME_END;
  assign ready_o = flows && part_q == REPLY;

  wire                    write = (stores && !is_zero) || closes || ends;
  wire [ADDRESS_BITS-1:0] write_address = closes ? code_at_q : next_q;
  wire [7:0]              written = closes ? code_q : ends ? 8'd0 : stored;
  always @(posedge clk_i) begin
    // A zero ends a block, and so do 254 other bytes.
    closes_q <= stores && (is_zero || code_q == 8'd254);
    if (stores) begin
      if (part_q == REPLY) crc_q <= crc;
      if (part_q != REPLY || last_i) part_q <= part_q + 3'd1;
      if (!is_zero) begin
        next_q <= next_q + ONE;
        code_q <= code_q + 8'd1;
      end
    end
    if (closes_q) begin
      head_q    <= next_q;
      code_at_q <= next_q;
      next_q    <= next_q + ONE;
      code_q    <= 8'd1;
    end else if (part_q == LAST_BLOCK) begin
      part_q <= FRAME_END;
    end else if (part_q == FRAME_END) begin
      head_q    <= next_q + ONE;
      code_at_q <= next_q + ONE;
      next_q    <= next_q + (ONE << 1);
      code_q    <= 8'd1;
      crc_q     <= 16'hFFFF;
      part_q    <= REPLY;
    end
    if (rst_i) begin
      head_q    <= {ADDRESS_BITS{1'b0}};
      code_at_q <= {ADDRESS_BITS{1'b0}};
      next_q    <= ONE;
      code_q    <= 8'd1;
      crc_q     <= 16'hFFFF;
      part_q    <= REPLY;
      closes_q  <= 1'b0;
    end
  end

  // ---- line: a byte is at hand when the memory has seen its address
  reg  [ADDRESS_BITS-1:0] tail_seen_q;
  reg  [ADDRESS_BITS-1:0] head_seen_q;
  assign valid_o = tail_seen_q == tail_q && head_seen_q != tail_q;
  always @(posedge clk_i) begin
    tail_seen_q <= tail_q;
    head_seen_q <= head_q;
    if (valid_o && ready_i) tail_q <= tail_q + ONE;
    if (rst_i) begin
      tail_q      <= {ADDRESS_BITS{1'b0}};
      head_seen_q <= {ADDRESS_BITS{1'b0}};
    end
  end

  lstmg_ram #(
    .WIDTH       (8),
    .DEPTH       (1 << ADDRESS_BITS),
    .ADDRESS_BITS(ADDRESS_BITS),
    .LATENCY     (1)
  ) u_memory (
    .clk_i          (clk_i),
    .write_i        (write),
    .write_address_i(write_address),
    .write_data_i   (written),
    .read_i         (1'b1),
    .clear_i        (1'b0),
    .read_address_i (tail_q),
    .read_data_o    (data_o)
  );

endmodule
`default_nettype wire
