// Program counter of lstmg_sequencer: it stays in 0 to PERIOD - 1 and goes from each position to the next one,
// whatever its surroundings do; it rests at the last one alone. Steps in work move on at the end of a
// period; no more of them are unsent than there are output banks.
//
//: parameters PERIOD=5 PC_BITS=3 STAGES=3
//: parameters PERIOD=2 PC_BITS=1 STAGES=1
//: parameters PERIOD=8 PC_BITS=3 STAGES=2
//: parameters PERIOD=1000 PC_BITS=10 STAGES=2
//: depth 2
//: cover 24
//: mutation lstmg_sequencer 12 s/near_end_q <= next_pc_q == LAST - 1'b1/near_end_q <= next_pc_q == LAST/
//: mutation lstmg_sequencer 28 s/has_room = !unsent_q\[OUTPUT_BANK_BITS\]/has_room = 1'b1/
//: mutation lstmg_sequencer 12 s/if \(near_end_q\) next_pc_q <=/if (at_end_o) next_pc_q <=/
//: mutation lstmg_sequencer 12 s/(taken_o +<= ready_i && has_room && )\(.*\);/\1stays_at_end;/
module proof #(
  parameter integer PERIOD = 5,
  parameter integer PC_BITS = 3,
  parameter integer STAGES = 3
) (
  input wire clk
);

  (* anyseq *) wire rst_any;
  (* anyseq *) wire ready;
  (* anyseq *) wire reset_step;
  (* anyseq *) wire sent;
  reg f_past = 1'b0;
  always @(posedge clk) f_past <= 1'b1;
  wire rst = !f_past || rst_any;

  wire taken, next_bank, start, at_end;
  wire [PC_BITS-1:0] pc;
  wire [3:0] period;
  wire [STAGES-1:0] active, bank, fresh;
  wire [STAGES*2-1:0] output_bank;
  lstmg_sequencer #(
    .PERIOD          (PERIOD),
    .PC_BITS         (PC_BITS),
    .STAGES          (STAGES),
    .AGE_BITS        (4),
    .OUTPUT_BANK_BITS(2)
  ) dut (
    .clk_i        (clk),
    .rst_i        (rst),
    .ready_i      (ready),
    .reset_step_i (reset_step),
    .taken_o      (taken),
    .next_bank_o  (next_bank),
    .sent_i       (sent),
    .start_o      (start),
    .pc_o         (pc),
    .at_end_o     (at_end),
    .period_o     (period),
    .active_o     (active),
    .bank_o       (bank),
    .fresh_o      (fresh),
    .output_bank_o(output_bank)
  );
  (* hierconn *) wire \dut.near_end_q ;
  (* hierconn *) wire [PC_BITS-1:0] \dut.next_pc_q ;
  (* hierconn *) wire \dut.goes_on_q ;
  (* hierconn *) wire \dut.may_start_q ;
  (* hierconn *) wire [2:0] \dut.unsent_q ;

  // Frames taken and not yet sent, counted here; no frame is sent that was not taken.
  reg [2:0] f_unsent = 3'd0;
  always @* assume (!sent || f_unsent != 0);
  // Steps that are in work for another period: all but the oldest. A step takes STAGES of them.
  wire [STAGES-1:0] f_staying = active << 1;
  // What was a cycle ago.
  reg f_running = 1'b0;
  reg f_taken, f_at_end, f_works;
  reg [PC_BITS-1:0] f_pc;
  reg [STAGES-1:0] f_active;
  always @(posedge clk) begin
    f_unsent  <= rst ? 3'd0 : f_unsent + {2'd0, taken} - {2'd0, sent};
    f_running <= !rst;
    f_taken   <= taken;
    f_at_end  <= at_end;
    f_pc      <= pc;
    f_active  <= active;
    f_works   <= taken || |f_staying;
  end

  // Steps in work a period later; bits that are shifted out are done.
  wire [STAGES:0] moved = {f_active, f_taken};
  always @* if (f_past) begin
    assert (pc < PERIOD);
    assert (at_end == (pc == PERIOD - 1));
    if (f_running) begin
      if (!f_at_end)    assert (pc == f_pc + 1);
      else if (f_works) assert (pc == 0);
      else              assert (pc == PERIOD - 1);
      assert (active == (f_at_end ? moved[STAGES-1:0] : f_active));
      assert (start == (f_taken && f_active == 0));
    end
    assert (!taken || at_end);
    assert (f_unsent <= 4);
    // invariant
    assert (\dut.next_pc_q == (pc == PERIOD - 1 ? 0 : pc + 1));
    assert (\dut.near_end_q == (pc == PERIOD - 2));
    assert (\dut.unsent_q == f_unsent);
    assert (\dut.goes_on_q == |f_staying);
    assert (!at_end || taken == \dut.may_start_q );
    cover (start);
    cover (PERIOD > 10 || (&active && pc == 0));
    cover (PERIOD > 7 || f_unsent == 4);
  end

endmodule
