`default_nettype none
// Takes the bytes of a line apart into frames (Cheshire and Baker, Consistent Overhead Byte Stuffing, 1999).
//
// Frames end with a zero. Inside, a code n says that n - 1 bytes follow it as they are, and after them, for
// n < 255 and unless the frame ends there, a zero that was taken out.
//
// Latency: 1 cycle; a byte in gives at most one byte out.
// Reset:   the next byte begins a frame.
module lstmg_cobs_decoder (
  input  wire       clk_i,
  input  wire       rst_i,
  // Line
  input  wire [7:0] data_i,
  input  wire       valid_i,
  // Bytes of a frame
  output reg  [7:0] data_o,
  output reg        valid_o,
  // A frame has ended, for one cycle; it was whole. Zeros between frames end nothing.
  output reg        end_o,
  output reg        good_o
);

  // Bytes that follow as they are; a zero follows them; the frame has begun.
  reg [7:0] left_q;
  reg       stuffed_q;
  reg       open_q;

  always @(posedge clk_i) begin
    valid_o <= 1'b0;
    end_o   <= 1'b0;
    if (valid_i) begin
      if (data_i == 8'd0) begin
        end_o     <= open_q;
        good_o    <= left_q == 8'd0;
        left_q    <= 8'd0;
        stuffed_q <= 1'b0;
        open_q    <= 1'b0;
      end else if (left_q == 8'd0) begin
        data_o    <= 8'd0;
        valid_o   <= stuffed_q;
        left_q    <= data_i - 8'd1;
        stuffed_q <= data_i != 8'd255;
        open_q    <= 1'b1;
      end else begin
        data_o  <= data_i;
        valid_o <= 1'b1;
        left_q  <= left_q - 8'd1;
      end
    end
    if (rst_i) begin
      valid_o   <= 1'b0;
      end_o     <= 1'b0;
      left_q    <= 8'd0;
      stuffed_q <= 1'b0;
      open_q    <= 1'b0;
    end
  end

endmodule
`default_nettype wire
