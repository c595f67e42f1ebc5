`default_nettype none
// What a program word needs to know of the step that it belongs to.
//
// Latency: ROM_LATENCY + REGISTERED cycles from the vectors, REGISTERED from stage_i.
// Reset:   none.
module lstmg_step_select #(
  // Steps in work, bits of a stage.
  parameter integer STAGES = 1,
  parameter integer STAGE_BITS = 1,
  // Cycles of the program memory.
  parameter integer ROM_LATENCY = 1,
  // Register behind the choice, 0 or 1.
  parameter integer REGISTERED = 0
) (
  input  wire                  clk_i,
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

  lstmg_delay #(.WIDTH(3 * STAGES), .DEPTH(ROM_LATENCY)) u_steps (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({active_i, bank_i, fresh_i}),
    .data_o({active, bank, fresh})
  );

  wire is_active;
  wire in_bank;
  wire is_fresh;
  generate
    if (STAGES == 1) begin : gen_single
      wire unused = &{1'b0, stage_i};
      assign is_active = active;
      assign in_bank   = bank;
      assign is_fresh  = fresh;
    end else begin : gen_several
      // No step is active while the first words after a reset are unknown.
      wire [STAGES-1:0] chosen = {{(STAGES - 1){1'b0}}, 1'b1} << stage_i;
      assign is_active = |(active & chosen);
      assign in_bank   = |(bank & chosen);
      assign is_fresh  = |(fresh & chosen);
    end
  endgenerate
  lstmg_delay #(.WIDTH(3), .DEPTH(REGISTERED)) u_choice (
    .clk_i (clk_i),
    .rst_i (1'b0),
    .data_i({is_active, in_bank, is_fresh}),
    .data_o({active_o, bank_o, fresh_o})
  );

endmodule
`default_nettype wire
