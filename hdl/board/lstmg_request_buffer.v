`default_nettype none
// Holds received frames until they are asked for, and only those whose CRC is right.
//
// One memory: its lower half is an image that can be read beside the frames, its upper half a ring of
// frames, each as its length in two bytes and what it carries without its CRC. Bytes are written behind
// the last whole frame; the frame becomes visible when it has ended well, else the next one is written over
// it. So is a frame that there is no room for.
//
// Handshake: a frame is there while frame_o is high: left_o more bytes of it, and the first of them at
//            data_o while valid_o is high, until take_i. For the image, image_i in place of the frame.
// Latency:   2 cycles from a frame's end to frame_o at the earliest; 2 cycles from take_i or a new address
//            to the next byte. Bytes may be written in every cycle but the two after end_i.
// Reset:     the ring is empty.
module lstmg_request_buffer #(
  // Bits of an address of the whole memory, 9 or more; the upper one chooses the half.
  parameter integer ADDRESS_BITS = 9,
  // Name of the memory image.
  parameter IMAGE = ""
) (
  input  wire                    clk_i,
  input  wire                    rst_i,
  // Bytes of frames
  input  wire [7:0]              data_i,
  input  wire                    valid_i,
  input  wire                    end_i,
  input  wire                    good_i,
  // A frame was not taken, for one cycle
  output reg                     bad_o,
  // Frames
  output wire                    frame_o,
  output wire [ADDRESS_BITS-2:0] left_o,
  output wire [7:0]              data_o,
  output wire                    valid_o,
  input  wire                    take_i,
  // Image
  input  wire                    image_i,
  input  wire [ADDRESS_BITS-2:0] image_address_i
);

  localparam integer RING_BITS = ADDRESS_BITS - 1;
  localparam [RING_BITS-1:0] ONE = {{(RING_BITS - 1){1'b0}}, 1'b1};
  localparam [RING_BITS-1:0] LENGTH_BYTES = ONE << 1;
  // Sequence number and type, and the CRC.
  localparam [RING_BITS-1:0] SHORTEST = ONE << 2;

  // ---- write: first byte free, first byte behind the last whole frame, first byte not yet taken
  reg  [RING_BITS-1:0] next_q;
  reg  [RING_BITS-1:0] head_q;
  reg  [RING_BITS-1:0] tail_q;
  reg  [15:0]          crc_q;
  reg                  overflow_q;
  // The two cycles in which the length is written.
  reg                  lower_q;
  reg                  upper_q;
  wire [15:0]          crc;
  lstmg_crc16 u_crc (.crc_i(crc_q), .data_i(data_i), .crc_o(crc));

  wire [RING_BITS-1:0] size = next_q - head_q - LENGTH_BYTES;
  wire [RING_BITS-1:0] length = size - LENGTH_BYTES;
  wire                 is_full = next_q + ONE == tail_q;
  wire                 stores = valid_i && !overflow_q && !is_full;
  wire                 is_good = good_i && !overflow_q && crc_q == 16'd0 && size >= SHORTEST;

  wire [15:0]          length_bytes = {{(16 - RING_BITS){1'b0}}, length};
  wire                 write = stores || lower_q || upper_q;
  wire [RING_BITS-1:0] write_address = lower_q ? head_q : upper_q ? head_q + ONE : next_q;
  wire [7:0]           written = lower_q ? length_bytes[7:0] : upper_q ? length_bytes[15:8] : data_i;
  always @(posedge clk_i) begin
    lower_q <= 1'b0;
    upper_q <= lower_q;
    bad_o   <= 1'b0;
    if (valid_i) begin
      crc_q      <= crc;
      overflow_q <= overflow_q || is_full;
      if (stores) next_q <= next_q + ONE;
    end
    if (end_i) begin
      lower_q    <= is_good;
      bad_o      <= !is_good;
      crc_q      <= 16'hFFFF;
      overflow_q <= 1'b0;
      if (!is_good) next_q <= head_q + LENGTH_BYTES;
    end
    // The CRC is given up, in whose place the next length will stand.
    if (upper_q) head_q <= next_q - LENGTH_BYTES;
    if (rst_i) begin
      head_q     <= {RING_BITS{1'b0}};
      next_q     <= LENGTH_BYTES;
      crc_q      <= 16'hFFFF;
      overflow_q <= 1'b0;
      lower_q    <= 1'b0;
      upper_q    <= 1'b0;
      bad_o      <= 1'b0;
    end
  end

  // ---- read: a byte is at hand when the memory has seen its address
  wire [ADDRESS_BITS-1:0] address = image_i ? {1'b0, image_address_i} : {1'b1, tail_q};
  reg  [ADDRESS_BITS-1:0] address_q;
  wire                    is_settled = address_q == address;
  always @(posedge clk_i) address_q <= address;

  lstmg_ram #(
    .WIDTH       (8),
    .DEPTH       (1 << ADDRESS_BITS),
    .ADDRESS_BITS(ADDRESS_BITS),
    .LATENCY     (1),
    .IMAGE       (IMAGE)
  ) u_memory (
    .clk_i          (clk_i),
    .write_i        (write),
    .write_address_i({1'b1, write_address}),
    .write_data_i   (written),
    .read_i         (1'b1),
    .clear_i        (1'b0),
    .read_address_i (address),
    .read_data_o    (data_o)
  );

  localparam [1:0] LOWER = 2'd0;
  localparam [1:0] UPPER = 2'd1;
  localparam [1:0] BYTES = 2'd2;
  reg  [1:0]  part_q;
  reg  [15:0] left_q;
  wire        is_there = is_settled && !image_i;
  assign frame_o = part_q == BYTES;
  assign left_o  = left_q[RING_BITS-1:0];
  assign valid_o = is_settled && (image_i || frame_o);
  always @(posedge clk_i) begin
    case (part_q)
      LOWER: if (is_there && head_q != tail_q) begin
        left_q[7:0] <= data_o;
        tail_q      <= tail_q + ONE;
        part_q      <= UPPER;
      end
      UPPER: if (is_there) begin
        left_q[15:8] <= data_o;
        tail_q       <= tail_q + ONE;
        part_q       <= BYTES;
      end
      default: if (is_there && take_i) begin
        left_q <= left_q - 16'd1;
        tail_q <= tail_q + ONE;
        if (left_q == 16'd1) part_q <= LOWER;
      end
    endcase
    if (rst_i) begin
      tail_q <= {RING_BITS{1'b0}};
      part_q <= LOWER;
    end
  end

endmodule
`default_nettype wire
