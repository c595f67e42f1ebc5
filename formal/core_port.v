// lstmg_core_port takes every word of the host once: an element becomes one beat of the core's input, a question
// one answer, and every beat of the core's output one answer more, all in order and unchanged. Nothing waits
// but for the other side; a question has its answer after two cycles; an answer lies still until it is taken.
// What is told are the state that was stored last, the cycles of the last step, and the number of frames.
// An arbitrary state stands for all.
//
// Its surroundings: streams are stable until taken (lstmg_crossing and lstmg_output_port are proved to be), the
// core gives beats of frames alone that it was given, and questions wait until those have been answered and all
// states stored.
//
//: parameters UNITS=2 DATA_BITS=8 WORD_BITS=8 STATE_BITS=4
//: parameters UNITS=1 DATA_BITS=8 WORD_BITS=10 STATE_BITS=5
//: parameters UNITS=2 DATA_BITS=32 WORD_BITS=32 STATE_BITS=32
//: depth 2
//: cover 12
//: mutation lstmg_core_port 8 s/ready_o = asks \? is_answered :/ready_o = asks ||/
//: mutation lstmg_core_port 8 s/valid_i && !asks;/valid_i;/
//: mutation lstmg_core_port 8 s/knows_q && answer_ready_i;/knows_q;/
//: mutation lstmg_core_port 8 s/\(waits_q \|\| knows_q\) && !is_answered/(waits_q || knows_q)/
//: mutation lstmg_core_port 8 s/waits_q && !knows_q && !rst_i/!waits_q \&\& !rst_i/
//: mutation lstmg_core_port 8 s/s_axis_tready  = answer_ready_i/s_axis_tready = 1'b1/
//: mutation lstmg_core_port 8 s/answer_valid_o = s_axis_tvalid \|\| knows_q/answer_valid_o = s_axis_tvalid || waits_q || knows_q/
//: mutation lstmg_core_port 8 s/runs_q && !s_axis_tvalid\)     latency_q/runs_q) latency_q/
//: mutation lstmg_core_port 8 s/ && s_axis_tlast\) frames_q/) frames_q/
//: mutation lstmg_core_port 8 s/asked = data_i >> STATE_SLOT_BITS/asked = data_i/
//: mutation lstmg_core_port 8 s/state\[STATE_BITS-1\]/1'b0/
//: mutation lstmg_core_port 8 s/s_axis_tdata\[DATA_BITS-1\]\}/1'b0}/
module proof #(
  parameter integer UNITS = 2,
  parameter integer DATA_BITS = 8,
  parameter integer WORD_BITS = 8,
  parameter integer STATE_BITS = 4
) (
  input wire clk
);

  (* anyconst *) wire [1:0] place;  // unit, slot
  (* anyseq *) wire rst_any;
  (* anyseq *) wire asks_state;
  (* anyseq *) wire asks_count;
  (* anyseq *) wire last;
  (* anyseq *) wire user;
  (* anyseq *) wire [WORD_BITS-1:0] word;
  (* anyseq *) wire word_valid;
  (* anyseq *) wire answer_ready;
  (* anyseq *) wire feed_ready;
  (* anyseq *) wire [DATA_BITS-1:0] result;
  (* anyseq *) wire result_valid;
  (* anyseq *) wire result_last;
  (* anyseq *) wire [UNITS-1:0] write_any;
  (* anyseq *) wire [UNITS-1:0] slots;
  (* anyseq *) wire [UNITS*STATE_BITS-1:0] states;
  reg f_past = 1'b0;
  always @(posedge clk) f_past <= 1'b1;
  wire rst = !f_past || rst_any;

  wire word_ready, answer_valid, feed_valid, feed_last, feed_user, result_ready;
  wire [31:0] answer;
  wire [DATA_BITS-1:0] feed;
  wire asks = asks_state || asks_count;
  // No state is stored while one is asked for.
  wire [UNITS-1:0] write = word_valid && asks_state ? 0 : write_any;
  lstmg_core_port #(
    .DATA_BITS      (DATA_BITS),
    .WORD_BITS      (WORD_BITS),
    .UNITS          (UNITS),
    .UNIT_BITS      (1),
    .STATE_SLOT_BITS(1),
    .STATE_BITS     (STATE_BITS)
  ) dut (
    .clk_i         (clk),
    .rst_i         (rst),
    .asks_state_i  (asks_state),
    .asks_count_i  (asks_count),
    .last_i        (last),
    .reset_i       (user),
    .data_i        (word),
    .valid_i       (word_valid),
    .ready_o       (word_ready),
    .answer_o      (answer),
    .answer_valid_o(answer_valid),
    .answer_ready_i(answer_ready),
    .m_axis_tdata  (feed),
    .m_axis_tvalid (feed_valid),
    .m_axis_tready (feed_ready),
    .m_axis_tlast  (feed_last),
    .m_axis_tuser  (feed_user),
    .s_axis_tdata  (result),
    .s_axis_tvalid (result_valid),
    .s_axis_tready (result_ready),
    .s_axis_tlast  (result_last),
    .state_write_i (write),
    .state_slot_i  (slots),
    .state_data_i  (states)
  );
  (* hierconn *) wire \dut.waits_q ;
  (* hierconn *) wire \dut.knows_q ;
  (* hierconn *) wire \dut.runs_q ;
  (* hierconn *) wire [31:0] \dut.latency_q ;
  (* hierconn *) wire [31:0] \dut.frames_q ;
  (* hierconn *) wire [STATE_BITS-1:0] \dut.gen_unit[0].state , \dut.gen_unit[1].state ;
  (* hierconn *) wire [STATE_BITS-1:0]
      \dut.gen_unit[0].u_states.memory[0] , \dut.gen_unit[0].u_states.memory[1] ,
      \dut.gen_unit[1].u_states.memory[0] , \dut.gen_unit[1].u_states.memory[1] ;
  wire [STATE_BITS-1:0] shown = UNITS > 1 && place[1] ? \dut.gen_unit[1].state : \dut.gen_unit[0].state ;
  wire [STATE_BITS-1:0] stored =
      UNITS > 1 && place[1]
      ? place[0] ? \dut.gen_unit[1].u_states.memory[1] : \dut.gen_unit[1].u_states.memory[0]
      : place[0] ? \dut.gen_unit[0].u_states.memory[1] : \dut.gen_unit[0].u_states.memory[0] ;

  // ---- what is handed over
  wire takes = word_valid && word_ready;
  wire feeds = feed_valid && feed_ready;
  wire gives = result_valid && result_ready;
  wire answers = answer_valid && answer_ready;
  wire starts = feeds && last;

  // ---- specification: frames in the core; the time of the last start, and from there to the first result;
  //      frames given; a state; cycles that a question waits for its answer
  reg [2:0] f_open;
  reg [31:0] f_now, f_start, f_latency, f_frames;
  reg f_runs, f_measured;
  reg [STATE_BITS-1:0] f_state;
  reg [1:0] f_asked;
  // A cycle ago, and how often what is to be covered has been seen.
  reg f_holds = 1'b0, f_sends = 1'b0, f_feeds = 1'b0, f_waits = 1'b0;
  reg [WORD_BITS+3:0] f_word;
  reg [DATA_BITS+1:0] f_feed;
  reg [DATA_BITS:0] f_result;
  reg [31:0] f_answer;
  always @(posedge clk) begin
    f_holds  <= !rst && word_valid && !word_ready;
    f_sends  <= !rst && result_valid && !result_ready;
    f_feeds  <= !rst && feed_valid && !feed_ready;
    f_waits  <= !rst && answer_valid && !answer_ready;
    f_word   <= {word, asks_state, asks_count, last, user};
    f_feed   <= {feed, feed_last, feed_user};
    f_result <= {result, result_last};
    f_answer <= answer;
    f_now    <= f_now + 1;
    if (starts) f_start <= f_now;
    if (f_runs && result_valid) f_latency <= f_now - f_start;
    if (write[place[1] && UNITS > 1] && slots[place[1] && UNITS > 1] == place[0])
      f_state <= states[(place[1] && UNITS > 1 ? STATE_BITS : 0)+:STATE_BITS];
    f_open     <= rst ? 3'd0 : f_open + starts - (gives && result_last);
    f_frames   <= rst ? 32'd0 : f_frames + (gives && result_last);
    f_runs     <= !rst && (starts || (f_runs && !result_valid));
    f_measured <= !rst && (f_measured || starts);
    f_asked    <= rst || !word_valid || !asks || answer_valid ? 2'd0 : f_asked + 2'd1;
  end

  // ---- surroundings
  always @* if (f_past) begin
    if (f_holds) assume (word_valid && f_word == {word, asks_state, asks_count, last, user});
    if (f_sends) assume (result_valid && f_result == {result, result_last});
    assume (!(asks_state && asks_count));
    if (result_valid) assume (f_open != 0);
    if (word_valid && asks) assume (f_open == 0);
    if (feed_ready) assume (f_open != 7);
  end
  // What the place holds at first counts as stored.
  always @* if (!f_past) assume (stored == f_state);

  always @* if (f_past) begin
    if (!rst) begin
      // Every word has its beat or its answer, every beat its word, every answer its question or beat.
      assert (feeds == (takes && !asks));
      assert (answers == (gives || (takes && asks)));
      assert (!(gives && takes && asks));
      if (feed_valid) assert ({feed, feed_last, feed_user} == {word[DATA_BITS-1:0], last, user});
      if (gives) assert (answer == {{(33 - DATA_BITS){result[DATA_BITS-1]}}, result[DATA_BITS-2:0]});
      // Nothing waits but for the other side.
      assert (feed_valid == (word_valid && !asks));
      assert (!result_valid || answer_valid);
      assert (f_asked <= 2);
      // What is offered stays.
      if (f_feeds) assert (feed_valid && f_feed == {feed, feed_last, feed_user});
      if (f_waits) assert (answer_valid);
      if (f_waits && !(asks_state && word != place)) assert (answer == f_answer);
      // Answers are right.
      if (takes && asks_state && word == place)
        assert (answer == {{(33 - STATE_BITS){f_state[STATE_BITS-1]}}, f_state[STATE_BITS-2:0]});
      if (takes && asks_count && word[0]) assert (answer == f_frames);
      if (takes && asks_count && !word[0] && f_measured) assert (answer == f_latency);
      // invariant
      assert (\dut.waits_q == (f_asked == 1));
      assert (f_asked != 2 || \dut.knows_q );
      assert (f_asked == 0 || f_holds);
      assert (!\dut.knows_q || (f_holds && asks && f_asked != 1));
      if (\dut.knows_q && asks_state && word == place) assert (shown == f_state);
      assert (\dut.runs_q == f_runs);
      assert (!f_runs || (f_measured && f_open != 0));
      if (f_measured) assert (\dut.latency_q == (f_runs ? f_now - f_start : f_latency));
      assert (\dut.frames_q == f_frames);
      assert (!f_waits || f_holds || f_sends);
    end
    assert (stored == f_state);
    cover (!rst && takes && asks_state && f_waits && word == place && answer == 32'hFFFFFFFE);
    cover (!rst && takes && asks_count && !word[0] && answer == 4 && f_frames == 2);
    cover (!rst && takes && asks_count && word[0] && answer == 2);
    cover (!rst && gives && takes && f_waits && f_feeds);
  end

endmodule
