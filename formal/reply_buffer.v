// lstmg_reply_buffer, with 8 bytes: blocks keep their order, nothing unread is written over, a code says how
// far the next one is, and no byte of a frame is zero but its end, whatever comes and however slowly
// the line takes it. An arbitrary place stands for all: the line gets from there what was written there last.
//
//: depth 2
//: slow
//: cover 11
//: mutation lstmg_reply_buffer 14 s/is_full = room < \(ONE << 2\)/is_full = room < (ONE << 1)/
//: mutation lstmg_reply_buffer 12 s/ends \? 8'd0/ends ? 8'd1/
//: mutation lstmg_reply_buffer 12 s/if \(!is_zero\) begin/begin/
//: mutation lstmg_reply_buffer 12 s/head_seen_q <= head_q;/head_seen_q <= next_q;/
//: mutation lstmg_reply_buffer 12 s/tail_seen_q == tail_q && //
module proof (
  input wire clk
);

  (* anyconst *) wire [2:0] place;
  (* anyseq *) wire rst_any;
  (* anyseq *) wire [7:0] data;
  (* anyseq *) wire valid;
  (* anyseq *) wire last;
  (* anyseq *) wire line_ready;
  reg f_past = 1'b0;
  always @(posedge clk) f_past <= 1'b1;
  wire rst = !f_past || rst_any;

  wire ready, line_valid;
  wire [7:0] line;
  lstmg_reply_buffer #(.ADDRESS_BITS(3)) dut (
    .clk_i  (clk),
    .rst_i  (rst),
    .data_i (data),
    .valid_i(valid),
    .last_i (last),
    .ready_o(ready),
    .data_o (line),
    .valid_o(line_valid),
    .ready_i(line_ready)
  );
  (* hierconn *) wire [2:0] \dut.next_q ;
  (* hierconn *) wire [2:0] \dut.head_q ;
  (* hierconn *) wire [2:0] \dut.tail_q ;
  (* hierconn *) wire [2:0] \dut.code_at_q ;
  (* hierconn *) wire [2:0] \dut.head_seen_q ;
  (* hierconn *) wire [7:0] \dut.code_q ;
  (* hierconn *) wire [15:0] \dut.crc_q ;
  (* hierconn *) wire [2:0] \dut.part_q ;
  (* hierconn *) wire \dut.closes_q ;
  (* hierconn *) wire [7:0] \dut.u_memory.memory[0] , \dut.u_memory.memory[1] ,
                            \dut.u_memory.memory[2] , \dut.u_memory.memory[3] ,
                            \dut.u_memory.memory[4] , \dut.u_memory.memory[5] ,
                            \dut.u_memory.memory[6] , \dut.u_memory.memory[7] ;
  wire [63:0] memory = {
    \dut.u_memory.memory[7] , \dut.u_memory.memory[6] ,
    \dut.u_memory.memory[5] , \dut.u_memory.memory[4] ,
    \dut.u_memory.memory[3] , \dut.u_memory.memory[2] ,
    \dut.u_memory.memory[1] , \dut.u_memory.memory[0] };

  // ---- specification: bytes handed over and not taken, places of the open block with that of its code
  reg [5:0] f_whole, f_open;
  reg [2:0] f_tail;
  wire [2:0] f_code_at = f_tail + f_whole[2:0];
  wire [2:0] f_next = f_code_at + f_open[2:0];
  // Bytes of a frame: reply, two of the CRC, then its last code and its end.
  reg [2:0] f_part;
  reg [15:0] f_crc;
  wire [15:0] crc_after;
  lstmg_crc16 f_crc16 (
    .crc_i (f_crc),
    .data_i(data),
    .crc_o (crc_after)
  );
  reg f_closes;
  wire given = valid && ready;
  wire has_room = f_whole + f_open <= 3;
  wire enters = !f_closes && has_room && (f_part == 0 ? valid : f_part < 3);
  wire [7:0] entering = f_part == 0 ? data : f_part == 1 ? f_crc[15:8] : f_crc[7:0];
  wire closes = f_closes || f_part == 3;
  wire ends = !f_closes && f_part == 4;
  wire takes = line_valid && line_ready;
  // What the arbitrary place holds, and whether it is the end of a frame, or still empty.
  reg [7:0] f_byte;
  reg f_is_end, f_is_empty;
  // A cycle ago.
  reg f_holds = 1'b0;
  reg [7:0] f_line;
  always @(posedge clk) begin
    f_holds <= line_valid && !line_ready && !rst;
    f_line  <= line;
    f_tail  <= f_tail + takes;
    f_closes <= enters && (entering == 0 || f_open == 254);
    if (enters) begin
      if (f_part == 0) f_crc <= crc_after;
      if (f_part != 0 || last) f_part <= f_part + 1;
    end
    f_whole <= f_whole - takes + (f_closes ? f_open : ends ? f_open + 1 : 0);
    f_open  <= f_closes || ends ? 1 : f_open + (enters && entering != 0);
    if (!f_closes && f_part == 3) f_part <= 4;
    if (ends) {f_part, f_crc} <= {3'd0, 16'hFFFF};
    // A new block begins with an empty place for its code.
    if (f_closes && f_next == place || ends && f_next + 3'd1 == place) f_is_empty <= 1'b1;
    if (enters && entering != 0 && f_next == place) {f_byte, f_is_end, f_is_empty} <= {entering, 2'b00};
    if (closes && f_code_at == place) {f_byte, f_is_end, f_is_empty} <= {2'd0, f_open, 2'b00};
    if (ends && f_next == place) {f_byte, f_is_end, f_is_empty} <= {8'd0, 2'b10};
    if (rst) begin
      {f_whole, f_open, f_tail} <= {6'd0, 6'd1, 3'd0};
      {f_part, f_crc, f_closes} <= {3'd0, 16'hFFFF, 1'b0};
      f_is_empty <= 1'b1;
    end
  end

  wire [2:0] to_place = place - f_tail;
  wire [2:0] seen = \dut.head_seen_q - f_tail;
  always @* if (f_past) begin
    assert (f_whole + f_open <= 7);
    if (given) assert (enters);
    if (f_holds) assert (line_valid && line == f_line);
    if (line_valid) begin
      assert (f_whole != 0);
      if (f_tail == place) assert (!f_is_empty && line == f_byte && (line == 0) == f_is_end);
    end
    // invariant
    assert (f_open >= 1 && \dut.code_q == f_open);
    assert (f_whole + f_open <= (f_closes ? 4 : f_part >= 3 ? 5 : 7));
    assert (\dut.next_q == f_next && \dut.tail_q == f_tail);
    assert (\dut.head_q == f_code_at && \dut.code_at_q == f_code_at);
    assert (\dut.part_q == f_part && f_part <= 4 && \dut.closes_q == f_closes && \dut.crc_q == f_crc);
    assert (seen <= f_whole);
    if (to_place < f_whole) assert (!f_is_empty);
    if (f_part == 4) assert (!f_closes && (to_place != f_whole || !f_is_empty));
    if (to_place > f_whole && to_place < f_whole + f_open) assert (!f_is_empty && !f_is_end);
    if (!f_is_empty) assert (memory[8*place +: 8] == f_byte && (f_byte == 0) == f_is_end);
    cover (takes && f_tail == place && f_whole >= 2);
    cover (f_whole >= 3 && f_is_end && !f_is_empty);
  end

endmodule
