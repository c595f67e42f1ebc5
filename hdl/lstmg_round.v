`default_nettype none
// Adds a rounding bit and saturates, in two cycles; with lstmg_align what lstmg_round_saturate does
// for a fixed shift. Twin of Sources/FixedPoint/SaturatingArithmetic.swift.
//
//   y = min(max(data_i + half_i, -2^(OUT_BITS-1)), 2^(OUT_BITS-1) - 1)
//
// A word beyond the limits is told by its top bits before the addition. One inside can only be lifted
// to the first word beyond the upper limit, which shows in the sum's bit OUT_BITS - 1.
//
// Latency: 2 cycles.
// Reset:   none.
module lstmg_round #(
  // Bits of the input, OUT_BITS or more, and of the output, signed.
  parameter integer IN_BITS = 27,
  parameter integer OUT_BITS = 16
) (
  input  wire                       clk_i,
  input  wire signed [IN_BITS-1:0]  data_i,
  input  wire                       half_i,
  // One cycle before data_o, which is zero without
  input  wire                       valid_i,
  output reg  signed [OUT_BITS-1:0] data_o
);

  wire [IN_BITS-OUT_BITS:0]  top = data_i[IN_BITS-1:OUT_BITS-1];
  reg                        negative_q;
  reg                        beyond_q;
  always @(posedge clk_i) begin
    negative_q <= data_i[IN_BITS-1];
    beyond_q   <= !((&top) || !(|top));
  end

  wire signed [OUT_BITS-1:0] sum;
  lstmg_adder #(.BITS(OUT_BITS), .USES_A(0), .USES_CARRY(1)) u_sum (
    .clk_i   (clk_i),
    .invert_i(1'b0),
    .a_i     ({OUT_BITS{1'b0}}),
    .b_i     (data_i[OUT_BITS-1:0]),
    .c_i     ({OUT_BITS{1'b0}}),
    .carry_i (half_i),
    .sum_o   (sum)
  );

  wire lifted = !negative_q && sum[OUT_BITS-1];
  always @(posedge clk_i)
    if (valid_i) data_o <= beyond_q || lifted ? {negative_q, {(OUT_BITS - 1){!negative_q}}} : sum;
    else         data_o <= {OUT_BITS{1'b0}};

endmodule
`default_nettype wire
