`default_nettype none
// lstmg_carry against plain additions, for every set of inputs that may be in use.
module carry_case #(
  parameter integer BITS = 1,
  parameter integer INVERT = 0,
  // USES_A, USES_C, USES_SELECT, USES_CARRY
  parameter [3:0] USES = 4'd0
);
  reg             select;
  reg  [BITS-1:0] a;
  reg  [BITS-1:0] b;
  reg  [BITS-1:0] c;
  reg             carry;
  wire [BITS-1:0] sum;
  wire            carry_out;

  lstmg_carry #(
    .BITS       (BITS),
    .INVERT     (INVERT),
    .USES_A     ({31'd0, USES[3]}),
    .USES_C     ({31'd0, USES[2]}),
    .USES_SELECT({31'd0, USES[1]}),
    .USES_CARRY ({31'd0, USES[0]})
  ) dut (
    .select_i(select), .a_i(a), .b_i(b), .c_i(c), .carry_i(carry), .sum_o(sum), .carry_o(carry_out)
  );

  integer        round;
  reg [127:0]    random;
  reg [BITS-1:0] first;
  reg [BITS-1:0] second;
  reg [BITS:0]   expected;
  initial begin
    for (round = 0; round < 300; round = round + 1) begin
      random = {$random, $random, $random, $random};
      // All ones and all zeros carry the furthest.
      a = round % 5 == 0 ? {BITS{1'b1}} : random[BITS-1:0];
      b = round % 7 == 0 ? {BITS{1'b0}} : random[32+:BITS];
      c = random[64+:BITS];
      // Where both are in use, one of the two is zero wherever the other one is not.
      if (USES[2]) c = c & ~b;
      {select, carry} = random[127:126];
      if (INVERT == 0 && USES[3] && USES[1] && select) carry = 1'b0;
      first  = USES[3] && !(INVERT == 0 && USES[1] && select) ? a : {BITS{1'b0}};
      second = USES[2] ? b | c : b;
      if (INVERT != 0 && USES[1] && select) second = ~second;
      expected = {1'b0, first} + {1'b0, second} + {{BITS{1'b0}}, USES[0] & carry};
      #1;
      if ({carry_out, sum} !== expected)
        $display("FAIL carry %0d bits, invert %0d, uses %b: %h, expected %h", BITS, INVERT, USES,
                 {carry_out, sum}, expected);
    end
    $display("checked %0d", round);
  end
endmodule

module bench;
  genvar width;
  genvar uses;
  generate
    for (width = 0; width < 5; width = width + 1) begin : gen_width
      localparam integer BITS = width == 0 ? 1 : width == 1 ? 2 : width == 2 ? 7 : 8 * width;
      for (uses = 0; uses < 16; uses = uses + 1) begin : gen_uses
        carry_case #(.BITS(BITS), .INVERT(0), .USES(uses)) sum ();
        // Inverted addends want a select and exclude a.
        if (uses < 8 && (uses / 2) % 2 == 1) begin : gen_inverted
          carry_case #(.BITS(BITS), .INVERT(1), .USES(uses)) difference ();
        end
      end
    end
  endgenerate
endmodule
`default_nettype wire
