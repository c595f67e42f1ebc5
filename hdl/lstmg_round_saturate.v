`default_nettype none
// Right shift with rounding to nearest (ties upwards) and saturation; with lstmg_align the only
// place that rounds. Twin of Sources/FixedPoint/SaturatingArithmetic.swift.
//
//   y = min(max(floor(x / 2^SHIFT + 1/2), -2^(OUT_BITS-1)), 2^(OUT_BITS-1) - 1)
//
// Latency: none, combinational.
module lstmg_round_saturate #(
  // Bits of the input and the output, signed.
  parameter integer IN_BITS = 32,
  parameter integer OUT_BITS = 16,
  // Bits dropped, 0 or more.
  parameter integer SHIFT = 0
) (
  input  wire signed [IN_BITS-1:0]  data_i,
  output wire signed [OUT_BITS-1:0] data_o
);

  // Wide enough for the rounding carry and for every output bit.
  localparam integer WIDE = (IN_BITS > OUT_BITS + SHIFT ? IN_BITS : OUT_BITS + SHIFT) + 1;

  wire signed [WIDE-1:0] extended = {{(WIDE - IN_BITS){data_i[IN_BITS-1]}}, data_i};
  wire signed [WIDE-1:0] rounded;
  generate
    if (SHIFT == 0) begin : gen_exact
      assign rounded = extended;
    end else begin : gen_rounded
      localparam [WIDE-1:0] HALF = {{(WIDE - 1){1'b0}}, 1'b1} << (SHIFT - 1);
      assign rounded = (extended + $signed(HALF)) >>> SHIFT;
    end
  endgenerate

  wire fits = (&rounded[WIDE-1:OUT_BITS-1]) | ~(|rounded[WIDE-1:OUT_BITS-1]);

  assign data_o = fits ? rounded[OUT_BITS-1:0]
                       : {rounded[WIDE-1], {(OUT_BITS - 1){~rounded[WIDE-1]}}};

endmodule
`default_nettype wire
