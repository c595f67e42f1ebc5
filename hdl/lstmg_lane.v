`default_nettype none
// A MAC lane: one weight times one value per cycle, summed exactly.
//
// Every cycle the lane multiplies the value of its source by a weight and adds the product to the
// running sum. A sum that ends travels along the capture chain towards the node unit, if it is to be
// captured. The schedule keeps two sums from meeting in the chain.
//
// Latency: MULTIPLY + SUM_SEGMENTS cycles from the factors to the sum in the accumulator, one more to
//          chain_*_o.
// Reset:   none.
module lstmg_lane #(
  // Bits of a weight, of a value and of the sum.
  parameter integer WEIGHT_BITS = 16,
  parameter integer VALUE_BITS = 16,
  parameter integer SUM_BITS = 40,
  // Pipeline: cycles of the parts, see the modules that have them.
  parameter integer MULTIPLY_LATENCY = 1,
  parameter integer SUM_SEGMENTS = 1
) (
  input  wire                          clk_i,
  // Factors
  input  wire signed [WEIGHT_BITS-1:0] weight_i,
  input  wire signed [VALUE_BITS-1:0]  value_i,
  // The sum begins with this value (start), ends with it (last), and is captured
  input  wire                          start_i,
  input  wire                          last_i,
  input  wire                          capture_i,
  // Capture chain
  input  wire                          chain_valid_i,
  input  wire signed [SUM_BITS-1:0]    chain_sum_i,
  output reg                           chain_valid_o,
  output reg  signed [SUM_BITS-1:0]    chain_sum_o,
  // What chain_sum_o will be in the next cycle
  output wire signed [SUM_BITS-1:0]    next_sum_o
);

  // ---- product and sum
  wire signed [WEIGHT_BITS+VALUE_BITS-1:0] product;
  lstmg_multiplier #(
    .A_BITS (WEIGHT_BITS),
    .B_BITS (VALUE_BITS),
    .LATENCY(MULTIPLY_LATENCY)
  ) u_multiplier (
    .clk_i    (clk_i),
    .a_i      (weight_i),
    .b_i      (value_i),
    .product_o(product)
  );

  wire capture_early;
  wire last_early;
  wire start_early;
  lstmg_delay #(.WIDTH(3), .DEPTH(MULTIPLY_LATENCY - 1)) u_marks (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({capture_i, last_i, start_i}),
    .data_o({capture_early, last_early, start_early})
  );

  reg capture_at_product;
  reg capture_q;
  reg last_at_product;
  reg first_at_product;
  always @(posedge clk_i) begin
    capture_at_product <= capture_early;
    capture_q          <= capture_at_product;
    last_at_product    <= last_early;
    first_at_product   <= last_at_product || start_early;
  end

  // A wire of its own: yosys 0.23 stops at a concatenation in the port where it is just the product.
  wire signed [SUM_BITS-1:0] term =
      {{(SUM_BITS - WEIGHT_BITS - VALUE_BITS + 1){product[WEIGHT_BITS+VALUE_BITS-1]}},
       product[WEIGHT_BITS+VALUE_BITS-2:0]};
  wire signed [SUM_BITS-1:0] sum;
  lstmg_accumulator #(
    .SUM_BITS  (SUM_BITS),
    .SEGMENTS  (SUM_SEGMENTS),
    .USES_OTHER(0)
  ) u_sum (
    .clk_i   (clk_i),
    .enable_i(1'b1),
    .first_i (first_at_product),
    .term_i  (term),
    .other_i ({SUM_BITS{1'b0}}),
    .sum_o   (sum)
  );

  wire capture_at_sum;
  lstmg_delay #(.WIDTH(1), .DEPTH(SUM_SEGMENTS - 1)) u_capture (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(capture_q),
    .data_o(capture_at_sum)
  );

  // ---- capture
  assign next_sum_o = capture_at_sum ? sum : chain_sum_i;
  always @(posedge clk_i) begin
    chain_valid_o <= capture_at_sum | chain_valid_i;
    chain_sum_o   <= next_sum_o;
  end

endmodule
`default_nettype wire
