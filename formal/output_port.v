// lstmg_output_port sends every frame once, beat after beat, and holds each beat until it is taken. An
// arbitrary place of its memory stands for all: what it sends from there is what was written there last.
//
// The core's part: go_i tells of no more frames than there are banks, nothing is written where a beat is on its
// way, and nothing is sent in a reset.
//
//: parameters BEATS=3 INDEX_BITS=2 RAM_LATENCY=2
//: parameters BEATS=4 INDEX_BITS=2 RAM_LATENCY=3
//: parameters BEATS=2 INDEX_BITS=2 RAM_LATENCY=1
//: parameters BEATS=1 INDEX_BITS=1 RAM_LATENCY=1
//: depth 4
//: cover 18
//: mutation lstmg_output_port 12 s/\(waiting_q \|\| arrives\);/arrives;/
//: mutation lstmg_output_port 12 s/if \(flows\) begin/begin/
//: mutation lstmg_output_port 12 s/\.read_i  .*/.read_i (1'b1),/
//: mutation lstmg_output_port 16 s/is_last_q \? STEP_TO_BANK : STEP_TO_BEAT/STEP_TO_BEAT/
//: mutation lstmg_output_port 12 s/if \(!m_axis_tvalid \|\| m_axis_tready\) begin/begin/
module proof #(
  parameter integer BEATS = 3,
  parameter integer INDEX_BITS = 2,
  parameter integer RAM_LATENCY = 2
) (
  input wire clk
);

  // Eight places in all.
  localparam integer BANK_BITS = 3 - INDEX_BITS;
  localparam integer BANKS = 1 << BANK_BITS;
  (* anyconst *) wire [2:0] place;
  (* anyseq *) wire rst_any;
  (* anyseq *) wire early_any;
  (* anyseq *) wire write_any;
  (* anyseq *) wire [2:0] write_place;
  (* anyseq *) wire [1:0] write_data;
  (* anyseq *) wire go_any;
  (* anyseq *) wire ready;
  reg f_past = 1'b0;
  reg f_early = 1'b1;
  reg f_rst = 1'b1;
  wire early = !f_past || early_any;
  // The registered reset follows the early one, and may last longer.
  wire rst = f_early || (f_rst && rst_any);
  wire resets = early || rst || f_rst;

  wire sent, valid, last;
  wire [7:0] data;
  wire write, go;
  lstmg_output_port #(
    .BEATS      (BEATS),
    .INDEX_BITS (INDEX_BITS),
    .BANK_BITS  (BANK_BITS),
    .VALUE_BITS (2),
    .DATA_BITS  (8),
    .RAM_LATENCY(RAM_LATENCY)
  ) dut (
    .clk_i        (clk),
    .rst_i        (rst),
    .rst_early_i  (early),
    .write_i      (write),
    .write_bank_i (write_place[2:INDEX_BITS]),
    .write_index_i(write_place[INDEX_BITS-1:0]),
    .write_data_i (write_data),
    .go_i         (go),
    .sent_o       (sent),
    .m_axis_tdata (data),
    .m_axis_tvalid(valid),
    .m_axis_tready(ready),
    .m_axis_tlast (last)
  );
  (* hierconn *) wire \dut.rst_q ;
  (* hierconn *) wire \dut.waiting_q ;
  (* hierconn *) wire \dut.has_frame_q ;
  (* hierconn *) wire \dut.is_last_q ;
  (* hierconn *) wire \dut.waiting_last_q ;
  (* hierconn *) wire [2:0] \dut.address_q ;
  (* hierconn *) wire [BANK_BITS:0] \dut.frames_q ;
  (* hierconn *) wire [RAM_LATENCY-1:0] \dut.valid_q ;
  (* hierconn *) wire [RAM_LATENCY-1:0] \dut.last_q ;
  (* hierconn *) wire [1:0] \dut.u_results.word_q ;
  (* hierconn *) wire [1:0] \dut.memory_word ;
  (* hierconn *) wire [1:0] \dut.word ;
  (* hierconn *) wire [1:0] \dut.data_q ;
  (* hierconn *) wire [1:0] \dut.waiting_data_q ;
  (* hierconn *) wire [1:0] \dut.u_results.memory[0] , \dut.u_results.memory[1] ,
                            \dut.u_results.memory[2] , \dut.u_results.memory[3] ,
                            \dut.u_results.memory[4] , \dut.u_results.memory[5] ,
                            \dut.u_results.memory[6] , \dut.u_results.memory[7] ;
  wire [15:0] memory = {\dut.u_results.memory[7] , \dut.u_results.memory[6] ,
                        \dut.u_results.memory[5] , \dut.u_results.memory[4] ,
                        \dut.u_results.memory[3] , \dut.u_results.memory[2] ,
                        \dut.u_results.memory[1] , \dut.u_results.memory[0] };

  // ---- specification: the place of the next beat, frames not yet sent, and what was written
  function [2:0] after(input [2:0] from);
    after = from[INDEX_BITS-1:0] == BEATS - 1 ? ((from >> INDEX_BITS) + 3'd1) << INDEX_BITS : from + 3'd1;
  endfunction
  reg [2:0] f_next;
  reg [BANK_BITS:0] f_unsent;
  reg [1:0] f_written;
  wire accepted = valid && ready;
  wire is_last = f_next[INDEX_BITS-1:0] == BEATS - 1;
  wire finishes = accepted && is_last;
  // A cycle ago, and cycles without a beat since there was a frame.
  reg f_holds = 1'b0;
  reg f_finished = 1'b0;
  reg f_last;
  reg [7:0] f_data;
  reg [2:0] f_idle;
  always @(posedge clk) begin
    f_past     <= 1'b1;
    f_early    <= early;
    f_rst      <= rst || early;
    f_holds    <= valid && !ready && !resets;
    f_finished <= finishes && !resets;
    f_last     <= last;
    f_data     <= data;
    f_idle     <= resets || valid || f_unsent == 0 ? 3'd0 : f_idle + 3'd1;
    f_next     <= resets ? 3'd1 << INDEX_BITS : accepted ? after(f_next) : f_next;
    f_unsent   <= resets ? 0 : f_unsent + go - finishes;
    if (write && write_place == place) f_written <= write_data;
  end

  // ---- places of what is on its way, moved as the data are
  reg [RAM_LATENCY*3-1:0] f_way;
  reg [2:0] f_waiting, f_sending;
  wire [RAM_LATENCY*3+2:0] way = {f_way, \dut.address_q };
  wire [2:0] arriving = way[RAM_LATENCY*3 +: 3];
  always @(posedge clk) begin
    if (!\dut.waiting_q ) f_way <= way[RAM_LATENCY*3-1:0];
    if (!valid || ready) f_sending <= \dut.waiting_q ? f_waiting : arriving;
    if (!\dut.waiting_q ) f_waiting <= arriving;
  end
  wire [RAM_LATENCY:0] present = {\dut.valid_q , \dut.has_frame_q };
  wire [RAM_LATENCY:0] at_last = {\dut.last_q , \dut.is_last_q };
  // Words at the ends of the memory's stages.
  wire [5:0] words = {\dut.word , \dut.memory_word , \dut.u_results.word_q };

  // The places follow one another, from the beat that is offered to the next one to be read.
  reg in_order, in_place, is_busy;
  reg [2:0] expected;
  reg [3:0] f_lasts;
  integer stage;
  always @* begin
    expected = f_next;
    in_order = 1'b1;
    in_place = 1'b1;
    is_busy  = 1'b0;
    f_lasts  = 0;
    if (valid) begin
      in_order = f_sending == f_next && last == is_last;
      in_place = f_sending != place || \dut.data_q == f_written;
      is_busy  = f_sending == place;
      f_lasts  = last;
      expected = after(expected);
    end
    if (\dut.waiting_q ) begin
      in_order = in_order && f_waiting == expected &&
                 \dut.waiting_last_q == (expected[INDEX_BITS-1:0] == BEATS - 1);
      in_place = in_place && (f_waiting != place || \dut.waiting_data_q == f_written);
      is_busy  = is_busy || f_waiting == place;
      f_lasts  = f_lasts + \dut.waiting_last_q ;
      expected = after(expected);
    end
    for (stage = RAM_LATENCY; stage > 0; stage = stage - 1) if (present[stage]) begin
      in_order = in_order && way[stage*3 +: 3] == expected &&
                 at_last[stage] == (expected[INDEX_BITS-1:0] == BEATS - 1);
      in_place = in_place && (way[stage*3 +: 3] != place || words[stage*2-2 +: 2] == f_written);
      is_busy  = is_busy || way[stage*3 +: 3] == place;
      f_lasts  = f_lasts + at_last[stage];
      expected = after(expected);
    end
    in_order = in_order && \dut.address_q == expected &&
               \dut.is_last_q == (expected[INDEX_BITS-1:0] == BEATS - 1);
    is_busy  = is_busy || (\dut.has_frame_q && \dut.address_q == place);
  end

  assign go = go_any && !resets && f_unsent < BANKS;
  assign write = write_any && !(write_place == place && is_busy);

  // What the place holds at first counts as written.
  always @* if (!f_past) assume (memory[2*place +: 2] == f_written);
  always @* if (f_past) begin
    if (f_early) assert (!valid);
    if (!resets) begin
      if (f_holds) assert (valid && data == f_data && last == f_last);
      if (valid) begin
        assert (f_unsent != 0);
        assert (last == is_last);
        assert (f_next != place || data == {{6{f_written[1]}}, f_written});
      end
      assert (sent == f_finished);
      // Nothing is left behind.
      assert (f_idle <= RAM_LATENCY + 1);
      // invariant
      assert (in_order && in_place);
      assert (f_idle == 0 || valid || |(present >> f_idle));
      assert (\dut.address_q [INDEX_BITS-1:0] == 0 || \dut.has_frame_q );
      assert (!\dut.waiting_q || valid);
      assert (f_unsent <= BANKS);
      assert (f_unsent == f_lasts + \dut.frames_q );
      assert (\dut.has_frame_q == (\dut.frames_q != 0));
    end
    assert (\dut.rst_q == f_rst);
    assert (memory[2*place +: 2] == f_written);
    cover (!resets && finishes && is_last && f_unsent == BANKS);
    cover (!resets && f_holds && \dut.waiting_q && accepted && f_next == place);
  end

endmodule
