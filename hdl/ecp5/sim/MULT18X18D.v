`default_nettype none
// Behaviour of the ECP5's multiplier of 18 by 18 bits, for the simulation of netlists: yosys has
// its ports and parameters only.
//
// Latency:  one cycle for each stage whose REG_*_CLK is not "NONE": factors with their signs
//           (INPUTA, INPUTB), product (PIPELINE), result (OUTPUT).
// Factors:  signed where SIGNEDA or SIGNEDB is high; SOURCEA or SOURCEB high takes SRIA or SRIB in
//           place of A or B. SROA and SROB hand the factors behind their registers to a neighbour.
// Reset:    RST0 to RST3 as the parameters choose, see lstmg_ecp5_register; no global one.
// Not here: modes with C (SOURCEB_MODE), MULT_BYPASS and HIGHSPEED_CLK, which end the simulation;
//           ROA, ROB and ROC, which go to the adder behind, are unknown.
//
// Parameters that choose nothing here are those of the cell.
/* verilator lint_off UNUSEDPARAM */
module MULT18X18D #(
  parameter [31:0] REG_INPUTA_CLK = "NONE",
  parameter [31:0] REG_INPUTA_CE = "CE0",
  parameter [31:0] REG_INPUTA_RST = "RST0",
  parameter [31:0] REG_INPUTB_CLK = "NONE",
  parameter [31:0] REG_INPUTB_CE = "CE0",
  parameter [31:0] REG_INPUTB_RST = "RST0",
  parameter [31:0] REG_INPUTC_CLK = "NONE",
  parameter [31:0] REG_INPUTC_CE = "CE0",
  parameter [31:0] REG_INPUTC_RST = "RST0",
  parameter [31:0] REG_PIPELINE_CLK = "NONE",
  parameter [31:0] REG_PIPELINE_CE = "CE0",
  parameter [31:0] REG_PIPELINE_RST = "RST0",
  parameter [31:0] REG_OUTPUT_CLK = "NONE",
  parameter [31:0] REG_OUTPUT_CE = "CE0",
  parameter [31:0] REG_OUTPUT_RST = "RST0",
  parameter [127:0] CLK0_DIV = "ENABLED",
  parameter [127:0] CLK1_DIV = "ENABLED",
  parameter [127:0] CLK2_DIV = "ENABLED",
  parameter [127:0] CLK3_DIV = "ENABLED",
  parameter [31:0] HIGHSPEED_CLK = "NONE",
  parameter [127:0] GSR = "ENABLED",
  parameter CAS_MATCH_REG = "FALSE",
  parameter [127:0] SOURCEB_MODE = "B_SHIFT",
  parameter [127:0] MULT_BYPASS = "DISABLED",
  parameter [127:0] RESETMODE = "SYNC"
) (
  input  wire A17, A16, A15, A14, A13, A12, A11, A10, A9,
  input  wire A8, A7, A6, A5, A4, A3, A2, A1, A0,
  input  wire B17, B16, B15, B14, B13, B12, B11, B10, B9,
  input  wire B8, B7, B6, B5, B4, B3, B2, B1, B0,
  input  wire C17, C16, C15, C14, C13, C12, C11, C10, C9,
  input  wire C8, C7, C6, C5, C4, C3, C2, C1, C0,
  input  wire SIGNEDA, SIGNEDB, SOURCEA, SOURCEB,
  input  wire CLK0, CLK1, CLK2, CLK3,
  input  wire CE0, CE1, CE2, CE3,
  input  wire RST0, RST1, RST2, RST3,
  input  wire SRIA17, SRIA16, SRIA15, SRIA14, SRIA13, SRIA12, SRIA11, SRIA10, SRIA9,
  input  wire SRIA8, SRIA7, SRIA6, SRIA5, SRIA4, SRIA3, SRIA2, SRIA1, SRIA0,
  input  wire SRIB17, SRIB16, SRIB15, SRIB14, SRIB13, SRIB12, SRIB11, SRIB10, SRIB9,
  input  wire SRIB8, SRIB7, SRIB6, SRIB5, SRIB4, SRIB3, SRIB2, SRIB1, SRIB0,
  output wire SROA17, SROA16, SROA15, SROA14, SROA13, SROA12, SROA11, SROA10, SROA9,
  output wire SROA8, SROA7, SROA6, SROA5, SROA4, SROA3, SROA2, SROA1, SROA0,
  output wire SROB17, SROB16, SROB15, SROB14, SROB13, SROB12, SROB11, SROB10, SROB9,
  output wire SROB8, SROB7, SROB6, SROB5, SROB4, SROB3, SROB2, SROB1, SROB0,
  output wire ROA17, ROA16, ROA15, ROA14, ROA13, ROA12, ROA11, ROA10, ROA9,
  output wire ROA8, ROA7, ROA6, ROA5, ROA4, ROA3, ROA2, ROA1, ROA0,
  output wire ROB17, ROB16, ROB15, ROB14, ROB13, ROB12, ROB11, ROB10, ROB9,
  output wire ROB8, ROB7, ROB6, ROB5, ROB4, ROB3, ROB2, ROB1, ROB0,
  output wire ROC17, ROC16, ROC15, ROC14, ROC13, ROC12, ROC11, ROC10, ROC9,
  output wire ROC8, ROC7, ROC6, ROC5, ROC4, ROC3, ROC2, ROC1, ROC0,
  output wire P35, P34, P33, P32, P31, P30, P29, P28, P27,
  output wire P26, P25, P24, P23, P22, P21, P20, P19, P18,
  output wire P17, P16, P15, P14, P13, P12, P11, P10, P9,
  output wire P8, P7, P6, P5, P4, P3, P2, P1, P0,
  output wire SIGNEDP
);

  localparam integer ASYNCHRONOUS = RESETMODE == {88'd0, "ASYNC"} ? 1 : 0;

  wire [17:0] direct_a = {A17, A16, A15, A14, A13, A12, A11, A10, A9,
    A8, A7, A6, A5, A4, A3, A2, A1, A0};
  wire [17:0] shifted_a = {SRIA17, SRIA16, SRIA15, SRIA14, SRIA13, SRIA12, SRIA11, SRIA10, SRIA9,
    SRIA8, SRIA7, SRIA6, SRIA5, SRIA4, SRIA3, SRIA2, SRIA1, SRIA0};
  wire [17:0] direct_b = {B17, B16, B15, B14, B13, B12, B11, B10, B9,
    B8, B7, B6, B5, B4, B3, B2, B1, B0};
  wire [17:0] shifted_b = {SRIB17, SRIB16, SRIB15, SRIB14, SRIB13, SRIB12, SRIB11, SRIB10, SRIB9,
    SRIB8, SRIB7, SRIB6, SRIB5, SRIB4, SRIB3, SRIB2, SRIB1, SRIB0};
  wire [17:0] unused_c = {C17, C16, C15, C14, C13, C12, C11, C10, C9,
    C8, C7, C6, C5, C4, C3, C2, C1, C0};
  wire [3:0]  clk = {CLK3, CLK2, CLK1, CLK0};
  wire [3:0]  enable = {CE3, CE2, CE1, CE0};
  wire [3:0]  reset = {RST3, RST2, RST1, RST0};

  // ---- factors, each with its sign
  wire [18:0] a;
  wire [18:0] b;

  lstmg_ecp5_register #(
    .WIDTH(19),
    .CLOCK(REG_INPUTA_CLK),
    .ENABLE(REG_INPUTA_CE),
    .RESET(REG_INPUTA_RST),
    .ASYNCHRONOUS(ASYNCHRONOUS)
  ) u_a (
    .clk_i   (clk),
    .enable_i(enable),
    .rst_i   (reset),
    .data_i  ({SIGNEDA, SOURCEA ? shifted_a : direct_a}),
    .data_o  (a)
  );

  lstmg_ecp5_register #(
    .WIDTH(19),
    .CLOCK(REG_INPUTB_CLK),
    .ENABLE(REG_INPUTB_CE),
    .RESET(REG_INPUTB_RST),
    .ASYNCHRONOUS(ASYNCHRONOUS)
  ) u_b (
    .clk_i   (clk),
    .enable_i(enable),
    .rst_i   (reset),
    .data_i  ({SIGNEDB, SOURCEB ? shifted_b : direct_b}),
    .data_o  (b)
  );

  // ---- product
  wire signed [18:0] factor_a = {a[18] & a[17], a[17:0]};
  wire signed [18:0] factor_b = {b[18] & b[17], b[17:0]};
  // Nothing times an unknown word is nothing.
  wire               is_zero = factor_a == 0 || factor_b == 0;
  wire signed [37:0] product = is_zero ? 38'sd0 : factor_a * factor_b;
  wire [36:0]        pipelined;
  wire [36:0]        result;

  lstmg_ecp5_register #(
    .WIDTH(37),
    .CLOCK(REG_PIPELINE_CLK),
    .ENABLE(REG_PIPELINE_CE),
    .RESET(REG_PIPELINE_RST),
    .ASYNCHRONOUS(ASYNCHRONOUS)
  ) u_pipeline (
    .clk_i   (clk),
    .enable_i(enable),
    .rst_i   (reset),
    .data_i  ({a[18] | b[18], product[35:0]}),
    .data_o  (pipelined)
  );

  lstmg_ecp5_register #(
    .WIDTH(37),
    .CLOCK(REG_OUTPUT_CLK),
    .ENABLE(REG_OUTPUT_CE),
    .RESET(REG_OUTPUT_RST),
    .ASYNCHRONOUS(ASYNCHRONOUS)
  ) u_output (
    .clk_i   (clk),
    .enable_i(enable),
    .rst_i   (reset),
    .data_i  (pipelined),
    .data_o  (result)
  );

  assign {SIGNEDP,
    P35, P34, P33, P32, P31, P30, P29, P28, P27,
    P26, P25, P24, P23, P22, P21, P20, P19, P18,
    P17, P16, P15, P14, P13, P12, P11, P10, P9,
    P8, P7, P6, P5, P4, P3, P2, P1, P0} = result;
  assign {SROA17, SROA16, SROA15, SROA14, SROA13, SROA12, SROA11, SROA10, SROA9,
    SROA8, SROA7, SROA6, SROA5, SROA4, SROA3, SROA2, SROA1, SROA0} = a[17:0];
  assign {SROB17, SROB16, SROB15, SROB14, SROB13, SROB12, SROB11, SROB10, SROB9,
    SROB8, SROB7, SROB6, SROB5, SROB4, SROB3, SROB2, SROB1, SROB0} = b[17:0];
  assign {ROA17, ROA16, ROA15, ROA14, ROA13, ROA12, ROA11, ROA10, ROA9,
    ROA8, ROA7, ROA6, ROA5, ROA4, ROA3, ROA2, ROA1, ROA0} = 18'bx;
  assign {ROB17, ROB16, ROB15, ROB14, ROB13, ROB12, ROB11, ROB10, ROB9,
    ROB8, ROB7, ROB6, ROB5, ROB4, ROB3, ROB2, ROB1, ROB0} = 18'bx;
  assign {ROC17, ROC16, ROC15, ROC14, ROC13, ROC12, ROC11, ROC10, ROC9,
    ROC8, ROC7, ROC6, ROC5, ROC4, ROC3, ROC2, ROC1, ROC0} = 18'bx;
  wire unused = &{1'b0, unused_c, product[37:36]};

  initial
    if (SOURCEB_MODE != {72'd0, "B_SHIFT"} || MULT_BYPASS != {64'd0, "DISABLED"}
        || HIGHSPEED_CLK != "NONE") begin
      $display("MULT18X18D: this mode has no model: %m");
      $finish;
    end

endmodule
/* verilator lint_on UNUSEDPARAM */
`default_nettype wire
