// lstmg_cobs_decoder undoes byte stuffing as its definition says, and finds back after any fault: a second
// one, never reset and in whatever state, says the same from the first zero on.
//
//: depth 3
//: cover 10
//: mutation lstmg_cobs_decoder 10 s/data_o    <= 8'd0/data_o    <= data_i/
//: mutation lstmg_cobs_decoder 10 s/good_o    <= left_q == 8'd0/good_o    <= 1'b1/
//: mutation lstmg_cobs_decoder 10 0,/stuffed_q <= 1'b0;/s/stuffed_q <= 1'b0;//
//: mutation lstmg_cobs_decoder 10 0,/left_q    <= 8'd0;/s/left_q    <= 8'd0;//
//: mutation lstmg_cobs_decoder 10 s/left_q    <= data_i - 8'd1/left_q    <= data_i - 8'd2/
//: mutation lstmg_cobs_decoder induction s/stuffed_q <= data_i != 8'd255/stuffed_q <= 1'b1/
module proof (
  input wire clk
);

  (* anyseq *) wire [7:0] data;
  (* anyseq *) wire valid;
  (* anyseq *) wire rst_any;
  reg f_past = 1'b0;
  always @(posedge clk) f_past <= 1'b1;
  wire rst = !f_past || rst_any;

  wire [7:0] out, twin_out;
  wire out_valid, twin_valid, ended, twin_ended, good, twin_good;
  lstmg_cobs_decoder dut (
    .clk_i  (clk),
    .rst_i  (rst),
    .data_i (data),
    .valid_i(valid),
    .data_o (out),
    .valid_o(out_valid),
    .end_o  (ended),
    .good_o (good)
  );
  lstmg_cobs_decoder twin (
    .clk_i  (clk),
    .rst_i  (1'b0),
    .data_i (data),
    .valid_i(valid),
    .data_o (twin_out),
    .valid_o(twin_valid),
    .end_o  (twin_ended),
    .good_o (twin_good)
  );
  (* hierconn *) wire [7:0] \dut.left_q ;
  (* hierconn *) wire \dut.stuffed_q ;
  (* hierconn *) wire \dut.open_q ;
  (* hierconn *) wire [7:0] \twin.left_q ;
  (* hierconn *) wire \twin.stuffed_q ;
  (* hierconn *) wire \twin.open_q ;

  // ---- specification: the last code of the frame, 0 for none yet, and the bytes that have followed it
  reg [7:0] f_code = 8'd0;
  reg [7:0] f_followed = 8'd0;
  wire f_is_whole = f_code == 0 || f_followed == f_code - 1;
  // What the decoder has to say in this cycle.
  reg f_says = 1'b0;
  reg f_ends = 1'b0;
  reg f_good = 1'b0;
  reg [7:0] f_byte = 8'd0;
  // A zero came, and none of the resets since; it came before the last cycle.
  reg f_synced = 1'b0;
  reg f_agrees = 1'b0;
  always @(posedge clk) begin
    f_says   <= 1'b0;
    f_ends   <= 1'b0;
    f_agrees <= f_synced && !rst;
    f_synced <= !rst && (f_synced || (valid && data == 0));
    if (rst) f_code <= 8'd0;
    else if (valid) begin
      if (data == 0) begin
        f_ends <= f_code != 0;
        f_good <= f_is_whole;
        f_code <= 8'd0;
      end else if (f_is_whole) begin
        // A code: in front of it stood a zero, but not at the beginning or after a longest block.
        f_says     <= f_code != 0 && f_code != 255;
        f_byte     <= 8'd0;
        f_code     <= data;
        f_followed <= 8'd0;
      end else begin
        f_says     <= 1'b1;
        f_byte     <= data;
        f_followed <= f_followed + 8'd1;
      end
    end
  end

  always @* if (f_past) begin
    assert (out_valid == f_says && ended == f_ends);
    if (f_says) assert (out == f_byte);
    if (f_ends) assert (good == f_good);
    assert (!(out_valid && ended));
    if (f_agrees) begin
      assert (twin_valid == out_valid && twin_ended == ended);
      if (out_valid) assert (twin_out == out);
      if (ended) assert (twin_good == good);
    end
    // invariant
    assert (\dut.open_q == (f_code != 0));
    assert (\dut.left_q == (f_is_whole ? 8'd0 : f_code - 8'd1 - f_followed));
    assert (\dut.stuffed_q == (f_code != 0 && f_code != 255));
    assert (f_code == 0 || f_followed < f_code);
    if (f_synced) assert ({\dut.left_q , \dut.stuffed_q , \dut.open_q } ==
                          {\twin.left_q , \twin.stuffed_q , \twin.open_q });
    cover (out_valid && out == 0);
    cover (ended && good && f_agrees);
    cover (ended && !good);
  end

endmodule
