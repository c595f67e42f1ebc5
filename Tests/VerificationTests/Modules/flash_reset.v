`default_nettype none
// lstmg_flash_loader with a reset of one cycle at every moment around the end of loading: it has to
// begin again, and to say that it has loaded only when it writes no more.
module bench;
  localparam integer LANES = 3;
  localparam integer AROUND = 80;

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
    .DEPTH        (5),
    .ADDRESS_BITS (3),
    .WEIGHT_BITS  (12),
    .IDENTITY     (32'h89ABCDEF),
    .FLASH_ADDRESS(24'h123456),
    .PAUSE_CYCLES (40),
    .HALF_PERIOD  (`HALF_PERIOD)
  ) dut (
    .clk_i(clk), .rst_i(rst), .cs_n_o(cs_n), .sck_o(sck), .mosi_o(mosi), .miso_i(miso),
    .load_write_o(write), .load_address_o(address), .load_data_o(data), .loaded_o(loaded),
    .failed_o(failed)
  );

  lstmg_flash #(.BASE(24'h123456)) flash (.cs_n(cs_n), .sck(sck), .mosi(mosi), .miso(miso));

  integer duration;
  integer moment;
  integer cycle;
  integer writes;

  // Cycles until loaded_o rises after a reset; one more reset comes in cycle `at`.
  task load(input integer at);
    begin
      rst = 1'b1;
      duration = -1;
      writes = 0;
      for (cycle = 0; cycle < 4000 && (duration < 0 || cycle <= at + 100); cycle = cycle + 1) begin
        #5 clk = 1'b1;
        #5 clk = 1'b0;
        if (cycle > 2) rst = cycle == at;
        if (loaded && |write) writes = writes + 1;
        if (!loaded) duration = -1;
        else if (duration < 0) duration = cycle;
      end
    end
  endtask

  integer normal;
  initial begin
    clk = 1'b0;
    load(-1);
    normal = duration;
    if (normal < AROUND) $display("FAIL loaded after %0d cycles", normal);
    for (moment = normal - AROUND; moment < normal + 4; moment = moment + 1) begin
      load(moment);
      if (duration < moment + normal - 10 || writes != 0)
        $display("FAIL reset in cycle %0d: loaded in %0d, written %0d times", moment, duration, writes);
    end
    $display("%0d moments", AROUND + 4);
  end
  wire unused = &{1'b0, address, data, failed};
endmodule
`default_nettype wire
