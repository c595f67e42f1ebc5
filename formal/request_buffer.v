// lstmg_request_buffer, with a ring of 8 bytes: good frames come out whole and in order, byte for byte; others leave
// no trace; nothing unread is written over.
//
// The specification counts bytes: those of good frames that were not yet taken, and those of the open frame with
// the two places of its length. An arbitrary place of the ring stands for all: what is read there
// as a byte of a frame is what was written there last. What a memory would say of frames that are
// waiting is kept beside it, the places where they begin and their lengths.
//
// The decoder's part: no byte with the end of a frame, and none in the two cycles after it.
//
//: depth 2
//: slow
//: cover 16
//: mutation lstmg_request_buffer 12 s/is_full = next_q \+ ONE == tail_q/is_full = 1'b0/
//: mutation lstmg_request_buffer 8 s/&& crc_q == 16'd0//
//: mutation lstmg_request_buffer 8 s/if \(!is_good\) next_q <= .*//
//: mutation lstmg_request_buffer 12 s/head_q <= next_q - LENGTH_BYTES/head_q <= next_q/
//: mutation lstmg_request_buffer 14 s/is_settled = address_q == address/is_settled = 1'b1/
module proof (
  input wire clk
);

  (* anyconst *) wire [2:0] place;
  (* anyseq *) wire rst_any;
  (* anyseq *) wire [7:0] data;
  (* anyseq *) wire valid_any;
  (* anyseq *) wire end_any;
  (* anyseq *) wire good;
  (* anyseq *) wire take;
  (* anyseq *) wire image;
  (* anyseq *) wire [2:0] image_address;
  reg f_past = 1'b0;
  always @(posedge clk) f_past <= 1'b1;
  wire rst = !f_past || rst_any;
  reg [1:0] f_after_end = 2'd0;
  wire ended = end_any && f_after_end == 0;
  wire valid = valid_any && !end_any && f_after_end == 0;

  wire bad, frame, out_valid;
  wire [2:0] left;
  wire [7:0] out;
  lstmg_request_buffer #(.ADDRESS_BITS(4)) dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .data_i         (data),
    .valid_i        (valid),
    .end_i          (ended),
    .good_i         (good),
    .bad_o          (bad),
    .frame_o        (frame),
    .left_o         (left),
    .data_o         (out),
    .valid_o        (out_valid),
    .take_i         (take),
    .image_i        (image),
    .image_address_i(image_address)
  );
  (* hierconn *) wire [2:0] \dut.next_q ;
  (* hierconn *) wire [2:0] \dut.head_q ;
  (* hierconn *) wire [2:0] \dut.tail_q ;
  (* hierconn *) wire [15:0] \dut.crc_q ;
  (* hierconn *) wire \dut.overflow_q ;
  (* hierconn *) wire \dut.lower_q ;
  (* hierconn *) wire \dut.upper_q ;
  (* hierconn *) wire \dut.is_there ;
  (* hierconn *) wire [1:0] \dut.part_q ;
  (* hierconn *) wire [15:0] \dut.left_q ;
  (* hierconn *) wire [7:0] \dut.u_memory.memory[8] , \dut.u_memory.memory[9] ,
                            \dut.u_memory.memory[10] , \dut.u_memory.memory[11] ,
                            \dut.u_memory.memory[12] , \dut.u_memory.memory[13] ,
                            \dut.u_memory.memory[14] , \dut.u_memory.memory[15] ;
  wire [63:0] memory = {
    \dut.u_memory.memory[15] , \dut.u_memory.memory[14] ,
    \dut.u_memory.memory[13] , \dut.u_memory.memory[12] ,
    \dut.u_memory.memory[11] , \dut.u_memory.memory[10] ,
    \dut.u_memory.memory[9] , \dut.u_memory.memory[8] };
  localparam [1:0] LOWER = 2'd0;
  localparam [1:0] UPPER = 2'd1;
  localparam [1:0] BYTES = 2'd2;

  // ---- specification
  reg [15:0] f_crc;
  // The proof crc16 is about this module.
  wire [15:0] crc_after;
  lstmg_crc16 f_crc16 (
    .crc_i (f_crc),
    .data_i(data),
    .crc_o (crc_after)
  );
  reg f_lost;
  // Bytes of good frames with their lengths, and of the open one.
  reg [4:0] f_whole, f_open;
  // First place of the open frame, first place not taken.
  reg [2:0] f_head, f_tail;
  wire [2:0] f_next = f_head + f_open[2:0];
  // A good frame ended one cycle ago, two cycles ago; a bad one did.
  reg f_kept, f_kept2, f_bad;
  wire is_good = good && !f_lost && f_crc == 0 && f_open >= 6;
  wire stores = valid && !f_lost && f_whole + f_open < 7;
  // Frames that wait, by the place where they begin; what is left of the one that is being read.
  reg [7:0] f_starts;
  reg [23:0] f_lengths;
  reg [4:0] f_left;
  // The arbitrary place holds a byte of a frame, and this one.
  reg f_is_byte;
  reg [7:0] f_byte;
  wire takes = \dut.is_there && (\dut.part_q == LOWER ? f_whole != 0 : \dut.part_q == UPPER || take);
  // Nothing was taken and the image was not asked for.
  reg f_quiet = 1'b0;
  reg f_image;
  reg [2:0] f_image_address;
  always @(posedge clk) begin
    f_after_end <= ended ? 2'd2 : f_after_end == 0 ? 2'd0 : f_after_end - 2'd1;
    {f_image, f_image_address} <= {image, image_address};
    f_quiet <= !rst && !image && !takes;
    f_kept  <= ended && is_good;
    f_kept2 <= f_kept;
    f_bad   <= ended && !is_good;
    f_whole <= f_whole - takes + (f_kept2 ? f_open - 2 : 0);
    f_tail  <= f_tail + takes;
    if (valid) begin
      f_crc  <= crc_after;
      f_lost <= f_lost || !stores;
      if (stores) f_open <= f_open + 1;
    end
    if (ended) begin
      f_crc  <= 16'hFFFF;
      f_lost <= 1'b0;
      if (!is_good) f_open <= 2;
    end
    if (takes && \dut.part_q == LOWER) begin
      f_left           <= f_lengths[3*f_tail +: 3];
      f_starts[f_tail] <= 1'b0;
    end else if (takes && \dut.part_q == BYTES) f_left <= f_left - 1;
    if (f_kept2) begin
      f_starts[f_head]       <= 1'b1;
      f_lengths[3*f_head+:3] <= f_open - 4;
      f_head                 <= f_next - 3'd2;
      f_open                 <= 2;
    end
    if (stores && f_next == place) {f_is_byte, f_byte} <= {1'b1, data};
    else if (f_kept && f_head == place) f_is_byte <= 1'b0;
    else if (f_kept2 && f_head + 3'd1 == place) f_is_byte <= 1'b0;
    if (rst) begin
      {f_crc, f_lost, f_whole, f_open} <= {16'hFFFF, 1'b0, 5'd0, 5'd2};
      {f_head, f_tail} <= 6'd0;
      f_starts <= 8'd0;
      f_is_byte <= 1'b0;
      {f_kept, f_kept2, f_bad, f_after_end} <= 5'd0;
    end
  end

  // ---- frames that wait: each in the ring, followed by another one or by the open one, and none inside it
  function [7:0] turned(input [7:0] bits, input [2:0] by);
    turned = {bits, bits} >> (8 - by);
  endfunction
  reg chained;
  reg [2:0] p, distance, length;
  integer i;
  always @* begin
    chained = 1'b1;
    for (i = 0; i < 8; i = i + 1) if (f_starts[i]) begin
      p        = i;
      distance = p - f_tail;
      length   = f_lengths[3*i +: 3];
      chained  = chained && length >= 2 && distance + 5'd2 + length <= f_whole &&
          (distance + 5'd2 + length == f_whole || f_starts[(i + 2 + length) & 7]) &&
          (f_starts & turned((8'd2 << length) - 8'd1, p + 3'd1)) == 0 &&
          memory[8*i +: 8] == length && memory[8*((i + 1) & 7) +: 8] == 0;
    end
  end
  // What is left of the frame that is being read, with the rest of its length.
  wire [4:0] rest = \dut.part_q == UPPER ? f_left + 5'd1 : f_left;
  wire [2:0] after_rest = f_tail + rest[2:0];
  wire [2:0] before_place = place - 3'd1;
  wire [2:0] to_place = place - f_tail;
  wire [2:0] in_open = place - f_head;

  always @* if (f_past) begin
    // Bytes in order, frames in order.
    if (frame && out_valid && !image) begin
      assert (f_left >= 1 && left == f_left);
      assert (f_tail != place || (f_is_byte && out == f_byte));
    end
    // A byte of the image is there when the memory has seen its address.
    assert (!image || out_valid == (f_image && f_image_address == image_address));
    if (takes) assert (f_starts[f_tail] == (\dut.part_q == LOWER));
    assert (bad == f_bad);
    assert (f_whole + f_open <= 7);
    // Bytes do not keep waiting.
    if (f_quiet && !image) assert (\dut.is_there && (!frame || out_valid));
    // invariant
    assert (f_open >= 2 && (!(f_kept || f_kept2) || f_open >= 6));
    assert (!(f_kept && f_kept2) && (!f_kept || f_after_end == 2) && (!f_kept2 || f_after_end == 1));
    assert (f_head == f_tail + f_whole[2:0]);
    assert (\dut.head_q == f_head && \dut.next_q == f_next && \dut.tail_q == f_tail);
    assert (\dut.crc_q == f_crc && \dut.overflow_q == f_lost);
    assert (\dut.lower_q == f_kept && \dut.upper_q == f_kept2);
    assert (chained);
    assert (\dut.part_q <= BYTES);
    if (\dut.part_q == LOWER) assert (f_whole == 0 || f_starts[f_tail]);
    else begin
      assert (f_left >= 1 && f_left <= 7 && rest <= f_whole);
      assert (rest == f_whole || f_starts[after_rest]);
      assert ((f_starts & turned((8'd1 << rest) - 8'd1, f_tail)) == 0);
      if (\dut.part_q == UPPER) assert (\dut.left_q [7:0] == f_left && memory[8*f_tail +: 8] == 0);
      else assert (\dut.left_q == f_left);
    end
    if (to_place < f_whole && !f_starts[place] && !f_starts[before_place] &&
        !(\dut.part_q == UPPER && to_place == 0)) assert (f_is_byte);
    if (in_open >= 2 && in_open < f_open) assert (f_is_byte);
    if (f_kept2 && in_open == 0) assert (memory[8*place +: 8] == f_open - 4);
    if (f_kept2) assert (memory[8*f_head +: 8] == f_open - 4);
    if (f_is_byte) assert (memory[8*place +: 8] == f_byte);
    cover (frame && out_valid && !image && f_left == 1 && f_tail == place);
    cover (f_bad && f_starts[0]);
    cover (f_whole == 1 && f_open == 6);
  end

endmodule
