// lstmg_round adds the rounding bit and saturates, two cycles later; zero comes where valid_i was low.
//
//: parameters IN_BITS=12 OUT_BITS=8
//: parameters IN_BITS=27 OUT_BITS=16
//: parameters IN_BITS=9 OUT_BITS=8
//: parameters IN_BITS=8 OUT_BITS=8
//: depth 4
//: cover 5
//: mutation lstmg_round 5 s/beyond_q \|\| lifted/beyond_q/
//: mutation lstmg_round 5 s/beyond_q \|\| lifted/lifted/
//: mutation lstmg_round 5 s/!negative_q && sum/sum/
module proof #(
  parameter integer IN_BITS = 12,
  parameter integer OUT_BITS = 8
) (
  input wire clk
);

  (* anyseq *) wire signed [IN_BITS-1:0] data;
  (* anyseq *) wire half;
  (* anyseq *) wire valid;
  wire signed [OUT_BITS-1:0] out;
  lstmg_round #(.IN_BITS(IN_BITS), .OUT_BITS(OUT_BITS)) dut (
    .clk_i  (clk),
    .data_i (data),
    .half_i (half),
    .valid_i(valid),
    .data_o (out)
  );

  // What went in, one and two cycles ago.
  reg [1:0] f_age = 2'd0;
  reg signed [IN_BITS-1:0] f_data, f_data2;
  reg f_half, f_half2, f_valid;
  always @(posedge clk) begin
    if (f_age < 2) f_age <= f_age + 2'd1;
    {f_data, f_data2} <= {data, f_data};
    {f_half, f_half2} <= {half, f_half};
    f_valid           <= valid;
  end

  wire signed [63:0] sum = f_data2 + $signed({63'd0, f_half2});
  wire signed [63:0] highest = (64'sd1 << (OUT_BITS - 1)) - 64'sd1;
  wire signed [63:0] lowest = -highest - 64'sd1;
  wire signed [63:0] limited = sum > highest ? highest : sum < lowest ? lowest : sum;
  wire signed [63:0] result = out;
  always @* if (f_age == 2) begin
    assert (result == (f_valid ? limited : 64'sd0));
    cover (f_valid && f_half2 && sum == highest);
    cover (f_valid && (IN_BITS == OUT_BITS ? sum > highest : sum < lowest));
    cover (!f_valid && sum > highest);
  end

endmodule
