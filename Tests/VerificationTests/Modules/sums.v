`default_nettype none
// lstmg_adder and lstmg_accumulator, in any number of carry segments, against plain additions.
module adder_case #(
  parameter integer BITS = 8,
  parameter integer SEGMENTS = 1,
  // USES_A, USES_C, USES_CARRY, USES_INVERT
  parameter [3:0] USES = 4'd0
);
  reg clk = 1'b0;
  reg invert;
  reg carry;
  reg [BITS-1:0] a;
  reg [BITS-1:0] b;
  reg [BITS-1:0] c;
  wire signed [BITS-1:0] sum;

  lstmg_adder #(
    .BITS       (BITS),
    .SEGMENTS   (SEGMENTS),
    .USES_A     ({31'd0, USES[3]}),
    .USES_C     ({31'd0, USES[2]}),
    .USES_CARRY ({31'd0, USES[1]}),
    .USES_INVERT({31'd0, USES[0]})
  ) dut (
    .clk_i(clk), .invert_i(invert), .a_i(a), .b_i(b), .c_i(c), .carry_i(carry), .sum_o(sum)
  );

  reg [BITS-1:0] expected [0:255];
  reg [BITS-1:0] addend;
  integer        round;
  initial begin
    for (round = 0; round < 256; round = round + 1) begin
      a = {$random, $random};
      b = round % 3 == 0 ? ~a : {$random, $random};
      c = {$random, $random};
      if (USES[2]) c = c & ~b;
      {invert, carry} = $random;
      addend = USES[2] ? b | c : b;
      if (USES[0] && invert) addend = ~addend;
      expected[round] = (USES[3] ? a : {BITS{1'b0}}) + addend + {{BITS{1'b0}}, USES[1] & carry};
      #1 clk = 1'b1;
      #1 clk = 1'b0;
      if (round >= SEGMENTS - 1 && sum !== expected[round-SEGMENTS+1])
        $display("FAIL adder %0d bits, %0d segments, uses %b: %h, expected %h", BITS, SEGMENTS,
                 USES, sum, expected[round-SEGMENTS+1]);
    end
    $display("checked %0d", round);
  end
endmodule

module accumulator_case #(
  parameter integer BITS = 8,
  parameter integer SEGMENTS = 1,
  parameter integer USES_OTHER = 0
);
  reg clk = 1'b0;
  reg enable;
  reg first;
  reg [BITS-1:0] term;
  reg [BITS-1:0] other;
  wire signed [BITS-1:0] sum;

  lstmg_accumulator #(.SUM_BITS(BITS), .SEGMENTS(SEGMENTS), .USES_OTHER(USES_OTHER)) dut (
    .clk_i(clk), .enable_i(enable), .first_i(first), .term_i(term), .other_i(other), .sum_o(sum)
  );

  reg [BITS-1:0] expected [0:255];
  reg [BITS-1:0] running;
  integer        round;
  initial begin
    for (round = 0; round < 256; round = round + 1) begin
      first  = round == 0 || $random % 5 == 0;
      enable = round == 0 || $random % 4 != 0;
      term   = {$random, $random};
      other  = {$random, $random};
      if (USES_OTHER != 0) other = other & ~term;
      if (enable)
        running = (first ? {BITS{1'b0}} : running) + (USES_OTHER != 0 ? term | other : term);
      expected[round] = running;
      #1 clk = 1'b1;
      #1 clk = 1'b0;
      if (round >= SEGMENTS - 1 && sum !== expected[round-SEGMENTS+1])
        $display("FAIL accumulator %0d bits, %0d segments: %h, expected %h", BITS, SEGMENTS, sum,
                 expected[round-SEGMENTS+1]);
    end
    $display("checked %0d", round);
  end
endmodule

module bench;
  genvar segments;
  genvar width;
  genvar uses;
  generate
    for (segments = 1; segments <= 4; segments = segments + 1) begin : gen_segments
      for (width = 5; width <= 61; width = width + 28) begin : gen_width
        for (uses = 0; uses < 16; uses = uses + 1) begin : gen_uses
          // Inverted addends exclude a.
          if (uses % 2 == 0 || uses < 8) begin : gen_allowed
            adder_case #(.BITS(width), .SEGMENTS(segments), .USES(uses)) sum ();
          end
        end
        accumulator_case #(.BITS(width), .SEGMENTS(segments), .USES_OTHER(0)) lane ();
        accumulator_case #(.BITS(width), .SEGMENTS(segments), .USES_OTHER(1)) unit ();
      end
    end
  endgenerate
endmodule
`default_nettype wire
