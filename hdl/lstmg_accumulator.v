`default_nettype none
// Exact sum of a run of products.
//
// Latency: 1 cycle: sum_o holds the sum up to and including the product of the previous cycle.
// Width:   SUM_BITS is proved by the compiler, so the sum never overflows.
// Reset:   none; first_i starts a new sum.
module lstmg_accumulator #(
  // Bits of a product, signed.
  parameter integer PRODUCT_BITS = 32,
  // Bits of the sum, signed, more than or equal to PRODUCT_BITS.
  parameter integer SUM_BITS = 40
) (
  input  wire                           clk_i,
  input  wire                           first_i,
  input  wire signed [PRODUCT_BITS-1:0] product_i,
  output reg  signed [SUM_BITS-1:0]     sum_o
);

  wire signed [SUM_BITS-1:0] product =
      {{(SUM_BITS - PRODUCT_BITS + 1){product_i[PRODUCT_BITS-1]}}, product_i[PRODUCT_BITS-2:0]};

  always @(posedge clk_i) sum_o <= (first_i ? {SUM_BITS{1'b0}} : sum_o) + product;

endmodule
`default_nettype wire
