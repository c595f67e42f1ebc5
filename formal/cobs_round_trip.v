// What lstmg_cobs_decoder makes of a frame of lstmg_reply_buffer is the reply, byte for byte, and behind it a CRC
// that is right. An arbitrary byte of the first reply stands for all. Proved for all that can happen in the
// first cycles after the reset, as many as are given here, with reply bytes of 0, 1, 254 and 255.
//
//: bounded 13
//: cover 18
//: mutation lstmg_cobs_decoder 13 s/valid_o   <= stuffed_q/valid_o   <= 1'b0/
//: mutation lstmg_reply_buffer 13 s/code_q <= code_q \+ 8'd1/code_q <= code_q/
module proof (
  input wire clk
);

  (* anyconst *) wire [3:0] index;
  (* anyseq *) wire [7:0] data;
  (* anyseq *) wire valid;
  (* anyseq *) wire last;
  (* anyseq *) wire line_ready;
  always @* assume (data[7:1] == 7'd0 || data[7:1] == 7'd127);
  reg rst = 1'b1;
  always @(posedge clk) rst <= 1'b0;

  wire ready, line_valid, out_valid, ended, good;
  wire [7:0] line, out;
  lstmg_reply_buffer #(.ADDRESS_BITS(5)) sender (
    .clk_i  (clk),
    .rst_i  (rst),
    .data_i (data),
    .valid_i(valid),
    .last_i (last),
    .ready_o(ready),
    .data_o (line),
    .valid_o(line_valid),
    .ready_i(line_ready)
  );
  lstmg_cobs_decoder receiver (
    .clk_i  (clk),
    .rst_i  (rst),
    .data_i (line),
    .valid_i(line_valid && line_ready),
    .data_o (out),
    .valid_o(out_valid),
    .end_o  (ended),
    .good_o (good)
  );

  // Bytes of the first reply, whether it is complete, and bytes that came back; one of them.
  reg [4:0] f_given = 5'd0, f_back = 5'd0;
  reg f_complete = 1'b0, f_done = 1'b0;
  reg [7:0] f_byte;
  // CRC of all that came back.
  reg [15:0] f_crc = 16'hFFFF;
  wire [15:0] crc_after;
  lstmg_crc16 f_crc16 (
    .crc_i (f_crc),
    .data_i(out),
    .crc_o (crc_after)
  );
  always @(posedge clk) if (!rst) begin
    if (valid && ready && !f_complete) begin
      f_given    <= f_given + 5'd1;
      f_complete <= last;
      if (f_given == index) f_byte <= data;
    end
    if (out_valid) begin
      f_back <= f_back + 5'd1;
      f_crc  <= crc_after;
    end
    if (ended) f_done <= 1'b1;
  end

  always @* if (!rst && !f_done) begin
    if (out_valid) begin
      assert (f_back < f_given + 5'd2);
      if (f_back == index && index < f_given) assert (out == f_byte);
    end
    if (ended) assert (good && f_complete && f_back == f_given + 5'd2 && f_crc == 0);
    cover (ended && f_given == 2 && index == 1 && f_byte == 0);
  end

endmodule
