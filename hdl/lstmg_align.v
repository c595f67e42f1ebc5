`default_nettype none
// Chooses between two words and shifts right by a variable amount; the rounding bit leaves apart, so
// that the adder behind it can take it as a carry.
//
//   floor((late or early) / 2^shift + 1/2) = data_o + half_o
//
// The shift is done in two steps, by multiples of eight and by less. With two stages each has a
// cycle; the early word comes a cycle before the late one and is shifted meanwhile.
//
// Latency: STAGES cycles from late_i to data_o, STAGES + 1 from early_i, shift_i and is_late_i.
// Reset:   none.
module lstmg_align #(
  // Bits of the words, signed.
  parameter integer WIDTH = 48,
  // Bits of the shift amount.
  parameter integer SHIFT_BITS = 5,
  // Cycles, 1 to 3.
  parameter integer STAGES = 1,
  // Register behind the decoding of the amount, 0 or 1.
  parameter integer DECODED = 0
) (
  input  wire                    clk_i,
  // One cycle earlier; is_late_i and shift_i DECODED cycles more
  input  wire                    is_late_i,
  input  wire [SHIFT_BITS-1:0]   shift_i,
  input  wire signed [WIDTH-1:0] early_i,
  // Data
  input  wire signed [WIDTH-1:0] late_i,
  output reg  signed [WIDTH-1:0] data_o,
  output reg                     half_o
);

  // Bits of the amount that are left to the last step or, of three, to the last two.
  localparam integer FINEST = STAGES > 2 ? 4 : 3;
  localparam integer FINE_BITS = SHIFT_BITS < FINEST ? SHIFT_BITS : FINEST;
  localparam integer FINE = 1 << FINE_BITS;
  localparam integer COARSE = 1 << (SHIFT_BITS - FINE_BITS);

  // ---- one select line for each amount
  wire [COARSE-1:0] chosen;
  wire [COARSE-1:0] early_coarse;
  wire [COARSE-1:0] late_coarse;
  wire [FINE-1:0]   fine;
  generate
    if (SHIFT_BITS > FINE_BITS) begin : gen_coarse
      assign chosen = {{(COARSE - 1){1'b0}}, 1'b1} << shift_i[SHIFT_BITS-1:FINE_BITS];
    end else begin : gen_fine_only
      assign chosen = 1'b1;
    end
  endgenerate
  lstmg_delay #(.WIDTH(2 * COARSE + FINE), .DEPTH(DECODED)) u_lines (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({chosen & {COARSE{!is_late_i}}, chosen & {COARSE{is_late_i}},
             {{(FINE - 1){1'b0}}, 1'b1} << shift_i[FINE_BITS-1:0]}),
    .data_o({early_coarse, late_coarse, fine})
  );

  reg [COARSE-1:0]     coarse_q;
  reg [FINE-1:0]       fine_q;
  wire signed [WIDTH:0] early_word = {early_i, 1'b0};
  wire signed [WIDTH:0] early_moved;
  reg signed [WIDTH:0]  early_q;
  lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(COARSE), .STEP(FINE)) u_early (
    .select_i(early_coarse),
    .data_i  (early_word),
    .data_o  (early_moved)
  );
  always @(posedge clk_i) begin
    coarse_q <= late_coarse;
    fine_q   <= fine;
    early_q  <= early_moved;
  end

  // ---- multiples of what the last steps do
  wire signed [WIDTH:0] late_word = {late_i, 1'b0};
  wire signed [WIDTH:0] late_moved;
  lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(COARSE), .STEP(FINE)) u_late (
    .select_i(coarse_q),
    .data_i  (late_word),
    .data_o  (late_moved)
  );

  wire signed [WIDTH:0] word;
  wire [FINE-1:0]       fine_at_word;
  lstmg_delay #(.WIDTH(WIDTH + 1 + FINE), .DEPTH(STAGES > 1 ? 1 : 0)) u_word (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({late_moved | early_q, fine_q}),
    .data_o({word, fine_at_word})
  );

  // ---- the rest, at once or by multiples of four first
  wire signed [WIDTH:0] shifted;
  genvar line;
  generate
    if (STAGES < 3 || FINE_BITS < 4) begin : gen_fine
      wire signed [WIDTH:0] moved;
      lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(FINE), .STEP(1)) u_fine (
        .select_i(fine_at_word),
        .data_i  (word),
        .data_o  (moved)
      );
      lstmg_delay #(.WIDTH(WIDTH + 1), .DEPTH(STAGES > 2 ? 1 : 0)) u_moved (
        .clk_i (clk_i),
        .rst_i (1'b0),
        .data_i(moved),
        .data_o(shifted)
      );
    end else begin : gen_two_steps
      wire signed [WIDTH:0] moved;
      reg signed [WIDTH:0]  moved_q;
      reg [3:0]             last_q;
      // Lines of both steps; in front of the register each is one of FINE lines.
      wire [3:0] fours;
      wire [3:0] ones;
      for (line = 0; line < 4; line = line + 1) begin : gen_line
        wire [3:0] column = {fine_q[12+line], fine_q[8+line], fine_q[4+line], fine_q[line]};
        lstmg_delay #(.WIDTH(2), .DEPTH(1)) u_line (
          .clk_i (clk_i),
          .rst_i (1'b0),
          .data_i({|fine_q[4*line +: 4], |column}),
          .data_o({fours[line], ones[line]})
        );
      end
      wire unused_lines = &{1'b0, fine_at_word};
      lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(4), .STEP(4)) u_fours (
        .select_i(fours),
        .data_i  (word),
        .data_o  (moved)
      );
      always @(posedge clk_i) begin
        moved_q <= moved;
        last_q  <= ones;
      end
      lstmg_shifter #(.WIDTH(WIDTH + 1), .AMOUNTS(4), .STEP(1)) u_ones (
        .select_i(last_q),
        .data_i  (moved_q),
        .data_o  (shifted)
      );
    end
  endgenerate
  always @(posedge clk_i) {data_o, half_o} <= shifted;

endmodule
`default_nettype wire
