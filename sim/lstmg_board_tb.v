`timescale 1ns / 1ps
`default_nettype none
// Testbench of a board under Icarus, for netlists: bytes to the receiving pin of its serial line, and what comes
// out of the sending one. lstmg_board_tb.cpp does more, with Verilator.
//
//   vvp MODEL +bytes=FILE +count=N +replies=FILE
//
// FILE has N words of three hexadecimal digits: a byte, or 100 to wait for the end of one more reply. The
// replies are written as a byte a line. The last line is 'end', or 'timeout' when nothing came for long.
//
// Macros LSTMG_TOP: the top module. LSTMG_CLOCKS_PER_BIT: cycles of a bit. LSTMG_CLOCK_NS: a cycle of the
// oscillator. LSTMG_BUTTON: level of the button while it is down.
module lstmg_board_tb;

  localparam integer PATIENCE = 100000;
  localparam [8:0] AWAIT = 9'h100;

  reg  clk = 1'b0;
  reg  rx = 1'b1;
  wire tx;
  wire led_activity;
  wire led_error;
  always #(`LSTMG_CLOCK_NS / 2.0) clk = !clk;

  `LSTMG_TOP dut (
    .clk         (clk),
    .rx          (rx),
    .tx          (tx),
    .button      (!`LSTMG_BUTTON),
    .led_activity(led_activity),
    .led_error   (led_error)
  );

  reg [8:0]        words [0:4095];
  reg [8*4096-1:0] path;
  integer          count;
  integer          replies;
  integer          index;
  integer          place;
  integer          awaited;
  integer          ended;

  task shift(input [7:0] data);
    begin
      rx = 1'b0;
      repeat (`LSTMG_CLOCKS_PER_BIT) @(negedge clk);
      for (place = 0; place < 8; place = place + 1) begin
        rx = data[place];
        repeat (`LSTMG_CLOCKS_PER_BIT) @(negedge clk);
      end
      rx = 1'b1;
      repeat (`LSTMG_CLOCKS_PER_BIT) @(negedge clk);
    end
  endtask

  // ---- what the board sends: bits in their middle
  integer   number;
  reg [7:0] heard;
  initial begin
    ended = 0;
    replies = 0;
    forever begin
      // Nothing is sent, and nothing is known, before configuration has ended its reset.
      @(negedge tx) if (replies != 0) begin
        repeat (`LSTMG_CLOCKS_PER_BIT / 2) @(posedge clk);
        for (number = 0; number < 8; number = number + 1) begin
          repeat (`LSTMG_CLOCKS_PER_BIT) @(posedge clk);
          heard[number] = tx;
        end
        repeat (`LSTMG_CLOCKS_PER_BIT) @(posedge clk);
        $fdisplay(replies, "%h", heard);
        if (heard === 8'd0) ended = ended + 1;
      end
    end
  end

  // ---- what it hears
  integer waited;
  initial begin
    awaited = 0;
    if (!$value$plusargs("count=%d", count)) count = 0;
    if ($value$plusargs("bytes=%s", path)) $readmemh(path, words, 0, count - 1);
    repeat (512) @(negedge clk);
    if ($value$plusargs("replies=%s", path)) replies = $fopen(path, "w");
    for (index = 0; index < count; index = index + 1) begin
      if (words[index] == AWAIT) begin
        awaited = awaited + 1;
        for (waited = 0; ended < awaited; waited = waited + 1) begin
          if (waited == PATIENCE) begin
            $fdisplay(replies, "timeout");
            $finish;
          end
          @(negedge clk);
        end
      end else begin
        shift(words[index][7:0]);
      end
    end
    $fdisplay(replies, "end");
    $fclose(replies);
    $finish;
  end

endmodule
`default_nettype wire
