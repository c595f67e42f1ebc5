`default_nettype none
// Signed product in multipliers of an ECP5; same contract as the behavioural hdl/lstmg_multiplier.v.
//
// Factors of at most 18 bits take one multiplier, others as many as the tools find.
//
// Latency: LATENCY cycles, by where registers stand: 1 behind the multiplier, 2 in front of it too, 3
//          also inside of it, 4 also among the lookup tables behind it, since adders may be far away;
//          more stand among those in front.
// Reset:   none.
module lstmg_multiplier #(
  // Bits of the factors, signed.
  parameter integer A_BITS = 16,
  parameter integer B_BITS = 16,
  // Cycles, 1 or more.
  parameter integer LATENCY = 1
) (
  input  wire                            clk_i,
  input  wire signed [A_BITS-1:0]        a_i,
  input  wire signed [B_BITS-1:0]        b_i,
  output wire signed [A_BITS+B_BITS-1:0] product_o
);

  localparam integer INNER = LATENCY < 3 ? LATENCY : 3;
  localparam integer BEHIND = LATENCY > 3 ? 1 : 0;

  wire signed [A_BITS-1:0] near_a;
  wire signed [B_BITS-1:0] near_b;
  lstmg_delay #(.WIDTH(A_BITS + B_BITS), .DEPTH(LATENCY - INNER - BEHIND)) u_near (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({a_i, b_i}),
    .data_o({near_a, near_b})
  );

  generate
    if (A_BITS <= 18 && B_BITS <= 18) begin : gen_one
      wire signed [17:0] a = {{(19 - A_BITS){near_a[A_BITS-1]}}, near_a[A_BITS-2:0]};
      wire signed [17:0] b = {{(19 - B_BITS){near_b[B_BITS-1]}}, near_b[B_BITS-2:0]};
      wire signed [35:0] whole;
      lstmg_multiplier_18 #(.LATENCY(INNER)) u_multiplier (
        .clk_i    (clk_i),
        .a_i      (a),
        .b_i      (b),
        .product_o(whole)
      );
      lstmg_delay #(.WIDTH(A_BITS + B_BITS), .DEPTH(BEHIND)) u_behind (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(whole[A_BITS+B_BITS-1:0]),
        .data_o(product_o)
      );
      if (A_BITS + B_BITS < 36) begin : gen_narrow
        wire unused = &{1'b0, whole[35:A_BITS+B_BITS]};
      end
    end else begin : gen_inferred
      wire signed [A_BITS-1:0] a;
      wire signed [B_BITS-1:0] b;
      reg signed [A_BITS+B_BITS-1:0] product_q;
      lstmg_delay #(.WIDTH(A_BITS + B_BITS), .DEPTH(INNER + BEHIND - 1)) u_factors (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i({near_a, near_b}),
        .data_o({a, b})
      );
      always @(posedge clk_i) product_q <= a * b;
      assign product_o = product_q;
    end
  endgenerate

endmodule
`default_nettype wire
