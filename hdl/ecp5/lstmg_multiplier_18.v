`default_nettype none
// One multiplier of 18 by 18 bits of an ECP5, signed.
//
// Inputs that stay open are x.
//
// Latency: LATENCY cycles: 1 with the register behind it, 2 with those of the factors too, 3 with the
//          one between its halves.
// Reset:   none.
module lstmg_multiplier_18 #(
  // Cycles, 1 to 3.
  parameter integer LATENCY = 3
) (
  input  wire               clk_i,
  input  wire signed [17:0] a_i,
  input  wire signed [17:0] b_i,
  output wire signed [35:0] product_o
);

  // What leads to adders and multipliers beside this one.
  wire [90:0] unused;

  MULT18X18D #(
    .REG_INPUTA_CLK  (LATENCY > 1 ? "CLK0" : "NONE"),
    .REG_INPUTB_CLK  (LATENCY > 1 ? "CLK0" : "NONE"),
    .REG_PIPELINE_CLK(LATENCY > 2 ? "CLK0" : "NONE"),
    .REG_OUTPUT_CLK  ("CLK0"),
    .GSR             ("DISABLED"),
    .RESETMODE       ("SYNC")
  ) u_multiplier (
    .CLK0(clk_i), .CE0(1'b1), .RST0(1'b0),
    .CLK1(1'bx), .CE1(1'bx), .RST1(1'bx),
    .CLK2(1'bx), .CE2(1'bx), .RST2(1'bx),
    .CLK3(1'bx), .CE3(1'bx), .RST3(1'bx),
    .SIGNEDA(1'b1), .SIGNEDB(1'b1), .SOURCEA(1'b0), .SOURCEB(1'b0),
    .A0(a_i[0]), .A1(a_i[1]), .A2(a_i[2]), .A3(a_i[3]),
    .A4(a_i[4]), .A5(a_i[5]), .A6(a_i[6]), .A7(a_i[7]),
    .A8(a_i[8]), .A9(a_i[9]), .A10(a_i[10]), .A11(a_i[11]),
    .A12(a_i[12]), .A13(a_i[13]), .A14(a_i[14]), .A15(a_i[15]),
    .A16(a_i[16]), .A17(a_i[17]),
    .B0(b_i[0]), .B1(b_i[1]), .B2(b_i[2]), .B3(b_i[3]),
    .B4(b_i[4]), .B5(b_i[5]), .B6(b_i[6]), .B7(b_i[7]),
    .B8(b_i[8]), .B9(b_i[9]), .B10(b_i[10]), .B11(b_i[11]),
    .B12(b_i[12]), .B13(b_i[13]), .B14(b_i[14]), .B15(b_i[15]),
    .B16(b_i[16]), .B17(b_i[17]),
    .C0(1'bx), .C1(1'bx), .C2(1'bx), .C3(1'bx), .C4(1'bx), .C5(1'bx),
    .C6(1'bx), .C7(1'bx), .C8(1'bx), .C9(1'bx), .C10(1'bx), .C11(1'bx),
    .C12(1'bx), .C13(1'bx), .C14(1'bx), .C15(1'bx), .C16(1'bx), .C17(1'bx),
    .SRIA0(1'bx), .SRIA1(1'bx), .SRIA2(1'bx), .SRIA3(1'bx), .SRIA4(1'bx), .SRIA5(1'bx),
    .SRIA6(1'bx), .SRIA7(1'bx), .SRIA8(1'bx), .SRIA9(1'bx), .SRIA10(1'bx), .SRIA11(1'bx),
    .SRIA12(1'bx), .SRIA13(1'bx), .SRIA14(1'bx), .SRIA15(1'bx), .SRIA16(1'bx), .SRIA17(1'bx),
    .SRIB0(1'bx), .SRIB1(1'bx), .SRIB2(1'bx), .SRIB3(1'bx), .SRIB4(1'bx), .SRIB5(1'bx),
    .SRIB6(1'bx), .SRIB7(1'bx), .SRIB8(1'bx), .SRIB9(1'bx), .SRIB10(1'bx), .SRIB11(1'bx),
    .SRIB12(1'bx), .SRIB13(1'bx), .SRIB14(1'bx), .SRIB15(1'bx), .SRIB16(1'bx), .SRIB17(1'bx),
    .P0(product_o[0]), .P1(product_o[1]), .P2(product_o[2]), .P3(product_o[3]),
    .P4(product_o[4]), .P5(product_o[5]), .P6(product_o[6]), .P7(product_o[7]),
    .P8(product_o[8]), .P9(product_o[9]), .P10(product_o[10]), .P11(product_o[11]),
    .P12(product_o[12]), .P13(product_o[13]), .P14(product_o[14]), .P15(product_o[15]),
    .P16(product_o[16]), .P17(product_o[17]), .P18(product_o[18]), .P19(product_o[19]),
    .P20(product_o[20]), .P21(product_o[21]), .P22(product_o[22]), .P23(product_o[23]),
    .P24(product_o[24]), .P25(product_o[25]), .P26(product_o[26]), .P27(product_o[27]),
    .P28(product_o[28]), .P29(product_o[29]), .P30(product_o[30]), .P31(product_o[31]),
    .P32(product_o[32]), .P33(product_o[33]), .P34(product_o[34]), .P35(product_o[35]),
    .ROA0(unused[0]), .ROA1(unused[1]), .ROA2(unused[2]), .ROA3(unused[3]),
    .ROA4(unused[4]), .ROA5(unused[5]), .ROA6(unused[6]), .ROA7(unused[7]),
    .ROA8(unused[8]), .ROA9(unused[9]), .ROA10(unused[10]), .ROA11(unused[11]),
    .ROA12(unused[12]), .ROA13(unused[13]), .ROA14(unused[14]), .ROA15(unused[15]),
    .ROA16(unused[16]), .ROA17(unused[17]),
    .ROB0(unused[18]), .ROB1(unused[19]), .ROB2(unused[20]), .ROB3(unused[21]),
    .ROB4(unused[22]), .ROB5(unused[23]), .ROB6(unused[24]), .ROB7(unused[25]),
    .ROB8(unused[26]), .ROB9(unused[27]), .ROB10(unused[28]), .ROB11(unused[29]),
    .ROB12(unused[30]), .ROB13(unused[31]), .ROB14(unused[32]), .ROB15(unused[33]),
    .ROB16(unused[34]), .ROB17(unused[35]),
    .ROC0(unused[36]), .ROC1(unused[37]), .ROC2(unused[38]), .ROC3(unused[39]),
    .ROC4(unused[40]), .ROC5(unused[41]), .ROC6(unused[42]), .ROC7(unused[43]),
    .ROC8(unused[44]), .ROC9(unused[45]), .ROC10(unused[46]), .ROC11(unused[47]),
    .ROC12(unused[48]), .ROC13(unused[49]), .ROC14(unused[50]), .ROC15(unused[51]),
    .ROC16(unused[52]), .ROC17(unused[53]),
    .SROA0(unused[54]), .SROA1(unused[55]), .SROA2(unused[56]), .SROA3(unused[57]),
    .SROA4(unused[58]), .SROA5(unused[59]), .SROA6(unused[60]), .SROA7(unused[61]),
    .SROA8(unused[62]), .SROA9(unused[63]), .SROA10(unused[64]), .SROA11(unused[65]),
    .SROA12(unused[66]), .SROA13(unused[67]), .SROA14(unused[68]), .SROA15(unused[69]),
    .SROA16(unused[70]), .SROA17(unused[71]),
    .SROB0(unused[72]), .SROB1(unused[73]), .SROB2(unused[74]), .SROB3(unused[75]),
    .SROB4(unused[76]), .SROB5(unused[77]), .SROB6(unused[78]), .SROB7(unused[79]),
    .SROB8(unused[80]), .SROB9(unused[81]), .SROB10(unused[82]), .SROB11(unused[83]),
    .SROB12(unused[84]), .SROB13(unused[85]), .SROB14(unused[86]), .SROB15(unused[87]),
    .SROB16(unused[88]), .SROB17(unused[89]),
    .SIGNEDP(unused[90])
  );

endmodule
`default_nettype wire
