// Model of a serial flash memory (SPI mode 0) with the file that +flash=FILE names from byte BASE on.
//
// It sleeps until it gets 0xAB as a whole command and answers 0x03 with three bytes of address, as long
// as it is selected. It shows a bit after its clock has fallen; bytes beyond the file are 0xFF.
`default_nettype none

module lstmg_flash #(
  parameter [23:0] BASE = 24'h100000
) (
  input  wire cs_n,
  input  wire sck,
  input  wire mosi,
  output reg  miso
);

  localparam integer Bytes = 1 << 18;

  reg [7:0]        memory [0:Bytes-1];
  reg [8*4096-1:0] path;
  integer          file;
  integer          count;

  reg              asleep;
  reg              woken;
  reg [31:0]       command;
  reg [31:0]       bits;

  initial begin
    asleep = 1'b1;
    for (count = 0; count < Bytes; count = count + 1) memory[count] = 8'hFF;
    file = 0;
    if ($value$plusargs("flash=%s", path)) file = $fopen(path, "rb");
    if (file == 0) begin
      $display("error: cannot open the image of the flash memory; give +flash=FILE");
      $finish(0);
    end
    count = $fread(memory, file);
    $fclose(file);
  end

  // Bits that came since it was selected; the command ends with the 32nd.
  always @(posedge sck or posedge cs_n)
    if (cs_n) begin
      bits <= 32'd0;
      woken <= 1'b0;
    end else begin
      bits <= bits + 32'd1;
      if (bits < 32'd32) command <= {command[30:0], mosi};
      woken <= bits == 32'd7 && {command[6:0], mosi} == 8'hAB;
    end

  // A wake-up counts if nothing follows it.
  always @(posedge cs_n) if (woken) asleep <= 1'b0;

  // Bit of the memory that is shown next.
  wire [31:0] place = {5'd0, command[23:0] - BASE, 3'd0} + bits - 32'd32;
  wire [7:0]  shown = place < 8 * Bytes ? memory[place[20:3]] : 8'hFF;
  always @(negedge sck)
    miso <= !asleep && bits >= 32'd32 && command[31:24] == 8'h03 && shown[3'd7 - place[2:0]];

endmodule

`default_nettype wire
