// lstmg_crossing hands every word on once and in order, between any two clocks; a word that is offered stays
// as it is until it is taken. Time is counted in edges, so that no clock need be faster than the other: while
// nothing is offered, a word on its way is offered with the third rising edge of to_clk; with the second of
// from_clk behind that, there is room for the next one. Both come as long as the clocks go on.
//
// Either clock may rise or fall in any step of the model, both at once too. A synchroniser that samples
// a change as it happens may see it or not: that is the same as the edges coming one after the other.
//
//: clocks 2
//: depth 3
//: cover 26
//: mutation lstmg_crossing 24 s/from_ready_o = sent_q == taken;/from_ready_o = 1'b1;/
//: mutation lstmg_crossing 24 s/if \(!to_valid_o\) to_data_o/to_data_o/
//: mutation lstmg_crossing 24 s/end else begin/end else if (to_ready_i) begin/
//: mutation lstmg_crossing 24 s/sent_q == taken;/sent_q == taken \&\& from_valid_i;/
//: mutation lstmg_crossing 24 s/taken_q    <= sent;/taken_q    <= sent_q;/
module proof;

  (* anyseq *) wire from_clk;
  (* anyseq *) wire to_clk;
  (* anyseq *) wire release_any;
  (* anyseq *) wire [1:0] in;
  (* anyseq *) wire in_valid;
  (* anyseq *) wire out_ready;
  wire in_ready, out_valid;
  wire [1:0] out;

  // ---- what was a step ago: registers take that when their clock rises
  reg f_past = 1'b0;
  reg f_from_clk = 1'b1;
  reg f_to_clk = 1'b1;
  reg f_rst = 1'b1;
  reg f_gives, f_takes, f_keeps;
  reg [1:0] f_in, f_out;
  wire from_rises = from_clk && !f_from_clk;
  wire to_rises = to_clk && !f_to_clk;

  // ---- reset, for so long that both sides have seen that of the other one
  reg [1:0] f_from_seen = 2'd0, f_to_seen = 2'd0;
  reg f_from_rose = 1'b0, f_to_rose = 1'b0;
  wire rst = f_rst && !(release_any && f_from_seen == 2 && f_to_seen == 2);
  wire from_rose = f_from_rose || (from_rises && f_rst);
  wire to_rose = f_to_rose || (to_rises && f_rst);
  wire [1:0] from_seen = f_from_seen + (from_rises && f_to_rose && f_from_seen < 2);
  wire [1:0] to_seen = f_to_seen + (to_rises && f_from_rose && f_to_seen < 2);

  // ---- words on their way
  wire gives = from_rises && f_gives && !f_rst;
  wire takes = to_rises && f_takes && !f_rst;
  reg [1:0] f_count = 2'd0;
  reg [1:0] f_first, f_second;
  // Edges that a word has waited for, while nothing was offered; edges without room since it was offered.
  reg f_waits = 1'b0, f_blocks = 1'b0;
  reg [1:0] f_late, f_full;
  wire [1:0] count = f_count + gives - takes;
  wire [1:0] first = f_count == (takes ? 2'd1 : 2'd0) ? f_in : takes ? f_second : f_first;
  wire [1:0] second = gives ? f_in : f_second;
  wire waits = count != 0 && !out_valid;
  wire blocks = !in_ready && count == out_valid;
  wire [1:0] late = waits && f_waits ? f_late + to_rises : 2'd0;
  wire [1:0] full = blocks && f_blocks ? f_full + from_rises : 2'd0;
  always @($global_clock) begin
    f_past      <= 1'b1;
    f_from_clk  <= from_clk;
    f_to_clk    <= to_clk;
    f_rst       <= rst;
    f_gives     <= in_valid && in_ready;
    f_takes     <= out_valid && out_ready;
    f_keeps     <= out_valid && !out_ready;
    f_in        <= in;
    f_out       <= out;
    f_from_rose <= from_rose;
    f_to_rose   <= to_rose;
    f_from_seen <= from_seen;
    f_to_seen   <= to_seen;
    f_count     <= count;
    f_first     <= first;
    f_second    <= second;
    f_waits     <= waits && !f_rst;
    f_blocks    <= blocks && !f_rst;
    f_late      <= late;
    f_full      <= full;
  end

  lstmg_crossing #(.WIDTH(2)) dut (
    .from_clk_i  (from_clk),
    .from_rst_i  (rst),
    .from_data_i (in),
    .from_valid_i(in_valid),
    .from_ready_o(in_ready),
    .to_clk_i    (to_clk),
    .to_rst_i    (rst),
    .to_data_o   (out),
    .to_valid_o  (out_valid),
    .to_ready_i  (out_ready)
  );
  (* hierconn *) wire \dut.sent_q ;
  (* hierconn *) wire \dut.taken_q ;
  (* hierconn *) wire [1:0] \dut.word_q ;
  (* hierconn *) wire \dut.u_sent.early_q ;
  (* hierconn *) wire \dut.u_taken.early_q ;
  (* hierconn *) wire \dut.sent ;
  (* hierconn *) wire \dut.taken ;

  // The way of a toggle: at most one of its steps shows a change.
  wire [5:0] way = {\dut.sent_q , \dut.u_sent.early_q , \dut.sent ,
                    \dut.taken_q , \dut.u_taken.early_q , \dut.taken };
  wire [4:0] changes = way[5:1] ^ way[4:0];
  always @* if (f_past) begin
    if (f_rst) begin
      // invariant
      assert (f_count == 0);
      if (from_rose) assert (!\dut.sent_q );
      if (to_rose) assert (!\dut.taken_q && !out_valid);
      if (to_seen > 0) assert (!\dut.u_sent.early_q );
      if (to_seen > 1) assert (!\dut.sent );
      if (from_seen > 0) assert (!\dut.u_taken.early_q );
      if (from_seen > 1) assert (!\dut.taken );
      assert (from_seen == 0 || (from_rose && to_rose));
      assert (to_seen == 0 || (from_rose && to_rose));
    end else begin
      // Nothing lost, nothing doubled, nothing changed.
      if (takes) assert (f_count != 0 && f_out == f_first);
      if (gives) assert (f_count < 2);
      assert (!out_valid || count != 0);
      if (out_valid) assert (out == first);
      if (f_keeps) assert (out_valid && out == f_out);
      // In time.
      assert (late < 3);
      assert (full < 2);
      // invariant
      if (waits && late > 0) assert (\dut.u_sent.early_q == \dut.sent_q );
      if (waits && late > 1) assert (\dut.sent == \dut.sent_q );
      if (blocks && full > 0) assert (\dut.u_taken.early_q == \dut.taken_q );
      assert ((changes & (changes - 5'd1)) == 0);
      assert (count == (\dut.sent_q != \dut.taken_q ) + out_valid);
      if (\dut.sent_q != \dut.taken_q ) assert (\dut.word_q == (out_valid ? second : first));
      cover (takes && f_count == 2);
      cover (late == 2);
      cover (full == 1);
      cover (takes && f_out == 1 && \dut.sent_q );
    end
  end

endmodule
