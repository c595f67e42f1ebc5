`default_nettype none
// One carry chain of CCU2C cells; same contract as the behavioural hdl/lstmg_carry.v.
//
//   INVERT   {carry_o, sum_o}
//   0        (select_i ? 0 : a_i) + (b_i | c_i) + carry_i
//   1        ((b_i | c_i) ^ {select_i, ...}) + carry_i
//
// A cell adds two bits. Its table of inputs A = b, B = c, C = a and D = select gives the exclusive or
// of the addends, its lowest four bits, a table of A and B alone, what is carried where the exclusive
// or is 0: an addend. With INVERT that addend is the constant 0; C = 1 keeps those four bits free.
//
//   D C   00       01       10       11       table
//   0     b | c    a^(b|c)  b | c    b | c    EE1E
//   1     0        b | c    unused   ~(b|c)   10E0
//
// In the cell in front, input A generates carry_i, and D = 1 keeps it from propagating another one.
// The bit behind the last one gives the carry out.
//
// Latency: none, combinational.
module lstmg_carry #(
  // Bits of the chain, 1 or more.
  parameter integer BITS = 16,
  // What select_i does: 0 clears a, 1 inverts the other addend (a is not used).
  parameter integer INVERT = 0
) (
  input  wire            select_i,
  input  wire [BITS-1:0] a_i,
  input  wire [BITS-1:0] b_i,
  input  wire [BITS-1:0] c_i,
  input  wire            carry_i,
  output wire [BITS-1:0] sum_o,
  output wire            carry_o
);

  // Cells, the last of which holds the carry; bits of all cells.
  localparam integer CELLS = BITS / 2 + 1;
  localparam integer CELL_BITS = 2 * CELLS;

  localparam [15:0] TABLE = INVERT == 0 ? 16'hEE1E : 16'h10E0;

  // Behind the last bit no addend may be inverted: a table of inputs that are all 0 gives 0.
  wire [CELL_BITS-1:0] a = {{(CELL_BITS - BITS){1'b0}}, INVERT == 0 ? a_i : {BITS{1'b1}}};
  wire [CELL_BITS-1:0] b = {{(CELL_BITS - BITS){1'b0}}, b_i};
  wire [CELL_BITS-1:0] c = {{(CELL_BITS - BITS){1'b0}}, c_i};
  wire [CELL_BITS-1:0] sum;
  wire [CELLS:0]       carry;
  wire [1:0]           unused_sum;
  wire                 unused = &{1'b0, sum, carry[CELLS], a_i};

  CCU2C #(
    .INIT0    (16'h0000),
    .INIT1    (16'h000A),
    .INJECT1_0("NO"),
    .INJECT1_1("NO")
  ) u_carry_in (
    .CIN (1'b0),
    .A0  (1'b1),
    .B0  (1'b1),
    .C0  (1'b1),
    .D0  (1'b1),
    .A1  (carry_i),
    .B1  (1'b1),
    .C1  (1'b1),
    .D1  (1'b1),
    .S0  (unused_sum[0]),
    .S1  (unused_sum[1]),
    .COUT(carry[0])
  );

  genvar index;
  generate
    for (index = 0; index < CELLS; index = index + 1) begin : gen_cell
      CCU2C #(
        .INIT0    (TABLE),
        .INIT1    (TABLE),
        .INJECT1_0("NO"),
        .INJECT1_1("NO")
      ) u_cell (
        .CIN (carry[index]),
        .A0  (b[2*index]),
        .B0  (c[2*index]),
        .C0  (a[2*index]),
        .D0  (select_i),
        .A1  (b[2*index+1]),
        .B1  (c[2*index+1]),
        .C1  (a[2*index+1]),
        .D1  (select_i),
        .S0  (sum[2*index]),
        .S1  (sum[2*index+1]),
        .COUT(carry[index+1])
      );
    end
  endgenerate

  assign sum_o   = sum[BITS-1:0];
  assign carry_o = sum[BITS];

endmodule
`default_nettype wire
