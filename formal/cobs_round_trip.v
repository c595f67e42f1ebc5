// What lstmg_cobs_decoder makes of a frame of lstmg_reply_buffer is the reply, byte for byte, and two bytes more.
// Proved for
// one reply of one or two bytes after the reset, in the cycles that it takes. Neither side lets the other one wait; the proof of lstmg_reply_buffer is about that.
//
//: bounded 22
//: slow
//: cover 22
//: mutation lstmg_cobs_decoder 22 s/valid_o   <= stuffed_q/valid_o   <= 1'b0/
//: mutation lstmg_reply_buffer 22 s/code_q <= code_q \+ 8'd1/code_q <= code_q/
module proof (
  input wire clk
);

  (* anyconst *) wire [3:0] index;
  (* anyseq *) wire [7:0] data;
  (* anyseq *) wire last;
  wire line_ready = 1'b1;
  reg rst = 1'b1;
  always @(posedge clk) rst <= 1'b0;

  // One reply, of at most two bytes.
  reg f_complete = 1'b0;
  reg [4:0] f_given = 5'd0;
  wire valid = !f_complete;
  always @* assume (last || f_given == 0);

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

  // Bytes that came back; whether the frame has ended; an arbitrary byte of the reply.
  reg [4:0] f_back = 5'd0;
  reg f_done = 1'b0;
  reg [7:0] f_byte;
  always @(posedge clk) if (!rst) begin
    if (valid && ready && !f_complete) begin
      f_given    <= f_given + 5'd1;
      f_complete <= last;
      if (f_given == index) f_byte <= data;
    end
    if (out_valid) f_back <= f_back + 5'd1;
    if (ended) f_done <= 1'b1;
  end

  always @* if (!rst && !f_done) begin
    if (out_valid) begin
      assert (f_back < f_given + 5'd2);
      if (f_back == index && index < f_given) assert (out == f_byte);
    end
    if (ended) assert (good && f_complete && f_back == f_given + 5'd2);
    cover (ended && f_given == 1 && index == 0 && f_byte == 0);
  end

endmodule
