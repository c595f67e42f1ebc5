`default_nettype none
// Serial output: 8 data bits, the lowest one first, no parity, one stop bit.
//
// Handshake: ready/valid; a byte takes ten bits of time.
// Reset:     the line goes high at once, a byte on its way is lost. After configuration it is high.
module lstmg_uart_transmitter #(
  // Cycles of a bit, 2 or more.
  parameter integer CLOCKS_PER_BIT = 12
) (
  input  wire       clk_i,
  input  wire       rst_i,
  input  wire [7:0] data_i,
  input  wire       valid_i,
  output wire       ready_o,
  output wire       tx_o
);

  localparam integer COUNT_BITS = $clog2(CLOCKS_PER_BIT);
  localparam [31:0] WHOLE_BIT = CLOCKS_PER_BIT - 1;

  // Bits that are still to be shown, the one at the line lowest; ones follow.
  reg  [8:0]            bits_q = {9{1'b1}};
  reg  [3:0]            left_q;
  reg  [COUNT_BITS-1:0] count_q;
  wire                  tick = count_q == {COUNT_BITS{1'b0}};

  assign ready_o = left_q == 4'd0;
  assign tx_o    = bits_q[0];
  always @(posedge clk_i) begin
    if (rst_i) begin
      bits_q  <= {9{1'b1}};
      left_q  <= 4'd0;
      count_q <= WHOLE_BIT[COUNT_BITS-1:0];
    end else if (ready_o) begin
      count_q <= WHOLE_BIT[COUNT_BITS-1:0];
      if (valid_i) begin
        bits_q <= {data_i, 1'b0};
        left_q <= 4'd10;
      end
    end else begin
      count_q <= tick ? WHOLE_BIT[COUNT_BITS-1:0] : count_q - 1'b1;
      if (tick) begin
        bits_q <= {1'b1, bits_q[8:1]};
        left_q <= left_q - 4'd1;
      end
    end
  end

endmodule
`default_nettype wire
