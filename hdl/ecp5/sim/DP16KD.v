`default_nettype none
// Behaviour of the ECP5's block memory of 18,432 bits, for the simulation of netlists: yosys has
// its ports and parameters only.
//
// Widths:    1, 2, 4, 9 and 18 on each port. 36 on port A is a write port with {DIB, DIA} as data;
//            36 on port B is a read port with {DOB, DOA} as data, and port A may then only write.
//            Below 9 bits every ninth bit is out of reach. AD*13 is an address's highest bit.
// Bytes:     AD*0 and AD*1 enable writing of the two bytes of 18 bits, AD*0 to AD*3 those of 36.
// Latency:   1 cycle from address to data, 2 with REGMODE_* = "OUTREG".
// Write:     a port that writes keeps its data in WRITEMODE "NORMAL", shows the new ones in
//            "WRITETHROUGH" and the old ones in "READBEFOREWRITE". What one port reads while the
//            other one writes it is unknown; for this the clocks of both are taken for one.
// Selection: CS* equal to CSDECODE_* and CE* let a port work, OCE* its output register.
// Reset:     RST* clears a port's data, whether enabled or not, and keeps it from writing; in
//            RESETMODE "ASYNC" it does not wait for the clock. After configuration data are zero
//            and the memory holds INITVAL_*: 16 words of 18 bits in a parameter, each in the lower
//            bits of 20.
// Not here:  inverted inputs other than the clocks; REGMODE_A and REGMODE_B that differ where
//            port B reads 36 bits, which ends the simulation.
//
// Parameters that choose nothing here are those of the cell; both ports write one memory.
/* verilator lint_off UNUSEDPARAM */
/* verilator lint_off MULTIDRIVEN */
module DP16KD #(
  parameter integer DATA_WIDTH_A = 18,
  parameter integer DATA_WIDTH_B = 18,
  parameter [47:0] REGMODE_A = "NOREG",
  parameter [47:0] REGMODE_B = "NOREG",
  parameter [39:0] RESETMODE = "SYNC",
  parameter ASYNC_RESET_RELEASE = "SYNC",
  parameter [39:0] CSDECODE_A = "0b000",
  parameter [39:0] CSDECODE_B = "0b000",
  parameter [119:0] WRITEMODE_A = "NORMAL",
  parameter [119:0] WRITEMODE_B = "NORMAL",
  parameter [31:0] CLKAMUX = "CLKA",
  parameter [31:0] CLKBMUX = "CLKB",
  parameter WID = 0,
  parameter INIT_DATA = "STATIC",
  parameter GSR = "ENABLED",
  parameter [319:0] INITVAL_00 = 320'h0,
  parameter [319:0] INITVAL_01 = 320'h0,
  parameter [319:0] INITVAL_02 = 320'h0,
  parameter [319:0] INITVAL_03 = 320'h0,
  parameter [319:0] INITVAL_04 = 320'h0,
  parameter [319:0] INITVAL_05 = 320'h0,
  parameter [319:0] INITVAL_06 = 320'h0,
  parameter [319:0] INITVAL_07 = 320'h0,
  parameter [319:0] INITVAL_08 = 320'h0,
  parameter [319:0] INITVAL_09 = 320'h0,
  parameter [319:0] INITVAL_0A = 320'h0,
  parameter [319:0] INITVAL_0B = 320'h0,
  parameter [319:0] INITVAL_0C = 320'h0,
  parameter [319:0] INITVAL_0D = 320'h0,
  parameter [319:0] INITVAL_0E = 320'h0,
  parameter [319:0] INITVAL_0F = 320'h0,
  parameter [319:0] INITVAL_10 = 320'h0,
  parameter [319:0] INITVAL_11 = 320'h0,
  parameter [319:0] INITVAL_12 = 320'h0,
  parameter [319:0] INITVAL_13 = 320'h0,
  parameter [319:0] INITVAL_14 = 320'h0,
  parameter [319:0] INITVAL_15 = 320'h0,
  parameter [319:0] INITVAL_16 = 320'h0,
  parameter [319:0] INITVAL_17 = 320'h0,
  parameter [319:0] INITVAL_18 = 320'h0,
  parameter [319:0] INITVAL_19 = 320'h0,
  parameter [319:0] INITVAL_1A = 320'h0,
  parameter [319:0] INITVAL_1B = 320'h0,
  parameter [319:0] INITVAL_1C = 320'h0,
  parameter [319:0] INITVAL_1D = 320'h0,
  parameter [319:0] INITVAL_1E = 320'h0,
  parameter [319:0] INITVAL_1F = 320'h0,
  parameter [319:0] INITVAL_20 = 320'h0,
  parameter [319:0] INITVAL_21 = 320'h0,
  parameter [319:0] INITVAL_22 = 320'h0,
  parameter [319:0] INITVAL_23 = 320'h0,
  parameter [319:0] INITVAL_24 = 320'h0,
  parameter [319:0] INITVAL_25 = 320'h0,
  parameter [319:0] INITVAL_26 = 320'h0,
  parameter [319:0] INITVAL_27 = 320'h0,
  parameter [319:0] INITVAL_28 = 320'h0,
  parameter [319:0] INITVAL_29 = 320'h0,
  parameter [319:0] INITVAL_2A = 320'h0,
  parameter [319:0] INITVAL_2B = 320'h0,
  parameter [319:0] INITVAL_2C = 320'h0,
  parameter [319:0] INITVAL_2D = 320'h0,
  parameter [319:0] INITVAL_2E = 320'h0,
  parameter [319:0] INITVAL_2F = 320'h0,
  parameter [319:0] INITVAL_30 = 320'h0,
  parameter [319:0] INITVAL_31 = 320'h0,
  parameter [319:0] INITVAL_32 = 320'h0,
  parameter [319:0] INITVAL_33 = 320'h0,
  parameter [319:0] INITVAL_34 = 320'h0,
  parameter [319:0] INITVAL_35 = 320'h0,
  parameter [319:0] INITVAL_36 = 320'h0,
  parameter [319:0] INITVAL_37 = 320'h0,
  parameter [319:0] INITVAL_38 = 320'h0,
  parameter [319:0] INITVAL_39 = 320'h0,
  parameter [319:0] INITVAL_3A = 320'h0,
  parameter [319:0] INITVAL_3B = 320'h0,
  parameter [319:0] INITVAL_3C = 320'h0,
  parameter [319:0] INITVAL_3D = 320'h0,
  parameter [319:0] INITVAL_3E = 320'h0,
  parameter [319:0] INITVAL_3F = 320'h0
) (
  input  wire DIA17, DIA16, DIA15, DIA14, DIA13, DIA12, DIA11, DIA10, DIA9,
  input  wire DIA8, DIA7, DIA6, DIA5, DIA4, DIA3, DIA2, DIA1, DIA0,
  input  wire ADA13, ADA12, ADA11, ADA10, ADA9, ADA8, ADA7,
  input  wire ADA6, ADA5, ADA4, ADA3, ADA2, ADA1, ADA0,
  input  wire CEA, OCEA, CLKA, WEA, RSTA,
  input  wire CSA2, CSA1, CSA0,
  output wire DOA17, DOA16, DOA15, DOA14, DOA13, DOA12, DOA11, DOA10, DOA9,
  output wire DOA8, DOA7, DOA6, DOA5, DOA4, DOA3, DOA2, DOA1, DOA0,
  input  wire DIB17, DIB16, DIB15, DIB14, DIB13, DIB12, DIB11, DIB10, DIB9,
  input  wire DIB8, DIB7, DIB6, DIB5, DIB4, DIB3, DIB2, DIB1, DIB0,
  input  wire ADB13, ADB12, ADB11, ADB10, ADB9, ADB8, ADB7,
  input  wire ADB6, ADB5, ADB4, ADB3, ADB2, ADB1, ADB0,
  input  wire CEB, OCEB, CLKB, WEB, RSTB,
  input  wire CSB2, CSB1, CSB0,
  output wire DOB17, DOB16, DOB15, DOB14, DOB13, DOB12, DOB11, DOB10, DOB9,
  output wire DOB8, DOB7, DOB6, DOB5, DOB4, DOB3, DOB2, DOB1, DOB0
);

  // Two words of 18 bits a row, because the widest access takes both.
  reg [35:0] memory [0:511];

  // Eight rows a parameter: twice 20 bits, of which 18 are used. One parameter at a time, because
  // some simulators stumble over words of all 20,480 bits.
  task load(input integer group, input [319:0] words);
    integer row;
    for (row = 0; row < 8; row = row + 1)
      memory[8*group+row] = {words[40*row+20+:18], words[40*row+:18]};
  endtask
  initial begin
    load(0, INITVAL_00);
    load(1, INITVAL_01);
    load(2, INITVAL_02);
    load(3, INITVAL_03);
    load(4, INITVAL_04);
    load(5, INITVAL_05);
    load(6, INITVAL_06);
    load(7, INITVAL_07);
    load(8, INITVAL_08);
    load(9, INITVAL_09);
    load(10, INITVAL_0A);
    load(11, INITVAL_0B);
    load(12, INITVAL_0C);
    load(13, INITVAL_0D);
    load(14, INITVAL_0E);
    load(15, INITVAL_0F);
    load(16, INITVAL_10);
    load(17, INITVAL_11);
    load(18, INITVAL_12);
    load(19, INITVAL_13);
    load(20, INITVAL_14);
    load(21, INITVAL_15);
    load(22, INITVAL_16);
    load(23, INITVAL_17);
    load(24, INITVAL_18);
    load(25, INITVAL_19);
    load(26, INITVAL_1A);
    load(27, INITVAL_1B);
    load(28, INITVAL_1C);
    load(29, INITVAL_1D);
    load(30, INITVAL_1E);
    load(31, INITVAL_1F);
    load(32, INITVAL_20);
    load(33, INITVAL_21);
    load(34, INITVAL_22);
    load(35, INITVAL_23);
    load(36, INITVAL_24);
    load(37, INITVAL_25);
    load(38, INITVAL_26);
    load(39, INITVAL_27);
    load(40, INITVAL_28);
    load(41, INITVAL_29);
    load(42, INITVAL_2A);
    load(43, INITVAL_2B);
    load(44, INITVAL_2C);
    load(45, INITVAL_2D);
    load(46, INITVAL_2E);
    load(47, INITVAL_2F);
    load(48, INITVAL_30);
    load(49, INITVAL_31);
    load(50, INITVAL_32);
    load(51, INITVAL_33);
    load(52, INITVAL_34);
    load(53, INITVAL_35);
    load(54, INITVAL_36);
    load(55, INITVAL_37);
    load(56, INITVAL_38);
    load(57, INITVAL_39);
    load(58, INITVAL_3A);
    load(59, INITVAL_3B);
    load(60, INITVAL_3C);
    load(61, INITVAL_3D);
    load(62, INITVAL_3E);
    load(63, INITVAL_3F);
  end

  // Bits that an access of a width reaches, and bits of the address that count in a byte of nine.
  function [35:0] reach(input integer width);
    reach = width == 36 ? {36{1'b1}} : (36'd1 << width) - 36'd1;
  endfunction
  function [2:0] fine(input integer width);
    fine = width == 1 ? 3'b111 : width == 2 ? 3'b110 : width == 4 ? 3'b100 : 3'b000;
  endfunction

  wire [17:0] data_a = {DIA17, DIA16, DIA15, DIA14, DIA13, DIA12, DIA11, DIA10, DIA9,
    DIA8, DIA7, DIA6, DIA5, DIA4, DIA3, DIA2, DIA1, DIA0};
  wire [13:0] address_a = {ADA13, ADA12, ADA11, ADA10, ADA9, ADA8, ADA7,
    ADA6, ADA5, ADA4, ADA3, ADA2, ADA1, ADA0};
  wire [17:0] data_b = {DIB17, DIB16, DIB15, DIB14, DIB13, DIB12, DIB11, DIB10, DIB9,
    DIB8, DIB7, DIB6, DIB5, DIB4, DIB3, DIB2, DIB1, DIB0};
  wire [13:0] address_b = {ADB13, ADB12, ADB11, ADB10, ADB9, ADB8, ADB7,
    ADB6, ADB5, ADB4, ADB3, ADB2, ADB1, ADB0};

  // ---- port A
  localparam [35:0] REACH_A = reach(DATA_WIDTH_A);
  localparam [2:0]  FINE_A = fine(DATA_WIDTH_A);
  wire [35:0] bytes_a = DATA_WIDTH_A < 18 ? {36{1'b1}}
      : {{9{address_a[3]}}, {9{address_a[2]}}, {9{address_a[1]}}, {9{address_a[0]}}};
  wire        clk_a = CLKAMUX == {8'd0, "INV"} ? !CLKA : CLKA;
  wire        clear_a = RESETMODE == "ASYNC" && RSTA;
  wire        works_a =
      CEA && {CSA2, CSA1, CSA0} == {CSDECODE_A[16], CSDECODE_A[8], CSDECODE_A[0]};
  wire        writes_a = works_a && WEA && !RSTA;
  // Position of the addressed bits in their row.
  wire [5:0]  position_a =
      (DATA_WIDTH_A <= 18 && address_a[4] ? 6'd18 : 6'd0)
      + (DATA_WIDTH_A <= 9 && address_a[3] ? 6'd9 : 6'd0)
      + {3'd0, address_a[2:0] & FINE_A};
  wire [35:0] mask_a =
      writes_a ? (bytes_a & REACH_A) << position_a : 36'd0;
  wire [35:0] new_a = {DATA_WIDTH_A == 36 ? data_b : 18'd0, data_a} << position_a;
  reg  [35:0] word_a = 36'd0;
  reg  [35:0] output_a = 36'd0;
  wire [35:0] shown_a = REGMODE_A == "OUTREG" ? output_a : word_a;
  wire [35:0] old_a = memory[address_a[13:5]];
  wire [35:0] stirred_a =
      address_a[13:5] == address_b[13:5] ? mask_b & {36{1'bx}} : 36'd0;
  integer     bit_a;

  always @(posedge clk_a)
    if (writes_a)
      for (bit_a = 0; bit_a < 36; bit_a = bit_a + 1)
        if (mask_a[bit_a]) memory[address_a[13:5]][bit_a] <= new_a[bit_a];

  always @(posedge clk_a or posedge clear_a)
    if (clear_a || RSTA) begin
      word_a <= 36'd0;
      output_a <= 36'd0;
    end else begin
      if (works_a && !WEA)
        word_a <= ((old_a ^ stirred_a) >> position_a) & REACH_A;
      else if (works_a && WRITEMODE_A == "READBEFOREWRITE")
        word_a <= (old_a >> position_a) & REACH_A;
      else if (works_a && WRITEMODE_A == {24'd0, "WRITETHROUGH"})
        word_a <=
            (((old_a & ~mask_a) | (new_a & mask_a)) >> position_a) & REACH_A;
      if (OCEA) output_a <= word_a;
    end

  // ---- port B
  localparam [35:0] REACH_B = reach(DATA_WIDTH_B);
  localparam [2:0]  FINE_B = fine(DATA_WIDTH_B);
  wire [35:0] bytes_b =
      DATA_WIDTH_B < 18 ? {36{1'b1}} : {18'd0, {9{address_b[1]}}, {9{address_b[0]}}};
  wire        clk_b = CLKBMUX == {8'd0, "INV"} ? !CLKB : CLKB;
  wire        clear_b = RESETMODE == "ASYNC" && RSTB;
  wire        works_b =
      CEB && {CSB2, CSB1, CSB0} == {CSDECODE_B[16], CSDECODE_B[8], CSDECODE_B[0]};
  wire        writes_b = works_b && WEB && !RSTB;
  // Position of the addressed bits in their row.
  wire [5:0]  position_b =
      (DATA_WIDTH_B <= 18 && address_b[4] ? 6'd18 : 6'd0)
      + (DATA_WIDTH_B <= 9 && address_b[3] ? 6'd9 : 6'd0)
      + {3'd0, address_b[2:0] & FINE_B};
  wire [35:0] mask_b =
      writes_b ? (bytes_b & REACH_B) << position_b : 36'd0;
  wire [35:0] new_b = {18'd0, data_b} << position_b;
  reg  [35:0] word_b = 36'd0;
  reg  [35:0] output_b = 36'd0;
  wire [35:0] shown_b = REGMODE_B == "OUTREG" ? output_b : word_b;
  wire [35:0] old_b = memory[address_b[13:5]];
  wire [35:0] stirred_b =
      address_b[13:5] == address_a[13:5] ? mask_a & {36{1'bx}} : 36'd0;
  integer     bit_b;

  always @(posedge clk_b)
    if (writes_b)
      for (bit_b = 0; bit_b < 36; bit_b = bit_b + 1)
        if (mask_b[bit_b]) memory[address_b[13:5]][bit_b] <= new_b[bit_b];

  always @(posedge clk_b or posedge clear_b)
    if (clear_b || RSTB) begin
      word_b <= 36'd0;
      output_b <= 36'd0;
    end else begin
      if (works_b && !WEB)
        word_b <= ((old_b ^ stirred_b) >> position_b) & REACH_B;
      else if (works_b && WRITEMODE_B == "READBEFOREWRITE")
        word_b <= (old_b >> position_b) & REACH_B;
      else if (works_b && WRITEMODE_B == {24'd0, "WRITETHROUGH"})
        word_b <=
            (((old_b & ~mask_b) | (new_b & mask_b)) >> position_b) & REACH_B;
      if (OCEB) output_b <= word_b;
    end

  assign {DOA17, DOA16, DOA15, DOA14, DOA13, DOA12, DOA11, DOA10, DOA9,
    DOA8, DOA7, DOA6, DOA5, DOA4, DOA3, DOA2, DOA1, DOA0} =
      DATA_WIDTH_B == 36 ? shown_b[17:0] : shown_a[17:0];
  assign {DOB17, DOB16, DOB15, DOB14, DOB13, DOB12, DOB11, DOB10, DOB9,
    DOB8, DOB7, DOB6, DOB5, DOB4, DOB3, DOB2, DOB1, DOB0} =
      DATA_WIDTH_B == 36 ? shown_b[35:18] : shown_b[17:0];

  wire unused = &{1'b0, shown_a[35:18]};

  initial
    if (DATA_WIDTH_B == 36 && REGMODE_A != REGMODE_B) begin
      $display("DP16KD: this mode has no model: %m");
      $finish;
    end

endmodule
/* verilator lint_on MULTIDRIVEN */
/* verilator lint_on UNUSEDPARAM */
`default_nettype wire
