`default_nettype none
// lstmg_multiplier, lstmg_gain and lstmg_product against plain products, lstmg_merge_delay against a
// history.
module multiplier_case #(
  parameter integer A_BITS = 8,
  parameter integer B_BITS = 8,
  parameter integer LATENCY = 1
);
  reg                             clk = 1'b0;
  reg  signed [A_BITS-1:0]        a;
  reg  signed [B_BITS-1:0]        b;
  wire signed [A_BITS+B_BITS-1:0] product;
  lstmg_multiplier #(.A_BITS(A_BITS), .B_BITS(B_BITS), .LATENCY(LATENCY)) dut (
    .clk_i(clk), .a_i(a), .b_i(b), .product_o(product)
  );

  reg signed [A_BITS+B_BITS-1:0] expected [0:127];
  integer                        round;
  initial begin
    for (round = 0; round < 128; round = round + 1) begin
      a = {$random, $random};
      b = {$random, $random};
      if (round % 8 == 0) a = {1'b1, {(A_BITS - 1){1'b0}}};
      if (round % 16 == 0) b = {1'b1, {(B_BITS - 1){1'b0}}};
      expected[round] = a * b;
      #1 clk = 1'b1;
      #1 clk = 1'b0;
      if (round >= LATENCY - 1 && product !== expected[round-LATENCY+1])
        $display("FAIL multiplier %0d by %0d bits, %0d cycles: %h, expected %h", A_BITS, B_BITS,
                 LATENCY, product, expected[round-LATENCY+1]);
    end
    $display("checked %0d", round);
  end
endmodule

module gain_case #(
  parameter integer OPERAND_BITS = 33,
  parameter integer VALUE_BITS = 16,
  parameter integer MULTIPLIER_BITS = 64,
  parameter integer LATENCY = 1,
  parameter integer SEGMENTS = 1
);
  localparam integer BITS = OPERAND_BITS + VALUE_BITS;

  reg                            clk = 1'b0;
  reg                            gated;
  reg                            half;
  reg  signed [OPERAND_BITS-1:0] operand;
  reg  signed [VALUE_BITS-1:0]   gate;
  wire signed [BITS-1:0]         gained;
  lstmg_gain #(
    .OPERAND_BITS(OPERAND_BITS), .VALUE_BITS(VALUE_BITS), .MULTIPLIER_BITS(MULTIPLIER_BITS),
    .MULTIPLY_LATENCY(LATENCY), .SEGMENTS(SEGMENTS)
  ) dut (
    .clk_i(clk), .gated_i(gated), .half_i(half), .operand_i(operand), .gate_i(gate),
    .gained_o(gained)
  );

  localparam signed [BITS-1:0] ONE = {{(BITS - 1){1'b0}}, 1'b1};
  localparam integer DELAY = LATENCY + SEGMENTS - 1;
  reg signed [BITS-1:0] expected [0:127];
  reg signed [BITS-1:0] factor;
  integer               round;
  initial begin
    for (round = 0; round < 128; round = round + 1) begin
      operand = {$random, $random};
      gate    = $random;
      if (round % 8 == 0) operand = {1'b1, {(OPERAND_BITS - 1){1'b0}}};
      {gated, half} = $random;
      factor = gated ? gate : ONE << (VALUE_BITS - 1);
      expected[round] = operand * factor + (half ? ONE << (VALUE_BITS - 2) : ONE - ONE);
      #1 clk = 1'b1;
      #1 clk = 1'b0;
      // The most negative operand times the most negative gate does not occur: gates lie below one.
      if (round >= DELAY && gained !== expected[round-DELAY])
        $display("FAIL gain %0d by %0d bits, %0d and %0d cycles: %h, expected %h", OPERAND_BITS,
                 VALUE_BITS, LATENCY, SEGMENTS, gained, expected[round-DELAY]);
    end
    $display("checked %0d", round);
  end
endmodule

module product_case #(
  parameter integer VALUE_BITS = 16,
  parameter integer LINEAR_SHIFT = 6,
  parameter integer LATENCY = 1
);
  localparam integer SHIFT = VALUE_BITS - 1;
  localparam integer FIRST = SHIFT > LINEAR_SHIFT ? SHIFT - LINEAR_SHIFT : 0;

  reg                          clk = 1'b0;
  reg  signed [VALUE_BITS-1:0] value;
  reg  signed [VALUE_BITS-1:0] gate;
  reg                          valid;
  wire signed [VALUE_BITS-1:0] product;
  lstmg_product #(
    .VALUE_BITS(VALUE_BITS), .LINEAR_SHIFT(LINEAR_SHIFT), .MULTIPLY_LATENCY(LATENCY)
  ) dut (
    .clk_i(clk), .value_i(value), .gate_i(gate), .valid_i(valid), .product_o(product)
  );

  // Rounds to nearest, ties upwards.
  function integer nearest;
    input integer word;
    input integer shift;
    nearest = shift == 0 ? word : ((word >>> (shift - 1)) + 1) >>> 1;
  endfunction

  integer expected [0:255];
  integer round;
  initial begin
    for (round = 0; round < 256; round = round + 1) begin
      value = $random;
      gate  = $random;
      valid = round % 5 != 0;
      // Small words meet ties.
      if (round % 4 == 1) {value, gate} = {value >>> (VALUE_BITS / 2), gate >>> (VALUE_BITS / 2)};
      if (round % 16 == 0) value = {1'b1, {(VALUE_BITS - 1){1'b0}}};
      if (round % 32 == 0) gate = {1'b1, {(VALUE_BITS - 1){1'b0}}};
      expected[round] = value;
      expected[round] = expected[round] * gate;
      expected[round] = nearest(nearest(expected[round], FIRST), SHIFT - FIRST);
      if (expected[round] == 1 << SHIFT) expected[round] = (1 << SHIFT) - 1;
      #1 clk = 1'b1;
      #1 clk = 1'b0;
      if (round >= LATENCY + 1 && product !== (valid ? expected[round-LATENCY-1][VALUE_BITS-1:0] : {VALUE_BITS{1'b0}}))
        $display("FAIL product of %0d bits, linear shift %0d, %0d cycles: %h, expected %h",
                 VALUE_BITS, LINEAR_SHIFT, LATENCY, product, expected[round-LATENCY-1]);
    end
    $display("checked %0d", round);
  end
endmodule

module delay_case #(
  parameter integer DEPTH = 2,
  parameter integer ENTRY = 1
);
  reg        clk = 1'b0;
  reg        rst = 1'b0;
  reg  [4:0] data;
  reg  [4:0] late;
  wire [4:0] result;
  lstmg_merge_delay #(.WIDTH(5), .DEPTH(DEPTH), .ENTRY(ENTRY)) dut (
    .clk_i(clk), .rst_i(rst), .data_i(data), .late_i(late), .data_o(result)
  );

  reg [4:0] from_data [0:127];
  reg [4:0] from_late [0:127];
  integer   round;
  integer   since;
  initial begin
    since = 0;
    for (round = 0; round < 128; round = round + 1) begin
      data = $random;
      late = $random;
      rst  = round % 40 == 39;
      from_data[round] = data;
      from_late[round] = late;
      #1 clk = 1'b1;
      #1 clk = 1'b0;
      since = rst ? 0 : since + 1;
      if (rst) begin
        if (result !== 5'd0) $display("FAIL merge_delay %0d, %0d: not cleared", DEPTH, ENTRY);
      end else if (since >= DEPTH
          && result !== (from_data[round-DEPTH+1] | from_late[round-DEPTH+ENTRY+1]))
        $display("FAIL merge_delay %0d, %0d: %h", DEPTH, ENTRY, result);
    end
    $display("checked %0d", round);
  end
endmodule

module bench;
  genvar latency;
  genvar bits;
  genvar shift;
  generate
    for (latency = 1; latency <= 5; latency = latency + 1) begin : gen_latency
      multiplier_case #(.A_BITS(4), .B_BITS(4), .LATENCY(latency)) nibbles ();
      multiplier_case #(.A_BITS(16), .B_BITS(16), .LATENCY(latency)) words ();
      multiplier_case #(.A_BITS(18), .B_BITS(18), .LATENCY(latency)) full ();
      multiplier_case #(.A_BITS(33), .B_BITS(16), .LATENCY(latency)) long ();
      gain_case #(.LATENCY(latency), .SEGMENTS(1)) whole ();
      gain_case #(.LATENCY(latency), .SEGMENTS(2), .MULTIPLIER_BITS(18)) cut ();
      gain_case #(.OPERAND_BITS(36), .VALUE_BITS(18), .MULTIPLIER_BITS(18), .LATENCY(latency),
                  .SEGMENTS(3)) wide ();
      for (shift = 0; shift <= 18; shift = shift + 6) begin : gen_shift
        product_case #(.VALUE_BITS(8), .LINEAR_SHIFT(shift), .LATENCY(latency)) bytes ();
        product_case #(.VALUE_BITS(16), .LINEAR_SHIFT(shift), .LATENCY(latency)) words ();
      end
      for (bits = 0; bits < latency; bits = bits + 1) begin : gen_entry
        delay_case #(.DEPTH(latency), .ENTRY(bits)) merge ();
      end
    end
  endgenerate
endmodule
`default_nettype wire
