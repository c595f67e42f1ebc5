`default_nettype none
// Model of the multiplier of an iCE40 UltraPlus for simulators, as far as hdl/ice40 uses the cell: the
// product of A and B at the outputs, with any of the registers on its way.
//
// Other modes give an unknown output.
module SB_MAC16 #(
  parameter [0:0] NEG_TRIGGER = 1'b0,
  parameter [0:0] A_REG = 1'b0,
  parameter [0:0] B_REG = 1'b0,
  parameter [0:0] C_REG = 1'b0,
  parameter [0:0] D_REG = 1'b0,
  parameter [0:0] TOP_8x8_MULT_REG = 1'b0,
  parameter [0:0] BOT_8x8_MULT_REG = 1'b0,
  parameter [0:0] PIPELINE_16x16_MULT_REG1 = 1'b0,
  parameter [0:0] PIPELINE_16x16_MULT_REG2 = 1'b0,
  parameter [1:0] TOPOUTPUT_SELECT = 2'd0,
  parameter [1:0] TOPADDSUB_LOWERINPUT = 2'd0,
  parameter [0:0] TOPADDSUB_UPPERINPUT = 1'b0,
  parameter [1:0] TOPADDSUB_CARRYSELECT = 2'd0,
  parameter [1:0] BOTOUTPUT_SELECT = 2'd0,
  parameter [1:0] BOTADDSUB_LOWERINPUT = 2'd0,
  parameter [0:0] BOTADDSUB_UPPERINPUT = 1'b0,
  parameter [1:0] BOTADDSUB_CARRYSELECT = 2'd0,
  parameter [0:0] MODE_8x8 = 1'b0,
  parameter [0:0] A_SIGNED = 1'b0,
  parameter [0:0] B_SIGNED = 1'b0
) (
  input  wire        CLK,
  input  wire        CE,
  input  wire [15:0] A,
  input  wire [15:0] B,
  input  wire [15:0] C,
  input  wire [15:0] D,
  input  wire        AHOLD,
  input  wire        BHOLD,
  input  wire        CHOLD,
  input  wire        DHOLD,
  input  wire        IRSTTOP,
  input  wire        IRSTBOT,
  input  wire        ORSTTOP,
  input  wire        ORSTBOT,
  input  wire        OLOADTOP,
  input  wire        OLOADBOT,
  input  wire        ADDSUBTOP,
  input  wire        ADDSUBBOT,
  input  wire        OHOLDTOP,
  input  wire        OHOLDBOT,
  input  wire        CI,
  input  wire        ACCUMCI,
  input  wire        SIGNEXTIN,
  output wire [31:0] O,
  output wire        CO,
  output wire        ACCUMCO,
  output wire        SIGNEXTOUT
);

  // The registers in the middle belong together.
  localparam [0:0] IS_PRODUCT =
      TOPOUTPUT_SELECT == 2'd3 && BOTOUTPUT_SELECT == 2'd3 && !MODE_8x8 && !NEG_TRIGGER
      && TOP_8x8_MULT_REG == PIPELINE_16x16_MULT_REG1
      && BOT_8x8_MULT_REG == PIPELINE_16x16_MULT_REG1;
  localparam [11:0] ADDER_MODES = {
    C_REG, D_REG, TOPADDSUB_LOWERINPUT, TOPADDSUB_UPPERINPUT, TOPADDSUB_CARRYSELECT,
    BOTADDSUB_LOWERINPUT, BOTADDSUB_UPPERINPUT, BOTADDSUB_CARRYSELECT};
  wire unused = &{
    1'b0, ADDER_MODES, C, D, AHOLD, BHOLD, CHOLD, DHOLD, IRSTTOP, IRSTBOT, ORSTTOP, ORSTBOT, OLOADTOP,
    OLOADBOT, ADDSUBTOP, ADDSUBBOT, OHOLDTOP, OHOLDBOT, CI, ACCUMCI, SIGNEXTIN};

  reg [15:0]         a_q;
  reg [15:0]         b_q;
  reg signed [33:0]  middle_q;
  reg signed [33:0]  product_q;
  wire [15:0]        a = A_REG ? a_q : A;
  wire [15:0]        b = B_REG ? b_q : B;
  wire signed [16:0] factor_a = {A_SIGNED & a[15], a};
  wire signed [16:0] factor_b = {B_SIGNED & b[15], b};
  wire signed [33:0] exact = factor_a * factor_b;
  wire signed [33:0] middle = PIPELINE_16x16_MULT_REG1 ? middle_q : exact;
  wire signed [33:0] product = PIPELINE_16x16_MULT_REG2 ? product_q : middle;
  wire               unused_top = &{1'b0, product[33:32]};
  always @(posedge CLK)
    if (CE) begin
      a_q       <= A;
      b_q       <= B;
      middle_q  <= exact;
      product_q <= middle;
    end

  assign O = IS_PRODUCT ? product[31:0] : 32'bx;
  assign CO = 1'bx;
  assign ACCUMCO = 1'bx;
  assign SIGNEXTOUT = 1'bx;

endmodule
`default_nettype wire
