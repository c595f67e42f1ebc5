`default_nettype none
// Logistic and tanh by a piecewise-linear table. Twin of Sources/FixedPoint/LogisticTable.swift.
//
// The argument is the biased state, rounded and held at the limits of ARGUMENT_BITS. The table has
// the half x >= 0 of the logistic: base and slope per segment, base word in units of
// 2^-(VALUE_BITS - 1 + GUARD_BITS). logistic(-x) = 1 - logistic(x); tanh(x) = 2 logistic(2x) - 1.
// The result is rounded once and clipped at one unit below one.
//
// Sign and tanh go into the factors while the table is read: with s = -1 or 1 for the argument's sign
//
//   logistic   [1 if s < 0]   + s * base     + slope * (s * offset)
//   tanh       [-s]           + 2 s * base   + slope * (2 s * offset)
//              `--- together with one half, the start ---'
//
// so that one short addition is left behind the product. Bits of the product below the base's last
// place can neither carry nor round.
//
// Latency: MAGNITUDE_SEGMENTS + CLIP_STAGES + ROM_LATENCY + MULTIPLY_LATENCY + SUM_SEGMENTS + 1
//          cycles.
// Reset:   none.
module lstmg_activation #(
  // Bits of the biased state, signed, and of those that the argument drops.
  parameter integer BIASED_BITS = 33,
  parameter integer ARGUMENT_SHIFT = 6,
  // Bits of the argument, signed, and of the result, which is Q0.(VALUE_BITS - 1).
  parameter integer ARGUMENT_BITS = 20,
  parameter integer VALUE_BITS = 16,
  // log2 of the number of segments; bits of an offset inside one, ARGUMENT_BITS - 1 - SEGMENT_BITS.
  parameter integer SEGMENT_BITS = 9,
  parameter integer OFFSET_BITS = 10,
  // Bits of a base and a slope, both without sign.
  parameter integer BASE_BITS = 20,
  parameter integer SLOPE_BITS = 13,
  // Pipeline: carry segments of the magnitude, a register (1) or none (0) in front of the table, table,
  // multiplier.
  parameter integer MAGNITUDE_SEGMENTS = 1,
  parameter integer CLIP_STAGES = 0,
  parameter integer ROM_LATENCY = 1,
  parameter integer MULTIPLY_LATENCY = 1,
  // Carry segments of start and product's sum, 1 or 2.
  parameter integer SUM_SEGMENTS = 1,
  // Name of the table's image, words {base, slope}.
  parameter IMAGE = ""
) (
  input  wire                          clk_i,
  input  wire                          tanh_i,
  input  wire signed [BIASED_BITS-1:0] biased_i,
  // One cycle before value_o, which is zero without
  input  wire                          valid_i,
  output reg  signed [VALUE_BITS-1:0]  value_o
);

  // Bits of the rounded magnitude, and of the word that is clipped to ARGUMENT_BITS - 1.
  localparam integer ROUNDED_BITS = BIASED_BITS - ARGUMENT_SHIFT;
  localparam integer WIDE = (ROUNDED_BITS > ARGUMENT_BITS ? ROUNDED_BITS : ARGUMENT_BITS) + 1;
  localparam integer GUARD_BITS = BASE_BITS - VALUE_BITS;
  // Bits of the start and the sum: sign, a bit above one.
  localparam integer SUM_BITS = BASE_BITS + 2;
  localparam [SUM_BITS-1:0] ONE = {{(SUM_BITS - 1){1'b0}}, 1'b1} << (BASE_BITS - 1);
  localparam [SUM_BITS-1:0] HALF = {{(SUM_BITS - 1){1'b0}}, 1'b1} << (GUARD_BITS - 1);

  // ---- magnitude of the (doubled) argument, at most the largest positive word
  wire [ROUNDED_BITS-1:0] rounded;
  wire                    negative;
  wire                    tanh;
  lstmg_magnitude #(
    .IN_BITS (BIASED_BITS),
    .SHIFT   (ARGUMENT_SHIFT),
    .SEGMENTS(MAGNITUDE_SEGMENTS)
  ) u_magnitude (
    .clk_i      (clk_i),
    .data_i     (biased_i),
    .magnitude_o(rounded),
    .negative_o (negative)
  );
  lstmg_delay #(.WIDTH(1), .DEPTH(MAGNITUDE_SEGMENTS)) u_tanh (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i(tanh_i),
    .data_o(tanh)
  );

  // Beyond the argument's range: seen in the word before it is rounded, or reached by the rounding.
  wire beyond;
  generate
    if (ROUNDED_BITS > ARGUMENT_BITS) begin : gen_beyond
      wire [ROUNDED_BITS-ARGUMENT_BITS:0] top =
          biased_i[BIASED_BITS-1:ARGUMENT_SHIFT+ARGUMENT_BITS-1];
      wire all;
      wire any;
      lstmg_delay #(.WIDTH(2), .DEPTH(MAGNITUDE_SEGMENTS - 1)) u_top (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i({&top, |top}),
        .data_o({all, any})
      );
      lstmg_delay #(.WIDTH(1), .DEPTH(1)) u_beyond (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(any && !all),
        .data_o(beyond)
      );
    end else begin : gen_inside
      assign beyond = 1'b0;
    end
  endgenerate

  wire [WIDE-1:0]          wide = {{(WIDE - ROUNDED_BITS){1'b0}}, rounded};
  wire                     unused_wide = &{1'b0, wide[WIDE-1:ARGUMENT_BITS]};
  wire                     clips =
      beyond | wide[ARGUMENT_BITS-1] | (tanh & wide[ARGUMENT_BITS-2]);
  wire [ARGUMENT_BITS-2:0] doubled =
      tanh ? {wide[ARGUMENT_BITS-3:0], 1'b0} : wide[ARGUMENT_BITS-2:0];
  wire [ARGUMENT_BITS-2:0] magnitude;
  wire                     magnitude_negative;
  wire                     magnitude_tanh;
  wire [ARGUMENT_BITS-2:0] unclipped;
  wire                     clips_at_last;
  wire                     tanh_at_last;
  wire                     negative_at_last;
  lstmg_delay #(.WIDTH(ARGUMENT_BITS + 2), .DEPTH(CLIP_STAGES > 1 ? 1 : 0)) u_unclipped (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({tanh, negative, clips, doubled}),
    .data_o({tanh_at_last, negative_at_last, clips_at_last, unclipped})
  );
  lstmg_delay #(.WIDTH(ARGUMENT_BITS + 1), .DEPTH(CLIP_STAGES > 0 ? 1 : 0)) u_clip (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({tanh_at_last, negative_at_last, unclipped | {(ARGUMENT_BITS - 1){clips_at_last}}}),
    .data_o({magnitude_tanh, magnitude_negative, magnitude})
  );

  // ---- table; meanwhile the offset takes sign and doubling
  // From one half to less than one: the upper bits of the base are known.
  wire [BASE_BITS-3:0]  low_base;
  wire [BASE_BITS-1:0]  base = {2'b01, low_base};
  wire [SLOPE_BITS-1:0] slope;
  lstmg_rom #(
    .WIDTH       (BASE_BITS - 2 + SLOPE_BITS),
    .DEPTH       (1 << SEGMENT_BITS),
    .ADDRESS_BITS(SEGMENT_BITS),
    .LATENCY     (ROM_LATENCY),
    .IMAGE       (IMAGE)
  ) u_table (
    .clk_i    (clk_i),
    .address_i(magnitude[ARGUMENT_BITS-2:OFFSET_BITS]),
    .data_o   ({low_base, slope})
  );

  // The sign of a zero does not count.
  wire                 offset_negative;
  wire [OFFSET_BITS:0] offset;
  lstmg_delay #(.WIDTH(1 + OFFSET_BITS), .DEPTH(ROM_LATENCY - 1)) u_magnitude_offset (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({magnitude_negative, magnitude[OFFSET_BITS-1:0]}),
    .data_o({offset_negative, offset[OFFSET_BITS-1:0]})
  );
  assign offset[OFFSET_BITS] = 1'b0;

  wire signed [OFFSET_BITS:0] offset_at_slope;
  lstmg_adder #(.BITS(OFFSET_BITS + 1), .USES_A(0), .USES_CARRY(1), .USES_INVERT(1)) u_offset (
    .clk_i   (clk_i),
    .invert_i(offset_negative),
    .a_i     ({(OFFSET_BITS + 1){1'b0}}),
    .b_i     (offset),
    .c_i     ({(OFFSET_BITS + 1){1'b0}}),
    .carry_i (offset_negative),
    .sum_o   (offset_at_slope)
  );

  wire has_high;
  wire has_low;
  wire sign;
  wire is_tanh;
  wire negative_at_base;
  wire                          tanh_at_base;
  wire signed [OFFSET_BITS+1:0] factor =
      tanh_at_base ? {offset_at_slope, 1'b0} : {offset_at_slope[OFFSET_BITS], offset_at_slope};
  lstmg_delay #(.WIDTH(4), .DEPTH(ROM_LATENCY - 1)) u_marks (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({magnitude_tanh, magnitude_negative, |magnitude[ARGUMENT_BITS-2:OFFSET_BITS],
             |magnitude[OFFSET_BITS-1:0]}),
    .data_o({is_tanh, sign, has_high, has_low})
  );
  lstmg_delay #(.WIDTH(2), .DEPTH(1)) u_sign (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({is_tanh, sign && (has_high || has_low)}),
    .data_o({tanh_at_base, negative_at_base})
  );

  // ---- product, and the start beside it
  wire signed [SLOPE_BITS+OFFSET_BITS+2:0] product;
  lstmg_multiplier #(
    .A_BITS (SLOPE_BITS + 1),
    .B_BITS (OFFSET_BITS + 2),
    .LATENCY(MULTIPLY_LATENCY)
  ) u_multiplier (
    .clk_i    (clk_i),
    .a_i      ({1'b0, slope}),
    .b_i      (factor),
    .product_o(product)
  );

  // Without sign -(x) = ~x + 1: the one goes into the constant.
  wire [SUM_BITS-1:0] scaled = tanh_at_base ? {1'b0, base, 1'b0} : {2'd0, base};
  wire [SUM_BITS-1:0] signed_base = scaled ^ {SUM_BITS{negative_at_base}};
  wire [SUM_BITS-1:0] constant =
      negative_at_base ? HALF + ONE + 1'b1 : tanh_at_base ? HALF - ONE : HALF;
  wire [SUM_BITS-1:0] start;
  generate
    if (MULTIPLY_LATENCY == 1) begin : gen_start
      reg [SUM_BITS-1:0] start_q;
      always @(posedge clk_i) start_q <= signed_base + constant;
      assign start = start_q;
    end else begin : gen_two_starts
      localparam integer SEGMENTS = MULTIPLY_LATENCY > 3 ? 2 : 1;
      reg [SUM_BITS-1:0]  signed_base_q;
      reg [SUM_BITS-1:0]  constant_q;
      wire [SUM_BITS-1:0] first;
      always @(posedge clk_i) begin
        signed_base_q <= signed_base;
        constant_q    <= constant;
      end
      lstmg_adder #(.BITS(SUM_BITS), .SEGMENTS(SEGMENTS)) u_first (
        .clk_i   (clk_i),
        .invert_i(1'b0),
        .a_i     (signed_base_q),
        .b_i     (constant_q),
        .c_i     ({SUM_BITS{1'b0}}),
        .carry_i (1'b0),
        .sum_o   (first)
      );
      lstmg_delay #(.WIDTH(SUM_BITS), .DEPTH(MULTIPLY_LATENCY - 1 - SEGMENTS)) u_start (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(first),
        .data_o(start)
      );
    end
  endgenerate

  // ---- sum, clip
  localparam integer PRODUCT_BITS = SLOPE_BITS + 3;
  wire signed [SUM_BITS-1:0] high_product =
      {{(SUM_BITS - PRODUCT_BITS + 1){product[SLOPE_BITS+OFFSET_BITS+2]}},
       product[SLOPE_BITS+OFFSET_BITS+1:OFFSET_BITS]};
  wire unused = &{1'b0, product[OFFSET_BITS-1:0]};

  wire signed [SUM_BITS-1:0] total;
  lstmg_adder #(.BITS(SUM_BITS), .SEGMENTS(SUM_SEGMENTS)) u_total (
    .clk_i   (clk_i),
    .invert_i(1'b0),
    .a_i     (start),
    .b_i     (high_product),
    .c_i     ({SUM_BITS{1'b0}}),
    .carry_i (1'b0),
    .sum_o   (total)
  );

  wire signed [VALUE_BITS-1:0] value;
  wire unused_sum = &{1'b0, total[GUARD_BITS-1:0]};
  lstmg_round_saturate #(
    .IN_BITS (SUM_BITS - GUARD_BITS),
    .OUT_BITS(VALUE_BITS),
    .SHIFT   (0)
  ) u_round (
    .data_i(total[SUM_BITS-1:GUARD_BITS]),
    .data_o(value)
  );
  always @(posedge clk_i)
    if (valid_i) value_o <= value;
    else         value_o <= {VALUE_BITS{1'b0}};

endmodule
`default_nettype wire
