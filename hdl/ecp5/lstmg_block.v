`default_nettype none
// One block memory of an ECP5, with vectors for ports.
//
// Port A reads and writes, port B reads. Words of COLUMN_BITS lie at addresses that are multiples of
// the number of addresses that one word takes: 16 for 18 bits, 8, 4, 2 and 1 for 9, 4, 2 and 1.
// Inputs that stay open are x.
//
// Latency: 1 cycle from address to data, 2 with REGISTERED. What port B reads while port A writes the
//          same word is undefined.
// Reset:   none.
module lstmg_block #(
  // Bits of a word: 18, 9, 4, 2 or 1.
  parameter integer COLUMN_BITS = 18,
  // 1: with the registers behind the memory.
  parameter integer REGISTERED = 1,
  // 1,024 words of 18 bits in the lower bits of 20, the first one in the lowest. Below 9 bits every
  // ninth bit is out of reach.
  parameter [20479:0] CONTENTS = 20480'd0
) (
  input  wire        clk_i,
  // Port A
  input  wire        a_write_i,
  input  wire [13:0] a_address_i,
  input  wire [17:0] a_data_i,
  output wire [17:0] a_data_o,
  // Port B; its registers hold while b_read_i is low
  input  wire        b_read_i,
  input  wire [13:0] b_address_i,
  output wire [17:0] b_data_o
);

  // With 18 bits the lowest address bits enable the writing of both bytes.
  wire [13:0] a_address = COLUMN_BITS == 18 ? {a_address_i[13:2], 2'b11} : a_address_i;
  wire        unused = &{1'b0, a_address_i[1:0]};

  DP16KD #(
    .DATA_WIDTH_A(COLUMN_BITS),
    .DATA_WIDTH_B(COLUMN_BITS),
    .REGMODE_A   (REGISTERED != 0 ? "OUTREG" : "NOREG"),
    .REGMODE_B   (REGISTERED != 0 ? "OUTREG" : "NOREG"),
    .RESETMODE   ("SYNC"),
    .WRITEMODE_A ("NORMAL"),
    .WRITEMODE_B ("NORMAL"),
    .CSDECODE_A  ("0b000"),
    .CSDECODE_B  ("0b000"),
    .GSR         ("DISABLED"),
    .INITVAL_00  (CONTENTS[0*320+:320]),
    .INITVAL_01  (CONTENTS[1*320+:320]),
    .INITVAL_02  (CONTENTS[2*320+:320]),
    .INITVAL_03  (CONTENTS[3*320+:320]),
    .INITVAL_04  (CONTENTS[4*320+:320]),
    .INITVAL_05  (CONTENTS[5*320+:320]),
    .INITVAL_06  (CONTENTS[6*320+:320]),
    .INITVAL_07  (CONTENTS[7*320+:320]),
    .INITVAL_08  (CONTENTS[8*320+:320]),
    .INITVAL_09  (CONTENTS[9*320+:320]),
    .INITVAL_0A  (CONTENTS[10*320+:320]),
    .INITVAL_0B  (CONTENTS[11*320+:320]),
    .INITVAL_0C  (CONTENTS[12*320+:320]),
    .INITVAL_0D  (CONTENTS[13*320+:320]),
    .INITVAL_0E  (CONTENTS[14*320+:320]),
    .INITVAL_0F  (CONTENTS[15*320+:320]),
    .INITVAL_10  (CONTENTS[16*320+:320]),
    .INITVAL_11  (CONTENTS[17*320+:320]),
    .INITVAL_12  (CONTENTS[18*320+:320]),
    .INITVAL_13  (CONTENTS[19*320+:320]),
    .INITVAL_14  (CONTENTS[20*320+:320]),
    .INITVAL_15  (CONTENTS[21*320+:320]),
    .INITVAL_16  (CONTENTS[22*320+:320]),
    .INITVAL_17  (CONTENTS[23*320+:320]),
    .INITVAL_18  (CONTENTS[24*320+:320]),
    .INITVAL_19  (CONTENTS[25*320+:320]),
    .INITVAL_1A  (CONTENTS[26*320+:320]),
    .INITVAL_1B  (CONTENTS[27*320+:320]),
    .INITVAL_1C  (CONTENTS[28*320+:320]),
    .INITVAL_1D  (CONTENTS[29*320+:320]),
    .INITVAL_1E  (CONTENTS[30*320+:320]),
    .INITVAL_1F  (CONTENTS[31*320+:320]),
    .INITVAL_20  (CONTENTS[32*320+:320]),
    .INITVAL_21  (CONTENTS[33*320+:320]),
    .INITVAL_22  (CONTENTS[34*320+:320]),
    .INITVAL_23  (CONTENTS[35*320+:320]),
    .INITVAL_24  (CONTENTS[36*320+:320]),
    .INITVAL_25  (CONTENTS[37*320+:320]),
    .INITVAL_26  (CONTENTS[38*320+:320]),
    .INITVAL_27  (CONTENTS[39*320+:320]),
    .INITVAL_28  (CONTENTS[40*320+:320]),
    .INITVAL_29  (CONTENTS[41*320+:320]),
    .INITVAL_2A  (CONTENTS[42*320+:320]),
    .INITVAL_2B  (CONTENTS[43*320+:320]),
    .INITVAL_2C  (CONTENTS[44*320+:320]),
    .INITVAL_2D  (CONTENTS[45*320+:320]),
    .INITVAL_2E  (CONTENTS[46*320+:320]),
    .INITVAL_2F  (CONTENTS[47*320+:320]),
    .INITVAL_30  (CONTENTS[48*320+:320]),
    .INITVAL_31  (CONTENTS[49*320+:320]),
    .INITVAL_32  (CONTENTS[50*320+:320]),
    .INITVAL_33  (CONTENTS[51*320+:320]),
    .INITVAL_34  (CONTENTS[52*320+:320]),
    .INITVAL_35  (CONTENTS[53*320+:320]),
    .INITVAL_36  (CONTENTS[54*320+:320]),
    .INITVAL_37  (CONTENTS[55*320+:320]),
    .INITVAL_38  (CONTENTS[56*320+:320]),
    .INITVAL_39  (CONTENTS[57*320+:320]),
    .INITVAL_3A  (CONTENTS[58*320+:320]),
    .INITVAL_3B  (CONTENTS[59*320+:320]),
    .INITVAL_3C  (CONTENTS[60*320+:320]),
    .INITVAL_3D  (CONTENTS[61*320+:320]),
    .INITVAL_3E  (CONTENTS[62*320+:320]),
    .INITVAL_3F  (CONTENTS[63*320+:320])
  ) u_block (
    .CLKA(clk_i), .CEA(1'b1), .OCEA(1'b1), .WEA(a_write_i), .RSTA(1'b0),
    .CSA0(1'b0), .CSA1(1'b0), .CSA2(1'b0),
    .CLKB(clk_i), .CEB(b_read_i), .OCEB(b_read_i), .WEB(1'b0), .RSTB(1'b0),
    .CSB0(1'b0), .CSB1(1'b0), .CSB2(1'b0),
    .ADA0(a_address[0]), .ADA1(a_address[1]), .ADA2(a_address[2]), .ADA3(a_address[3]),
    .ADA4(a_address[4]), .ADA5(a_address[5]), .ADA6(a_address[6]), .ADA7(a_address[7]),
    .ADA8(a_address[8]), .ADA9(a_address[9]), .ADA10(a_address[10]), .ADA11(a_address[11]),
    .ADA12(a_address[12]), .ADA13(a_address[13]),
    .ADB0(b_address_i[0]), .ADB1(b_address_i[1]), .ADB2(b_address_i[2]), .ADB3(b_address_i[3]),
    .ADB4(b_address_i[4]), .ADB5(b_address_i[5]), .ADB6(b_address_i[6]), .ADB7(b_address_i[7]),
    .ADB8(b_address_i[8]), .ADB9(b_address_i[9]), .ADB10(b_address_i[10]), .ADB11(b_address_i[11]),
    .ADB12(b_address_i[12]), .ADB13(b_address_i[13]),
    .DIA0(a_data_i[0]), .DIA1(a_data_i[1]), .DIA2(a_data_i[2]), .DIA3(a_data_i[3]),
    .DIA4(a_data_i[4]), .DIA5(a_data_i[5]), .DIA6(a_data_i[6]), .DIA7(a_data_i[7]),
    .DIA8(a_data_i[8]), .DIA9(a_data_i[9]), .DIA10(a_data_i[10]), .DIA11(a_data_i[11]),
    .DIA12(a_data_i[12]), .DIA13(a_data_i[13]), .DIA14(a_data_i[14]), .DIA15(a_data_i[15]),
    .DIA16(a_data_i[16]), .DIA17(a_data_i[17]),
    .DIB0(1'bx), .DIB1(1'bx), .DIB2(1'bx), .DIB3(1'bx), .DIB4(1'bx), .DIB5(1'bx),
    .DIB6(1'bx), .DIB7(1'bx), .DIB8(1'bx), .DIB9(1'bx), .DIB10(1'bx), .DIB11(1'bx),
    .DIB12(1'bx), .DIB13(1'bx), .DIB14(1'bx), .DIB15(1'bx), .DIB16(1'bx), .DIB17(1'bx),
    .DOA0(a_data_o[0]), .DOA1(a_data_o[1]), .DOA2(a_data_o[2]), .DOA3(a_data_o[3]),
    .DOA4(a_data_o[4]), .DOA5(a_data_o[5]), .DOA6(a_data_o[6]), .DOA7(a_data_o[7]),
    .DOA8(a_data_o[8]), .DOA9(a_data_o[9]), .DOA10(a_data_o[10]), .DOA11(a_data_o[11]),
    .DOA12(a_data_o[12]), .DOA13(a_data_o[13]), .DOA14(a_data_o[14]), .DOA15(a_data_o[15]),
    .DOA16(a_data_o[16]), .DOA17(a_data_o[17]),
    .DOB0(b_data_o[0]), .DOB1(b_data_o[1]), .DOB2(b_data_o[2]), .DOB3(b_data_o[3]),
    .DOB4(b_data_o[4]), .DOB5(b_data_o[5]), .DOB6(b_data_o[6]), .DOB7(b_data_o[7]),
    .DOB8(b_data_o[8]), .DOB9(b_data_o[9]), .DOB10(b_data_o[10]), .DOB11(b_data_o[11]),
    .DOB12(b_data_o[12]), .DOB13(b_data_o[13]), .DOB14(b_data_o[14]), .DOB15(b_data_o[15]),
    .DOB16(b_data_o[16]), .DOB17(b_data_o[17])
  );

endmodule
`default_nettype wire
