// lstmg_crc16 does with a byte what the definition does bit by bit, upper bit first, with 0x1021.
//
//: depth 1
//: cover 1
//: mutation lstmg_crc16 1 s/\{4'd0, out\[7:4\]\}/{5'd0, out[7:5]}/
//: mutation lstmg_crc16 1 s/\{3'd0, met, 5'd0\}/{4'd0, met, 4'd0}/
module proof (
  input wire clk
);

  (* anyseq *) wire [15:0] crc;
  (* anyseq *) wire [7:0] data;
  wire [15:0] out;
  lstmg_crc16 dut (
    .crc_i (crc),
    .data_i(data),
    .crc_o (out)
  );

  reg [15:0] f_crc;
  integer i;
  always @* begin
    f_crc = crc;
    for (i = 7; i >= 0; i = i - 1)
      f_crc = {f_crc[14:0], 1'b0} ^ (f_crc[15] != data[i] ? 16'h1021 : 16'h0000);
    assert (out == f_crc);
    // The first two bytes of the check word's definition: a register of ones, and the digit 1.
    cover (crc == 16'hFFFF && data == 8'h31 && out == 16'hC782);
  end

endmodule
