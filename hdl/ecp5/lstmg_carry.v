`default_nettype none
// One carry chain of CCU2C cells; same contract as the behavioural hdl/lstmg_carry.v.
//
//   INVERT   {carry_o, sum_o}
//   0        (select_i ? 0 : a_i) + (b_i | c_i) + carry_i
//   1        ((b_i | c_i) ^ {select_i, ...}) + carry_i
//
// A cell adds two bits. Its table of inputs A = b, B = c, C = a and D = select gives the exclusive or
// of the addends. Where that is 0 the table's lowest four bits, a table of A and B alone, say what is
// carried: one of the addends, or the constant 0 beside an inverted one. Those four bits also serve
// C = D = 0, which then has to agree: it does with a and select in use, and never occurs without.
// Inputs that are not used are 1, which costs no wire.
//
// In the cell in front, input A generates carry_i, and D = 1 keeps it from propagating another one.
//
// Latency: none, combinational.
module lstmg_carry #(
  // Bits of the chain, 1 or more.
  parameter integer BITS = 16,
  // What select_i does: 0 clears a, 1 inverts the other addend (select must be used, a must not).
  parameter integer INVERT = 0,
  // Which inputs are used, 0 or 1.
  parameter integer USES_A = 1,
  parameter integer USES_C = 1,
  parameter integer USES_SELECT = 1,
  parameter integer USES_CARRY = 1
) (
  input  wire            select_i,
  input  wire [BITS-1:0] a_i,
  input  wire [BITS-1:0] b_i,
  input  wire [BITS-1:0] c_i,
  input  wire            carry_i,
  output wire [BITS-1:0] sum_o,
  output wire            carry_o
);

  // Cells, the last of which gives the carry; bits of all cells.
  localparam integer CELLS = BITS / 2 + 1;
  localparam integer CELL_BITS = 2 * CELLS;
  localparam [15:0] TABLE = cell_table(0);

  function [15:0] cell_table;
    input integer unused_input;
    integer row;
    reg a;
    reg b;
    reg select;
    begin
      cell_table = {16{unused_input != 0}};
      for (row = 0; row < 16; row = row + 1) begin
        b = row % 2 >= 1 || (USES_C != 0 && row % 4 >= 2);
        a = USES_A != 0 && row % 8 >= 4;
        select = USES_SELECT != 0 && row >= 8;
        if (INVERT != 0) cell_table[row] = row >= 4 && (b ^ select);
        else             cell_table[row] = row >= 4 ? b ^ (a && !select) : b;
      end
    end
  endfunction

  wire                 select = USES_SELECT != 0 ? select_i : 1'b1;
  wire [CELL_BITS-1:0] a = USES_A != 0 ? {{(CELL_BITS - BITS){1'b0}}, a_i} : {CELL_BITS{1'b1}};
  // Behind the last bit both addends are 0, so what goes in there must not come out inverted.
  wire [CELL_BITS-1:0] b = {{(CELL_BITS - BITS){INVERT != 0 && select}}, b_i};
  wire [CELL_BITS-1:0] c = USES_C != 0 ? {{(CELL_BITS - BITS){1'b0}}, c_i} : {CELL_BITS{1'b1}};
  wire [CELL_BITS-1:0] sum;
  wire [CELLS:0]       carry;
  wire                 unused = &{1'b0, select_i, a_i, c_i, carry_i, sum, carry[CELLS]};

  genvar index;
  generate
    if (USES_CARRY != 0) begin : gen_carry_in
      wire [1:0] unused_sum;
      CCU2C #(
        .INIT0    (16'h0000),
        .INIT1    (16'h000A),
        .INJECT1_0("NO"),
        .INJECT1_1("NO")
      ) u_cell (
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
    end else begin : gen_no_carry_in
      assign carry[0] = 1'b0;
    end

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
        .D0  (select),
        .A1  (b[2*index+1]),
        .B1  (c[2*index+1]),
        .C1  (a[2*index+1]),
        .D1  (select),
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
