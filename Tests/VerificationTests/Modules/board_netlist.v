// A board's netlist at the pins of its serial line: sends what a host says, without waiting for answers, and prints
// a line for each frame of the board, without the zero at its end, then the levels of its LEDs and the cycles of the
// core's clock in a thousand of the oscillator's.
//
//   +bytes=FILE    what to send, in hexadecimal digits
//   +count=N       bytes of it
//   +frames=N      ends with the last of so many
// Macro BOARD: the top module.
module bench #(
  // Half a period of the oscillator and cycles of a bit.
  parameter real HALF_NS = 41.666,
  parameter integer CLOCKS_PER_BIT = 12
);

  localparam integer RESET_CYCLES = 600;
  // A board that has not sent a byte for so long never will.
  localparam integer PATIENCE = 40000;

  reg  clk = 1'b0;
  reg  rx = 1'b1;
  wire tx, activity, error;
  always #(HALF_NS) clk = !clk;
  `BOARD dut (
    .clk         (clk),
    .rx          (rx),
    .tx          (tx),
    .button      (1'b1),
    .led_activity(activity),
    .led_error   (error)
  );

  // ---- clock of the core
  integer core_cycles = 0, before = 0, in_thousand;
  always @(posedge dut.core_clk) core_cycles = core_cycles + 1;
  initial begin
    repeat (RESET_CYCLES) @(negedge clk);
    before = core_cycles;
    repeat (1000) @(negedge clk);
    in_thousand = core_cycles - before;
  end

  // ---- host to board
  reg [8*1024-1:0] path;
  reg [7:0] sent;
  integer   file, count, frames, index, place, status;
  initial begin
    status = $value$plusargs("bytes=%s", path) && $value$plusargs("count=%d", count)
        && $value$plusargs("frames=%d", frames);
    file = $fopen(path, "r");
    repeat (RESET_CYCLES) @(negedge clk);
    for (index = 0; index < count; index = index + 1) begin
      status = $fscanf(file, "%h", sent);
      for (place = 0; place < 10; place = place + 1) begin
        rx = place == 0 ? 1'b0 : place == 9 ? 1'b1 : sent[place-1];
        repeat (CLOCKS_PER_BIT) @(negedge clk);
      end
    end
  end

  // ---- board to host: bits are taken in their middle
  reg [9:0] received;
  integer   bits, ended = 0, quiet = 0;
  always begin
    @(negedge tx);
    repeat (CLOCKS_PER_BIT / 2) @(negedge clk);
    for (bits = 0; bits < 10; bits = bits + 1) begin
      received = {tx, received[9:1]};
      if (bits < 9) repeat (CLOCKS_PER_BIT) @(negedge clk);
    end
    quiet = 0;
    if (received[9] !== 1'b1 || received[0] !== 1'b0) $display("FAIL a byte without its stop bit");
    if (received[8:1] !== 8'd0) $write("%h ", received[8:1]);
    else begin
      $display("");
      ended = ended + 1;
      if (ended == frames) begin
        $display("leds %b %b core %0d", activity, error, in_thousand);
        $finish;
      end
    end
  end
  always @(negedge clk) begin
    quiet = quiet + 1;
    if (quiet == PATIENCE) begin
      $display("FAIL the board answers no more");
      $finish;
    end
  end

endmodule
