`default_nettype none
// One byte more in a CRC-16: polynomial 0x1021, register all ones at first, neither reflected nor inverted
// (CRC-16/IBM-3740; 0x29B1 for "123456789"). Sent with its upper byte first it makes the CRC of the whole
// zero.
//
// Latency: 0.
module lstmg_crc16 (
  input  wire [15:0] crc_i,
  input  wire [7:0]  data_i,
  output wire [15:0] crc_o
);

  // Eight shifts at once: the bits that fall out, and those that they meet on their way.
  wire [7:0] out = crc_i[15:8] ^ data_i;
  wire [7:0] met = out ^ {4'd0, out[7:4]};
  assign crc_o = {crc_i[7:0], 8'd0} ^ {met[3:0], 12'd0} ^ {3'd0, met, 5'd0} ^ {8'd0, met};

endmodule
`default_nettype wire
