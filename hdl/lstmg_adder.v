`default_nettype none
// Sum of two words in carry segments: segment k works k cycles after segment 0.
//
//   sum_o = a_i + (b_i | c_i) + carry_i
//   sum_o = ((b_i | c_i) ^ {invert_i, ...}) + carry_i      with USES_INVERT, which excludes a
//
// Latency: SEGMENTS cycles.
// Reset:   none.
module lstmg_adder #(
  // Bits of the words and the sum; what overflows is lost.
  parameter integer BITS = 32,
  // Carry segments, 1 to BITS.
  parameter integer SEGMENTS = 1,
  // What is used, 0 or 1; the rest counts as zero.
  parameter integer USES_A = 1,
  parameter integer USES_C = 0,
  parameter integer USES_CARRY = 0,
  parameter integer USES_INVERT = 0
) (
  input  wire                   clk_i,
  input  wire                   invert_i,
  input  wire signed [BITS-1:0] a_i,
  input  wire signed [BITS-1:0] b_i,
  input  wire signed [BITS-1:0] c_i,
  input  wire                   carry_i,
  output wire signed [BITS-1:0] sum_o
);

  genvar index;
  generate
    for (index = 0; index < SEGMENTS; index = index + 1) begin : gen_segment
      localparam integer LOW = index * BITS / SEGMENTS;
      localparam integer WIDTH = (index + 1) * BITS / SEGMENTS - LOW;

      wire             invert;
      wire [WIDTH-1:0] a;
      wire [WIDTH-1:0] b;
      wire [WIDTH-1:0] c;
      lstmg_delay #(.WIDTH(1 + 3 * WIDTH), .DEPTH(index)) u_inputs (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i({invert_i, a_i[LOW+:WIDTH], b_i[LOW+:WIDTH], c_i[LOW+:WIDTH]}),
        .data_o({invert, a, b, c})
      );

      wire carry_in;
      if (index == 0) begin : gen_first
        assign carry_in = carry_i;
      end else begin : gen_next
        assign carry_in = gen_segment[index-1].carry_q;
      end

      reg  [WIDTH-1:0] sum_q;
      reg              carry_q;
      wire [WIDTH-1:0] sum;
      wire             carry;
      lstmg_carry #(
        .BITS       (WIDTH),
        .INVERT     (USES_INVERT),
        .USES_A     (USES_A),
        .USES_C     (USES_C),
        .USES_SELECT(USES_INVERT),
        .USES_CARRY (index > 0 || USES_CARRY != 0 ? 1 : 0)
      ) u_carry (
        .select_i(invert),
        .a_i     (a),
        .b_i     (b),
        .c_i     (c),
        .carry_i (carry_in),
        .sum_o   (sum),
        .carry_o (carry)
      );
      always @(posedge clk_i) begin
        sum_q   <= sum;
        carry_q <= carry;
      end
      if (index == SEGMENTS - 1) begin : gen_last
        wire unused = &{1'b0, carry_q};
      end

      lstmg_delay #(.WIDTH(WIDTH), .DEPTH(SEGMENTS - 1 - index)) u_sum (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(sum_q),
        .data_o(sum_o[LOW+:WIDTH])
      );
    end
  endgenerate

endmodule
`default_nettype wire
