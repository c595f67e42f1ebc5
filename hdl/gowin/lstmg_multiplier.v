`default_nettype none
// Signed product in multipliers of a Gowin device; same contract as the behavioural
// hdl/lstmg_multiplier.v.
//
// Factors of at most 18 bits take one multiplier with its own registers, others as many as the tools
// find.
//
// Latency: LATENCY cycles, by where registers stand: 1 behind the multiplier, 2 in front of it too, 3
//          also inside of it; more stand among the lookup tables in front.
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

  wire signed [A_BITS-1:0] near_a;
  wire signed [B_BITS-1:0] near_b;
  lstmg_delay #(.WIDTH(A_BITS + B_BITS), .DEPTH(LATENCY - INNER)) u_near (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({a_i, b_i}),
    .data_o({near_a, near_b})
  );

  generate
    if (A_BITS <= 18 && B_BITS <= 18) begin : gen_one
      wire [17:0] a = {{(19 - A_BITS){near_a[A_BITS-1]}}, near_a[A_BITS-2:0]};
      wire [17:0] b = {{(19 - B_BITS){near_b[B_BITS-1]}}, near_b[B_BITS-2:0]};
      wire [35:0] whole;
      // What leads to the factors of a neighbour.
      wire [35:0] unused_shift;

      MULT18X18 #(
        .AREG           (LATENCY > 1 ? 1'b1 : 1'b0),
        .BREG           (LATENCY > 1 ? 1'b1 : 1'b0),
        .PIPE_REG       (LATENCY > 2 ? 1'b1 : 1'b0),
        .OUT_REG        (1'b1),
        .ASIGN_REG      (1'b0),
        .BSIGN_REG      (1'b0),
        .SOA_REG        (1'b0),
        .MULT_RESET_MODE("SYNC")
      ) u_multiplier (
        .CLK  (clk_i),
        .CE   (1'b1),
        .RESET(1'b0),
        .A    (a),
        .B    (b),
        .SIA  (18'd0),
        .SIB  (18'd0),
        .ASEL (1'b0),
        .BSEL (1'b0),
        .ASIGN(1'b1),
        .BSIGN(1'b1),
        .DOUT (whole),
        .SOA  (unused_shift[17:0]),
        .SOB  (unused_shift[35:18])
      );
      assign product_o = whole[A_BITS+B_BITS-1:0];
      if (A_BITS + B_BITS < 36) begin : gen_narrow
        wire unused = &{1'b0, whole[35:A_BITS+B_BITS], unused_shift};
      end else begin : gen_exact
        wire unused = &{1'b0, unused_shift};
      end
    end else begin : gen_inferred
      wire signed [A_BITS-1:0] a;
      wire signed [B_BITS-1:0] b;
      reg signed [A_BITS+B_BITS-1:0] product_q;
      lstmg_delay #(.WIDTH(A_BITS + B_BITS), .DEPTH(INNER - 1)) u_factors (
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
