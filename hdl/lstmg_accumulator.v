`default_nettype none
// Exact sum of a run of terms, in carry segments: segment k works k cycles after segment 0.
//
//   sum = (first_i ? 0 : sum) + (term_i | other_i)      in cycles with enable_i
//
// Latency: SEGMENTS cycles: sum_o holds the sum up to and including the terms of SEGMENTS cycles ago.
// Width:   SUM_BITS is proved by the compiler, so the sum never overflows.
// Reset:   none; first_i starts a new sum.
module lstmg_accumulator #(
  // Bits of the terms and the sum, signed.
  parameter integer SUM_BITS = 40,
  // Carry segments, 1 to SUM_BITS.
  parameter integer SEGMENTS = 1,
  // Whether other_i is used, 0 or 1.
  parameter integer USES_OTHER = 1
) (
  input  wire                       clk_i,
  // Operation
  input  wire                       enable_i,
  input  wire                       first_i,
  // Data: one of the terms is zero wherever both are used
  input  wire signed [SUM_BITS-1:0] term_i,
  input  wire signed [SUM_BITS-1:0] other_i,
  output wire signed [SUM_BITS-1:0] sum_o
);

  genvar index;
  generate
    for (index = 0; index < SEGMENTS; index = index + 1) begin : gen_segment
      localparam integer LOW = index * SUM_BITS / SEGMENTS;
      localparam integer BITS = (index + 1) * SUM_BITS / SEGMENTS - LOW;

      wire            enable;
      wire            first;
      wire [BITS-1:0] term;
      wire [BITS-1:0] other;
      lstmg_delay #(.WIDTH(2 + 2 * BITS), .DEPTH(index)) u_inputs (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i({enable_i, first_i, term_i[LOW+:BITS], other_i[LOW+:BITS]}),
        .data_o({enable, first, term, other})
      );

      wire carry_in;
      if (index == 0) begin : gen_first
        assign carry_in = 1'b0;
      end else begin : gen_next
        assign carry_in = gen_segment[index-1].carry_q;
      end

      reg  [BITS-1:0] sum_q;
      reg             carry_q;
      wire [BITS-1:0] sum;
      wire            carry;
      lstmg_carry #(
        .BITS      (BITS),
        .USES_C    (USES_OTHER),
        .USES_CARRY(index > 0 ? 1 : 0)
      ) u_carry (
        .select_i(first),
        .a_i     (sum_q),
        .b_i     (term),
        .c_i     (other),
        .carry_i (carry_in),
        .sum_o   (sum),
        .carry_o (carry)
      );
      always @(posedge clk_i) begin
        // The next segment is enabled one cycle later: the carry may wait with the sum, beside it.
        if (enable) sum_q <= sum;
        if (enable) carry_q <= carry;
      end
      if (index == SEGMENTS - 1) begin : gen_last
        wire unused = &{1'b0, carry_q};
      end

      lstmg_delay #(.WIDTH(BITS), .DEPTH(SEGMENTS - 1 - index)) u_sum (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(sum_q),
        .data_o(sum_o[LOW+:BITS])
      );
    end
  endgenerate

endmodule
`default_nettype wire
