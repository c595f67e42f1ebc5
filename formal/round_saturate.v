// lstmg_round_saturate rounds to nearest, ties upwards, and saturates.
//
// The specification does not compute the result: it says which inputs have it. With q = 2^SHIFT, a result y
// between the limits stands for exactly the inputs with q y - q/2 <= x < q y + q/2, the limits for
// all that lies beyond as well. Both sides are doubled, so that nothing is halved.
//
//: parameters IN_BITS=14 OUT_BITS=8 SHIFT=3
//: parameters IN_BITS=40 OUT_BITS=16 SHIFT=15
//: parameters IN_BITS=9 OUT_BITS=8 SHIFT=0
//: parameters IN_BITS=6 OUT_BITS=9 SHIFT=2
//: parameters IN_BITS=12 OUT_BITS=4 SHIFT=11
//: depth 1
//: cover 1
//: mutation lstmg_round_saturate 1 s/extended \+ \$signed\(HALF\)/extended/
//: mutation lstmg_round_saturate 1 s/fits \? rounded/1'b1 ? rounded/
//: mutation lstmg_round_saturate 1 s/\+ SHIFT\) \+ 1;/+ SHIFT);/
module proof #(
  parameter integer IN_BITS = 14,
  parameter integer OUT_BITS = 8,
  parameter integer SHIFT = 3
) (
  input wire clk
);

  (* anyseq *) wire signed [IN_BITS-1:0] data;
  wire signed [OUT_BITS-1:0] out;
  lstmg_round_saturate #(.IN_BITS(IN_BITS), .OUT_BITS(OUT_BITS), .SHIFT(SHIFT)) dut (
    .data_i(data),
    .data_o(out)
  );

  wire signed [79:0] x = data;
  wire signed [79:0] y = out;
  wire signed [79:0] q = 80'sd1 << SHIFT;
  wire signed [79:0] highest = (80'sd1 << (OUT_BITS - 1)) - 80'sd1;
  wire signed [79:0] lowest = -highest - 80'sd1;
  wire signed [79:0] below = 80'sd2 * q * y - q;
  wire signed [79:0] above = 80'sd2 * q * y + q;
  always @* begin
    assert (y == lowest || below <= 80'sd2 * x);
    assert (y == highest || 80'sd2 * x < above);
    // Halfway between two results, where there is a halfway.
    cover (x < 0 && y != lowest && (SHIFT == 0 || below == 80'sd2 * x));
  end

endmodule
