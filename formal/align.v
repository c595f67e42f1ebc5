// lstmg_align chooses one of two words and shifts it right, with every number of stages.
//
// Said by intervals: with 2^shift = q, the result {data_o, half_o} is the one r with r q <= 2 x < (r + 1) q.
//
//: parameters WIDTH=12 SHIFT_BITS=5 STAGES=3 DECODED=1
//: parameters WIDTH=12 SHIFT_BITS=5 STAGES=2 DECODED=0
//: parameters WIDTH=20 SHIFT_BITS=4 STAGES=1 DECODED=0
//: parameters WIDTH=12 SHIFT_BITS=3 STAGES=3 DECODED=0
//: parameters WIDTH=9 SHIFT_BITS=2 STAGES=1 DECODED=1
//: depth 7
//: cover 8
//: mutation lstmg_align 8 s/early_word = \{early_i, 1'b0\}/early_word = {early_i, 1'b1}/
//: mutation lstmg_align 8 s/column = \{fine_q\[12\+line\]/column = {fine_q[8+line]/
//: mutation lstmg_shifter 8 s/data_i >>> /data_i >> /
module proof #(
  parameter integer WIDTH = 12,
  parameter integer SHIFT_BITS = 5,
  parameter integer STAGES = 1,
  parameter integer DECODED = 0
) (
  input wire clk
);

  // A word and its shift enter in one cycle, and everything that belongs to them reaches the module when
  // its contract says so.
  (* anyseq *) wire signed [WIDTH-1:0] word;
  (* anyseq *) wire signed [WIDTH-1:0] other;
  (* anyseq *) wire [SHIFT_BITS-1:0] shift;
  (* anyseq *) wire is_late;
  localparam integer LATENCY = DECODED + STAGES + 1;
  localparam integer BITS = 2 * WIDTH + SHIFT_BITS + 1;
  reg [3:0] f_age = 4'd0;
  // Everything that entered, the newest in the lowest bits.
  reg  [LATENCY*BITS-1:0] f_entered;
  wire [(LATENCY+1)*BITS-1:0] entered = {f_entered, word, other, shift, is_late};
  always @(posedge clk) begin
    f_entered <= entered[LATENCY*BITS-1:0];
    if (f_age < LATENCY) f_age <= f_age + 4'd1;
  end

  wire signed [WIDTH-1:0] early_word, early_other, late_word, late_other, x, x_other;
  wire [SHIFT_BITS-1:0] early_shift, late_shift, x_shift;
  wire early_is_late, late_is_late, x_is_late;
  assign {early_word, early_other, early_shift, early_is_late} = entered[DECODED*BITS +: BITS];
  assign {late_word, late_other, late_shift, late_is_late} = entered[(DECODED+1)*BITS +: BITS];
  assign {x, x_other, x_shift, x_is_late} = entered[LATENCY*BITS +: BITS];

  wire signed [WIDTH-1:0] out;
  wire half;
  lstmg_align #(
    .WIDTH     (WIDTH),
    .SHIFT_BITS(SHIFT_BITS),
    .STAGES    (STAGES),
    .DECODED   (DECODED)
  ) dut (
    .clk_i    (clk),
    .is_late_i(is_late),
    .shift_i  (shift),
    .early_i  (early_is_late ? early_other : early_word),
    .late_i   (late_is_late ? late_word : late_other),
    .data_o   (out),
    .half_o   (half)
  );

  localparam integer WIDE = WIDTH + (1 << SHIFT_BITS) + 3;
  wire signed [WIDTH:0] result = {out, half};
  wire signed [WIDE-1:0] r = result;
  wire signed [WIDE-1:0] low = r << x_shift;
  wire signed [WIDE-1:0] high = (r + 1) << x_shift;
  wire signed [WIDE-1:0] doubled = x;
  wire signed [WIDE-1:0] twice = doubled + doubled;
  always @* if (f_age == LATENCY) begin
    assert (low <= twice && twice < high);
    cover (x < -16 && x_shift == 3 && half && !x_is_late);
    cover (x > 16 && x_shift == 3 && half && x_is_late);
    cover (x == -1 && &x_shift);
  end

endmodule
