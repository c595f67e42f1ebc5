`default_nettype none
// Behaviour of a Gowin multiplier of 18 by 18 bits, for simulation.
//
// Latency:  one cycle for each of AREG and BREG (factors), PIPE_REG (product), OUT_REG (result) that
//           is 1. ASIGN_REG and BSIGN_REG must be 0: signs are constant here.
// Factors:  signed where ASIGN or BSIGN is high; ASEL or BSEL high takes SIA or SIB in place of A or
//           B. SOA and SOB hand the factors behind their registers to a neighbour, once more
//           registered with SOA_REG = 1 for SOA.
// Reset:    clears all registers with the clock; MULT_RESET_MODE "ASYNC" ends the simulation.
module MULT18X18 #(
  parameter AREG = 1'b0,
  parameter BREG = 1'b0,
  parameter OUT_REG = 1'b0,
  parameter PIPE_REG = 1'b0,
  parameter ASIGN_REG = 1'b0,
  parameter BSIGN_REG = 1'b0,
  parameter SOA_REG = 1'b0,
  parameter MULT_RESET_MODE = "SYNC"
) (
  input  wire [17:0] A,
  input  wire [17:0] SIA,
  input  wire [17:0] B,
  input  wire [17:0] SIB,
  input  wire        ASIGN,
  input  wire        BSIGN,
  input  wire        ASEL,
  input  wire        BSEL,
  input  wire        CE,
  input  wire        CLK,
  input  wire        RESET,
  output wire [35:0] DOUT,
  output wire [17:0] SOA,
  output wire [17:0] SOB
);

  initial begin
    if (MULT_RESET_MODE != "SYNC" || ASIGN_REG != 1'b0 || BSIGN_REG != 1'b0) begin
      $display("error: MULT18X18: this model has no asynchronous reset and no registers of signs");
      $finish;
    end
  end

  reg [17:0] a_q;
  reg [17:0] b_q;
  reg [17:0] soa_q;
  reg [35:0] pipe_q;
  reg [35:0] out_q;

  wire [17:0] a_in = ASEL ? SIA : A;
  wire [17:0] b_in = BSEL ? SIB : B;
  wire [17:0] a = AREG ? a_q : a_in;
  wire [17:0] b = BREG ? b_q : b_in;
  wire signed [36:0] product = $signed({ASIGN & a[17], a}) * $signed({BSIGN & b[17], b});
  wire [35:0] pipe = PIPE_REG ? pipe_q : product[35:0];
  wire        unused = &{1'b0, product[36]};

  always @(posedge CLK) begin
    if (RESET) begin
      a_q    <= 18'd0;
      b_q    <= 18'd0;
      soa_q  <= 18'd0;
      pipe_q <= 36'd0;
      out_q  <= 36'd0;
    end else if (CE) begin
      a_q    <= a_in;
      b_q    <= b_in;
      soa_q  <= a;
      pipe_q <= product[35:0];
      out_q  <= pipe;
    end
  end

  assign DOUT = OUT_REG ? out_q : pipe;
  assign SOA  = SOA_REG ? soa_q : a;
  assign SOB  = b;

endmodule
`default_nettype wire
