`default_nettype none
// Signed multiplier.
//
// Latency: LATENCY cycles. All but the last register stand before the multiplication: two registers
//          behind a product are miscompiled by the DSP pass of common iCE40 synthesis.
// Reset:   none.
module lstmg_multiplier #(
  // Bits of the factors, signed.
  parameter integer A_BITS = 16,
  parameter integer B_BITS = 16,
  // Cycles from factors to product, 1 or more.
  parameter integer LATENCY = 1
) (
  input  wire                            clk_i,
  input  wire signed [A_BITS-1:0]        a_i,
  input  wire signed [B_BITS-1:0]        b_i,
  output reg  signed [A_BITS+B_BITS-1:0] product_o
);

  wire signed [A_BITS-1:0] a;
  wire signed [B_BITS-1:0] b;

  lstmg_delay #(.WIDTH(A_BITS + B_BITS), .DEPTH(LATENCY - 1)) u_factors (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({a_i, b_i}),
    .data_o({a, b})
  );

  always @(posedge clk_i) product_o <= a * b;

endmodule
`default_nettype wire
