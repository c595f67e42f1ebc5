`default_nettype none
// lstmg_flash_loader with the model of a flash memory whose contents +flash=FILE names. Prints every word
// that is loaded and what came of it; +repair flips the lowest bit of a byte of the memory after the
// first failure. With `lstmg_spram` behind it, which shows what was written.
module bench;
  localparam integer LANES = 3;
  localparam integer DEPTH = 5;
  localparam integer PAUSE = 40;

  reg              clk;
  reg              rst;
  wire             cs_n;
  wire             sck;
  wire             mosi;
  wire             miso;
  wire [LANES-1:0] write;
  wire [2:0]       address;
  wire [11:0]      data;
  wire             loaded;
  wire             failed;

  lstmg_flash_loader #(
    .LANES        (LANES),
    .DEPTH        (DEPTH),
    .ADDRESS_BITS (3),
    .WEIGHT_BITS  (12),
    .IDENTITY     (32'h89ABCDEF),
    .FLASH_ADDRESS(24'h123456),
    .PAUSE_CYCLES (PAUSE),
    .HALF_PERIOD  (`HALF_PERIOD)
  ) dut (
    .clk_i(clk), .rst_i(rst), .cs_n_o(cs_n), .sck_o(sck), .mosi_o(mosi), .miso_i(miso),
    .load_write_o(write), .load_address_o(address), .load_data_o(data), .loaded_o(loaded),
    .failed_o(failed)
  );

  lstmg_flash #(.BASE(24'h123456)) flash (.cs_n(cs_n), .sck(sck), .mosi(mosi), .miso(miso));

  reg  [2:0]          read;
  wire [12*LANES-1:0] words;
  genvar lane;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      lstmg_spram #(.WIDTH(12), .ADDRESS_BITS(3), .LATENCY(lane + 1)) memory (
        .clk_i(clk), .write_i(write[lane]), .write_address_i(address), .write_data_i(data),
        .read_address_i(read), .data_o(words[12*lane +: 12])
      );
    end
  endgenerate

  integer unselected;
  integer attempts;
  integer wrong;
  integer index;
  integer cycle;
  initial begin
    unselected = 0;
    attempts = 0;
    clk = 1'b0;
    rst = 1'b1;
    read = 3'd0;
    if (!$value$plusargs("repair=%d", wrong)) wrong = -1;
    for (cycle = 0; cycle < 20000 && attempts < 3; cycle = cycle + 1) begin
      #5 clk = 1'b1;
      #5 clk = 1'b0;
      if (cycle == 3) rst = 1'b0;
      // A second reset begins again.
      if (loaded && attempts == 1) rst = 1'b1;
      if (!loaded) rst = cycle < 3;
    end
    if (!loaded) $display("never loaded");
    for (index = 0; index < DEPTH; index = index + 1) begin
      read = index;
      for (cycle = 0; cycle < LANES; cycle = cycle + 1) begin
        #5 clk = 1'b1;
        #5 clk = 1'b0;
      end
      $display("word %0d %h %h %h", index, words[11:0], words[23:12], words[35:24]);
    end
  end

  always @(posedge clk) begin
    if (cs_n === 1'b1) unselected = unselected + 1;
    if (loaded !== 1'b0 && failed !== 1'b0 && cycle > 3) $display("FAIL loaded and failed");
    if (|write && loaded) $display("FAIL written behind the end");
  end
  always @(negedge cs_n) begin
    if (unselected < PAUSE) $display("FAIL a pause of %0d cycles", unselected);
    if (sck !== 1'b0) $display("FAIL the clock begins high");
    unselected = 0;
  end
  always @(posedge loaded) begin
    $display("loaded");
    attempts = attempts + 1;
  end
  always @(posedge failed) begin
    $display("failed");
    if (wrong >= 0) flash.memory[wrong] = flash.memory[wrong] ^ 8'd1;
  end
  always @(negedge failed) if (cycle > 3) $display("failed no more");
endmodule
`default_nettype wire
