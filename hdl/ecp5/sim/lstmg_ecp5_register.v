`default_nettype none
// Behaviour of one register stage of the ECP5's multiplier, for simulation: absent, or clocked by
// one of four clocks with one of four clock enables and one of four resets.
//
// Latency: 0 if CLOCK is "NONE", otherwise 1 cycle.
// Reset:   clears, whether enabled or not; asynchronous if ASYNCHRONOUS is 1. After configuration
//          the register holds zero.
module lstmg_ecp5_register #(
  parameter integer WIDTH = 1,
  // "NONE" or "CLK0" to "CLK3", "CE0" to "CE3", "RST0" to "RST3".
  parameter [31:0] CLOCK = "NONE",
  parameter [31:0] ENABLE = "CE0",
  parameter [31:0] RESET = "RST0",
  parameter integer ASYNCHRONOUS = 0
) (
  input  wire [3:0]       clk_i,
  input  wire [3:0]       enable_i,
  input  wire [3:0]       rst_i,
  input  wire [WIDTH-1:0] data_i,
  output wire [WIDTH-1:0] data_o
);

  // The last character of a name is the number.
  wire clk    = clk_i[CLOCK[1:0]];
  wire enable = enable_i[ENABLE[1:0]];
  wire reset  = rst_i[RESET[1:0]];

  generate
    if (CLOCK == "NONE") begin : gen_wire
      wire unused = &{1'b0, clk, enable, reset};
      assign data_o = data_i;
    end else if (ASYNCHRONOUS != 0) begin : gen_asynchronous
      reg [WIDTH-1:0] data_q = {WIDTH{1'b0}};
      always @(posedge clk or posedge reset)
        if (reset)       data_q <= {WIDTH{1'b0}};
        else if (enable) data_q <= data_i;
      assign data_o = data_q;
    end else begin : gen_synchronous
      reg [WIDTH-1:0] data_q = {WIDTH{1'b0}};
      always @(posedge clk)
        if (reset)       data_q <= {WIDTH{1'b0}};
        else if (enable) data_q <= data_i;
      assign data_o = data_q;
    end
  endgenerate

endmodule
`default_nettype wire
