// lstmg_input_port writes every accepted element once, in order and to its own slot, whatever the bus leaves
// free; a frame is ready when all of it is written, and a frame of the wrong length never is.
//
// The core's part: a frame is taken only when it is ready.
//
//: parameters BEATS=3 RELEASE_LATENCY=2
//: parameters BEATS=1 RELEASE_LATENCY=0
//: parameters BEATS=4 RELEASE_LATENCY=1
//: depth 5
//: cover 20
//: mutation lstmg_input_port 14 s/!full_q && !waiting_q;/!full_q;/
//: mutation lstmg_input_port 14 s/full_q && !held_q && !taken_q/full_q \&\& !taken_q/
//: mutation lstmg_input_port 14 s/waiting_q \? waiting_slot_q : count_slot/count_slot/
//: mutation lstmg_input_port 14 s/is_last && s_axis_tlast;/is_last;/
module proof #(
  parameter integer BEATS = 3,
  parameter integer RELEASE_LATENCY = 2
) (
  input wire clk
);

  (* anyseq *) wire rst_any;
  (* anyseq *) wire early_any;
  (* anyseq *) wire [7:0] data;
  (* anyseq *) wire valid;
  (* anyseq *) wire last;
  (* anyseq *) wire user;
  (* anyseq *) wire take;
  (* anyseq *) wire busy;
  reg f_past = 1'b0;
  reg f_early = 1'b1;
  reg f_rst = 1'b1;
  wire early = !f_past || early_any;
  wire rst = f_early || (f_rst && rst_any);
  wire resets = early || rst || f_rst;

  wire ready, frame_error, frame, reset_step, write;
  wire [2:0] slot;
  wire [5:0] element;
  wire taken = take && frame && !resets;
  lstmg_input_port #(
    .BEATS          (BEATS),
    .HAS_INPUTS     (1),
    .VALUE_BITS     (6),
    .DATA_BITS      (8),
    .SLOT_BITS      (3),
    .RELEASE_LATENCY(RELEASE_LATENCY)
  ) dut (
    .clk_i        (clk),
    .rst_i        (rst),
    .rst_early_i  (early),
    .s_axis_tdata (data),
    .s_axis_tvalid(valid),
    .s_axis_tready(ready),
    .s_axis_tlast (last),
    .s_axis_tuser (user),
    .frame_error_o(frame_error),
    .ready_o      (frame),
    .reset_step_o (reset_step),
    .taken_i      (taken),
    .busy_i       (busy),
    .write_o      (write),
    .write_slot_o (slot),
    .write_data_o (element)
  );
  (* hierconn *) wire \dut.rst_q ;
  (* hierconn *) wire \dut.dropping_q ;
  (* hierconn *) wire \dut.reset_q ;
  (* hierconn *) wire \dut.full_q ;
  (* hierconn *) wire \dut.taken_q ;
  (* hierconn *) wire \dut.held_q ;
  (* hierconn *) wire \dut.waiting_q ;
  (* hierconn *) wire \dut.is_first ;
  (* hierconn *) wire \dut.is_last ;
  (* hierconn *) wire [2:0] \dut.count_slot ;
  (* hierconn *) wire [2:0] \dut.slot_q ;
  (* hierconn *) wire [2:0] \dut.waiting_slot_q ;
  (* hierconn *) wire [5:0] \dut.data_q ;
  (* hierconn *) wire [5:0] \dut.waiting_data_q ;

  // ---- specification: place in the frame, the frame's verdict, elements accepted and not yet written
  reg [2:0] f_place;
  reg f_too_long;
  reg f_complete;
  reg f_resets;
  reg [1:0] f_count;
  reg [8:0] f_first, f_second;
  wire accepted = valid && ready;
  wire enters = accepted && !f_too_long;
  wire [8:0] entering = {f_place, data[5:0]};
  wire ends = enters && f_place == BEATS - 1;
  reg f_was_taken;  // a frame, before this one
  always @(posedge clk) begin
    f_past  <= 1'b1;
    f_early <= early;
    f_rst   <= rst || early;
    if (resets) begin
      f_place     <= 3'd0;
      f_too_long  <= 1'b0;
      f_complete  <= 1'b0;
      f_count     <= 2'd0;
      f_was_taken <= 1'b0;
    end else begin
      if (accepted) begin
        f_place    <= last || ends || f_too_long ? 3'd0 : f_place + 3'd1;
        f_too_long <= !last && (f_too_long || ends);
      end
      if (ends && last) f_complete <= 1'b1;
      if (taken) {f_complete, f_was_taken} <= 2'b01;
      if (enters && f_place == 0) f_resets <= user;
      f_count  <= f_count + enters - write;
      if (write) f_first <= f_count == 2 ? f_second : entering;
      else if (enters && f_count == 0) f_first <= entering;
      if (enters) f_second <= entering;
    end
  end

  always @* if (f_past) begin
    if (f_early) assert (!ready);
    if (!resets) begin
      if (write) assert (f_count != 0 && {slot, element} == f_first);
      if (accepted) assert (f_count != 2);
      // A ready frame is whole and written; none begins before it was taken.
      if (frame) assert (f_complete && f_count == 0 && reset_step == f_resets);
      if (f_complete) assert (!ready);
      // What waits is written as soon as the bus is free, and the frame is ready with it.
      assert (busy || write == (f_count != 0));
      // invariant
      assert (\dut.held_q == (f_count != 0));
      assert (\dut.waiting_q == (f_count == 2));
      if (f_count != 0) assert ({\dut.slot_q , \dut.data_q } == f_first);
      if (f_count == 2) assert ({\dut.waiting_slot_q , \dut.waiting_data_q } == f_second);
      assert (f_count <= 2);
      assert (\dut.dropping_q == f_too_long);
      assert (\dut.count_slot == f_place);
      assert (f_place < BEATS);
      assert (!f_too_long || f_place == 0);
      assert (\dut.is_first == (f_place == 0));
      assert (\dut.is_last == (f_place == BEATS - 1));
      if (f_place != 0 && !f_too_long) assert (\dut.reset_q == f_resets);
      assert (!f_complete || (\dut.full_q && f_place == 0 && !f_too_long));
      if (f_complete) assert (reset_step == f_resets);
      assert (f_complete || !\dut.full_q || \dut.taken_q );
    end
    assert (\dut.rst_q == f_rst);
    cover (!resets && frame && f_was_taken);
    cover (!resets && frame_error && frame);
    cover (!resets && f_count == 2 && write && BEATS > 1 || (BEATS == 1 && write));
  end

endmodule
