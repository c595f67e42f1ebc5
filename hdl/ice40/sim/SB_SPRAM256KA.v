`default_nettype none
// Model of the single-port memory of an iCE40 UltraPlus for simulators: a bit of MASKWREN enables four
// bits of a word; a word that is written is not shown.
module SB_SPRAM256KA (
  input  wire        CLOCK,
  input  wire [13:0] ADDRESS,
  input  wire [15:0] DATAIN,
  input  wire [3:0]  MASKWREN,
  input  wire        WREN,
  input  wire        CHIPSELECT,
  input  wire        STANDBY,
  input  wire        SLEEP,
  // Active low
  input  wire        POWEROFF,
  output reg  [15:0] DATAOUT
);

  wire        enable = CHIPSELECT && !STANDBY && !SLEEP && POWEROFF;
  wire [15:0] mask = {{4{MASKWREN[3]}}, {4{MASKWREN[2]}}, {4{MASKWREN[1]}}, {4{MASKWREN[0]}}};

  reg [15:0] memory [0:16383];
  always @(posedge CLOCK)
    if (enable) begin
      if (WREN) memory[ADDRESS] <= (DATAIN & mask) | (memory[ADDRESS] & ~mask);
      else      DATAOUT <= memory[ADDRESS];
    end

endmodule
`default_nettype wire
