`default_nettype none
// Serial input: 8 data bits, the lowest one first, no parity, one stop bit.
//
// A start bit is looked at again in its middle, every other bit in its middle only. A byte whose stop bit
// is low is dropped, and nothing is taken for a start bit before the line has been high again.
//
// Latency: valid_o is high for one cycle in the middle of the stop bit.
// Reset:   waits for a high line.
module lstmg_uart_receiver #(
  // Cycles of a bit, 4 or more.
  parameter integer CLOCKS_PER_BIT = 12
) (
  input  wire       clk_i,
  input  wire       rst_i,
  // Line, of no clock
  input  wire       rx_i,
  output reg  [7:0] data_o,
  output reg        valid_o
);

  localparam integer COUNT_BITS = $clog2(CLOCKS_PER_BIT);
  localparam [31:0] WHOLE_BIT = CLOCKS_PER_BIT - 1;
  localparam [31:0] HALF_BIT = CLOCKS_PER_BIT / 2 - 1;

  localparam [1:0] BROKEN = 2'd0;
  localparam [1:0] IDLE = 2'd1;
  localparam [1:0] START = 2'd2;
  localparam [1:0] BITS = 2'd3;
  reg [1:0] state_q;

  wire line;
  lstmg_synchroniser u_line (.clk_i(clk_i), .data_i(rx_i), .data_o(line));

  reg  [COUNT_BITS-1:0] count_q;
  reg  [3:0]            left_q;
  wire                  tick = count_q == {COUNT_BITS{1'b0}};
  always @(posedge clk_i) begin
    valid_o <= 1'b0;
    count_q <= tick ? WHOLE_BIT[COUNT_BITS-1:0] : count_q - 1'b1;
    case (state_q)
      BROKEN: if (line) state_q <= IDLE;
      IDLE: if (!line) begin
        state_q <= START;
        count_q <= HALF_BIT[COUNT_BITS-1:0];
      end
      START: if (tick) begin
        state_q <= line ? IDLE : BITS;
        left_q  <= 4'd8;
      end
      default: if (tick) begin
        left_q <= left_q - 4'd1;
        if (left_q == 4'd0) begin
          state_q <= line ? IDLE : BROKEN;
          valid_o <= line;
        end else begin
          data_o <= {line, data_o[7:1]};
        end
      end
    endcase
    if (rst_i) begin
      state_q <= BROKEN;
      valid_o <= 1'b0;
    end
  end

endmodule
`default_nettype wire
