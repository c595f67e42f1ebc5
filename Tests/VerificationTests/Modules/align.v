`default_nettype none
// lstmg_align against an arithmetic shift, lstmg_round behind it against a clipped addition.
module align_case #(
  parameter integer WIDTH = 16,
  parameter integer SHIFT_BITS = 3,
  parameter integer STAGES = 1,
  parameter integer DECODED = 0
);
  reg                     clk = 1'b0;
  reg                     is_late;
  reg  [SHIFT_BITS-1:0]   shift;
  reg  signed [WIDTH-1:0] early;
  reg  signed [WIDTH-1:0] late;
  wire signed [WIDTH-1:0] data;
  wire                    half;

  lstmg_align #(.WIDTH(WIDTH), .SHIFT_BITS(SHIFT_BITS), .STAGES(STAGES), .DECODED(DECODED)) dut (
    .clk_i(clk), .is_late_i(is_late), .shift_i(shift), .early_i(early), .late_i(late),
    .data_o(data), .half_o(half)
  );

  // By the round in which the amount is there; data come DECODED rounds later.
  localparam integer DELAY = DECODED + STAGES;
  reg signed [WIDTH-1:0] early_words [0:511];
  reg signed [WIDTH-1:0] late_words [0:511];
  reg signed [WIDTH:0]   expected [0:511];
  integer                round;
  initial begin
    for (round = 0; round < 512; round = round + 1) begin
      early_words[round] = {$random, $random};
      late_words[round]  = {$random, $random};
      early   = round >= DECODED ? early_words[round-DECODED] : {WIDTH{1'b0}};
      late    = round > DECODED ? late_words[round-DECODED-1] : {WIDTH{1'b0}};
      shift   = $random;
      is_late = $random;
      expected[round] = $signed({is_late ? late_words[round] : early_words[round], 1'b0});
      expected[round] = expected[round] >>> shift;
      #1 clk = 1'b1;
      #1 clk = 1'b0;
      if (round >= DELAY && {data, half} !== expected[round-DELAY])
        $display("FAIL align %0d bits, shift of %0d bits, %0d stages, decoded %0d: %h, expected %h",
                 WIDTH, SHIFT_BITS, STAGES, DECODED, {data, half}, expected[round-DELAY]);
    end
    $display("checked %0d", round);
  end
endmodule

module round_case #(
  parameter integer IN_BITS = 16,
  parameter integer OUT_BITS = 8
);
  localparam signed [IN_BITS:0] LARGEST = {{(IN_BITS - OUT_BITS + 2){1'b0}}, {(OUT_BITS - 1){1'b1}}};

  reg                        clk = 1'b0;
  reg  signed [IN_BITS-1:0]  data;
  reg                        half;
  reg                        valid;
  wire signed [OUT_BITS-1:0] rounded;
  lstmg_round #(.IN_BITS(IN_BITS), .OUT_BITS(OUT_BITS)) dut (
    .clk_i(clk), .data_i(data), .half_i(half), .valid_i(valid), .data_o(rounded)
  );
  wire signed [OUT_BITS-1:0] shifted;
  lstmg_round_saturate #(.IN_BITS(IN_BITS + 1), .OUT_BITS(OUT_BITS), .SHIFT(1)) fixed (
    .data_i({data, half}), .data_o(shifted)
  );

  reg signed [IN_BITS:0] sum;
  reg [OUT_BITS-1:0]     expected [0:511];
  integer                round;
  initial begin
    for (round = 0; round < 512; round = round + 1) begin
      // Most words within the limits or just beyond them.
      data = {$random, $random};
      data = data >>> (IN_BITS - OUT_BITS) * (round % 4 != 0) - (round % 4 == 3 && IN_BITS > OUT_BITS);
      if (round < 8) data = LARGEST - 2 + round / 2;
      if (round >= 8 && round < 16) data = -LARGEST - 3 + round / 2 - 4;
      half = $random;
      valid = round % 5 != 0;
      sum  = $signed({data[IN_BITS-1], data}) + $signed({{IN_BITS{1'b0}}, half});
      if (sum > LARGEST) sum = LARGEST;
      if (sum < -LARGEST - 1) sum = -LARGEST - 1;
      expected[round] = sum[OUT_BITS-1:0];
      #1 clk = 1'b1;
      if (shifted !== expected[round])
        $display("FAIL round_saturate %0d to %0d bits: %h of %h, expected %h", IN_BITS, OUT_BITS,
                 shifted, data, expected[round]);
      #1 clk = 1'b0;
      if (round > 0 && rounded !== (valid ? expected[round-1] : {OUT_BITS{1'b0}}))
        $display("FAIL round %0d to %0d bits: %h, valid %b, expected %h", IN_BITS, OUT_BITS, rounded,
                 valid, expected[round-1]);
    end
    $display("checked %0d", round);
  end
endmodule

module bench;
  genvar stages;
  genvar bits;
  generate
    for (stages = 1; stages <= 3; stages = stages + 1) begin : gen_stages
      for (bits = 1; bits <= 5; bits = bits + 1) begin : gen_bits
        align_case #(.WIDTH(33), .SHIFT_BITS(bits), .STAGES(stages)) narrow ();
        align_case #(.WIDTH(52), .SHIFT_BITS(bits), .STAGES(stages)) wide ();
        align_case #(.WIDTH(41), .SHIFT_BITS(bits), .STAGES(stages), .DECODED(1)) decoded ();
      end
    end
    for (bits = 4; bits <= 18; bits = bits + 7) begin : gen_round
      round_case #(.IN_BITS(bits), .OUT_BITS(bits)) same ();
      round_case #(.IN_BITS(bits + 1), .OUT_BITS(bits)) next ();
      round_case #(.IN_BITS(40), .OUT_BITS(bits)) wide ();
    end
  endgenerate
endmodule
`default_nettype wire
