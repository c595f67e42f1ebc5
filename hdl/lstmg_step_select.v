`default_nettype none
// What a program word needs to know of the step that it belongs to.
//
// Latency: ROM_LATENCY cycles from the vectors, as the word itself; none from stage_i.
// Reset:   no step is active.
module lstmg_step_select #(
  // Steps in work, bits of a stage.
  parameter integer STAGES = 1,
  parameter integer STAGE_BITS = 1,
  // Cycles of the program memory.
  parameter integer ROM_LATENCY = 1
) (
  input  wire                  clk_i,
  input  wire                  rst_i,
  // Steps at the position in the program
  input  wire [STAGES-1:0]     active_i,
  input  wire [STAGES-1:0]     bank_i,
  input  wire [STAGES-1:0]     fresh_i,
  // Word
  input  wire [STAGE_BITS-1:0] stage_i,
  output wire                  active_o,
  output wire                  bank_o,
  output wire                  fresh_o
);

  wire [STAGES-1:0] active;
  wire [STAGES-1:0] bank;
  wire [STAGES-1:0] fresh;

  lstmg_delay #(.WIDTH(STAGES), .DEPTH(ROM_LATENCY)) u_active (
    .clk_i (clk_i),
    .rst_i (rst_i),
    .data_i(active_i),
    .data_o(active)
  );
  lstmg_delay #(.WIDTH(2 * STAGES), .DEPTH(ROM_LATENCY)) u_banks (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({bank_i, fresh_i}),
    .data_o({bank, fresh})
  );

  generate
    if (STAGES == 1) begin : gen_single
      wire unused = &{1'b0, stage_i};
      assign active_o = active;
      assign bank_o   = bank;
      assign fresh_o  = fresh;
    end else begin : gen_several
      assign active_o = active[stage_i];
      assign bank_o   = bank[stage_i];
      assign fresh_o  = fresh[stage_i];
    end
  endgenerate

endmodule
`default_nettype wire
