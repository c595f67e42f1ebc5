`default_nettype none
// Rounded magnitude of a word: |floor(x / 2^SHIFT + 1/2)|, with one carry chain.
//
// With H = 2^(SHIFT-1), a negative x gives -floor((x + H) / 2^SHIFT) = floor((~x + H) / 2^SHIFT),
// where ~x = -x - 1: inverting the word replaces the subtraction. The chain begins at bit SHIFT - 1,
// and H is the carry into it. Without a shift, -x = ~x + 1 takes the sign as that carry. A small
// negative word rounds to zero: the sign counts only where the magnitude is not zero.
//
// Latency: SEGMENTS cycles.
// Reset:   none.
module lstmg_magnitude #(
  // Bits of the word, signed.
  parameter integer IN_BITS = 33,
  // Bits dropped, 0 or more.
  parameter integer SHIFT = 6,
  // Carry segments, 1 or more.
  parameter integer SEGMENTS = 1
) (
  input  wire                      clk_i,
  input  wire signed [IN_BITS-1:0] data_i,
  // Magnitude, and the sign of the word
  output wire [IN_BITS-SHIFT-1:0]  magnitude_o,
  output wire                      negative_o
);

  // First bit of the chain, and bits of it.
  localparam integer LOW = SHIFT == 0 ? 0 : SHIFT - 1;
  localparam integer BITS = IN_BITS - LOW;

  wire            negative = data_i[IN_BITS-1];
  wire [BITS-1:0] sum;
  lstmg_adder #(
    .BITS       (BITS),
    .SEGMENTS   (SEGMENTS),
    .USES_A     (0),
    .USES_CARRY (1),
    .USES_INVERT(1)
  ) u_round (
    .clk_i   (clk_i),
    .invert_i(negative),
    .a_i     ({BITS{1'b0}}),
    .b_i     (data_i[IN_BITS-1:LOW]),
    .c_i     ({BITS{1'b0}}),
    .carry_i (SHIFT == 0 ? negative : 1'b1),
    .sum_o   (sum)
  );

  assign magnitude_o = sum[BITS-1:SHIFT-LOW];
  generate
    if (SHIFT > 0) begin : gen_half
      wire unused_half = sum[0];
    end
    if (LOW > 0) begin : gen_dropped
      wire unused = &{1'b0, data_i[LOW-1:0]};
    end
  endgenerate

  lstmg_delay #(.WIDTH(1), .DEPTH(SEGMENTS)) u_sign (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(negative),
    .data_o(negative_o)
  );

endmodule
`default_nettype wire
