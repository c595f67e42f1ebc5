`default_nettype none
// Signed product in a multiplier of an iCE40 UltraPlus; same contract as the behavioural
// hdl/lstmg_multiplier.v.
//
// Factors of at most 16 bits take one SB_MAC16, and one of 17 bits that is never negative too; others
// as many as the tools find. The cell is instantiated because registers are: two of them behind a
// product are miscompiled by the DSP pass of common iCE40 synthesis. Synthesise without that pass
// (`synth_ice40` without -dsp): it takes the registers out of cells that are instantiated, too.
//
// Latency: LATENCY cycles, by where registers stand: 1 behind the product, 2 in front of it too, 3 also
//          in the middle; more stand in front of the cell, among the lookup tables.
// Reset:   none.
module lstmg_multiplier #(
  // Bits of the factors, signed.
  parameter integer A_BITS = 16,
  parameter integer B_BITS = 16,
  // Whether a_i is never negative, 0 or 1.
  parameter integer A_POSITIVE = 0,
  // Cycles, 1 or more.
  parameter integer LATENCY = 1
) (
  input  wire                            clk_i,
  input  wire signed [A_BITS-1:0]        a_i,
  input  wire signed [B_BITS-1:0]        b_i,
  output wire signed [A_BITS+B_BITS-1:0] product_o
);

  localparam integer INNER = LATENCY < 3 ? LATENCY : 3;
  localparam integer FITS =
      (A_BITS <= 16 || (A_BITS == 17 && A_POSITIVE != 0)) && B_BITS <= 16 ? 1 : 0;

  wire signed [A_BITS-1:0] a;
  wire signed [B_BITS-1:0] b;
  lstmg_delay #(
    .WIDTH(A_BITS + B_BITS),
    .DEPTH(FITS != 0 ? LATENCY - INNER : LATENCY - 1)
  ) u_factors (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({a_i, b_i}),
    .data_o({a, b})
  );

  generate
    if (FITS != 0) begin : gen_one
      wire [16:0] wide_a = {{(18 - A_BITS){a[A_BITS-1]}}, a[A_BITS-2:0]};
      wire [15:0] wide_b = {{(17 - B_BITS){b[B_BITS-1]}}, b[B_BITS-2:0]};
      wire [31:0] product;
      wire        unused_sign = wide_a[16];
      wire        unused_co;
      wire        unused_accumco;
      wire        unused_signextout;
      SB_MAC16 #(
        .A_REG                   (INNER > 1 ? 1'b1 : 1'b0),
        .B_REG                   (INNER > 1 ? 1'b1 : 1'b0),
        .TOP_8x8_MULT_REG        (INNER > 2 ? 1'b1 : 1'b0),
        .BOT_8x8_MULT_REG        (INNER > 2 ? 1'b1 : 1'b0),
        .PIPELINE_16x16_MULT_REG1(INNER > 2 ? 1'b1 : 1'b0),
        .PIPELINE_16x16_MULT_REG2(1'b1),
        // The outputs are the 32 bits of the product.
        .TOPOUTPUT_SELECT        (2'd3),
        .BOTOUTPUT_SELECT        (2'd3),
        .A_SIGNED                (A_POSITIVE != 0 ? 1'b0 : 1'b1),
        .B_SIGNED                (1'b1)
      ) u_cell (
        .CLK       (clk_i),
        .CE        (1'b1),
        .A         (wide_a[15:0]),
        .B         (wide_b),
        .C         (16'd0),
        .D         (16'd0),
        .AHOLD     (1'b0),
        .BHOLD     (1'b0),
        .CHOLD     (1'b0),
        .DHOLD     (1'b0),
        .IRSTTOP   (1'b0),
        .IRSTBOT   (1'b0),
        .ORSTTOP   (1'b0),
        .ORSTBOT   (1'b0),
        .OLOADTOP  (1'b0),
        .OLOADBOT  (1'b0),
        .ADDSUBTOP (1'b0),
        .ADDSUBBOT (1'b0),
        .OHOLDTOP  (1'b0),
        .OHOLDBOT  (1'b0),
        .CI        (1'b0),
        .ACCUMCI   (1'b0),
        .SIGNEXTIN (1'b0),
        .O         (product),
        .CO        (unused_co),
        .ACCUMCO   (unused_accumco),
        .SIGNEXTOUT(unused_signextout)
      );
      // A factor that is never negative has a sign that is none.
      if (A_BITS + B_BITS > 32) begin : gen_sign
        assign product_o = {product[31], product};
      end else begin : gen_exact
        assign product_o = product[A_BITS+B_BITS-1:0];
        if (A_BITS + B_BITS < 32) begin : gen_narrow
          wire unused = &{1'b0, product[31:A_BITS+B_BITS]};
        end
      end
    end else begin : gen_inferred
      reg signed [A_BITS+B_BITS-1:0] product_q;
      always @(posedge clk_i) product_q <= a * b;
      assign product_o = product_q;
    end
  endgenerate

endmodule
`default_nettype wire
