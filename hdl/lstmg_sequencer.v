`default_nettype none
// Starts steps, counts through the program and remembers which steps are in work.
//
// A step starts when a whole input frame is there and the output buffer has room for its results. It
// takes STAGES periods of PERIOD cycles; every period another step may start, so that up to STAGES of
// them are in work: element k of the vectors belongs to the step that started k periods ago. The
// program runs as long as one is in work, and rests at its last position.
//
// Latency: taken_o answers ready_i one cycle later; the program begins in the cycle after that. While
//          steps are in work, one is taken only in the last cycle of a period.
// Reset:   no step is in work; the first step after rst_i starts from the initial image.
module lstmg_sequencer #(
  // Length of the program in cycles, 2 or more, and bits of a position.
  parameter integer PERIOD = 2,
  parameter integer PC_BITS = 1,
  // Periods that a step takes, 1 or more.
  parameter integer STAGES = 1,
  // Bits of a period's number.
  parameter integer AGE_BITS = 1,
  // Bits of the number of an output bank; there are 2^OUTPUT_BANK_BITS banks.
  parameter integer OUTPUT_BANK_BITS = 2
) (
  input  wire                               clk_i,
  input  wire                               rst_i,
  // Input frame, ready_i from taken_o on to be low in time for the end of the shortest program; the
  // next one is written to this bank
  input  wire                               ready_i,
  input  wire                               reset_step_i,
  output reg                                taken_o,
  output wire                               next_bank_o,
  // Output frame completely sent
  input  wire                               sent_i,
  // Position in the program; start_o marks position 0 after a rest
  output reg                                start_o,
  output reg  [PC_BITS-1:0]                 pc_o,
  // pc_o is the last position
  output reg                                at_end_o,
  output reg  [AGE_BITS-1:0]                period_o,
  // Steps in work
  output reg  [STAGES-1:0]                  active_o,
  output reg  [STAGES-1:0]                  bank_o,
  output reg  [STAGES-1:0]                  fresh_o,
  output reg  [STAGES*OUTPUT_BANK_BITS-1:0] output_bank_o
);

  localparam [31:0] LAST_POSITION = PERIOD - 1;
  localparam [PC_BITS-1:0] LAST = LAST_POSITION[PC_BITS-1:0];

  reg                        bank_q;
  reg                        first_q;
  reg [OUTPUT_BANK_BITS-1:0] output_bank_q;
  reg [OUTPUT_BANK_BITS:0]   unsent_q;

  // The position after pc_o, and whether it is the last one, told beforehand.
  reg               near_end_q;
  reg [PC_BITS-1:0] next_pc_q;
  // A step may start: what it needs is there, and has_room and ready_i no longer tell of the one
  // before, which was taken two cycles ago or more.
  reg               may_start_q;
  // Another period follows whether or not a step starts.
  reg               goes_on_q;
  wire has_room = !unsent_q[OUTPUT_BANK_BITS];
  // taken_o is may_start_q && at_end_o, told beforehand: at the last position the program rests unless
  // it moves.
  wire stays_at_end = at_end_o && !may_start_q && !goes_on_q;
  assign next_bank_o = ~bank_q;

  wire fresh = reset_step_i || first_q;
  wire [OUTPUT_BANK_BITS-1:0] output_bank = output_bank_q + 1'b1;

  // The position moves on.
  wire moves = !at_end_o || may_start_q || goes_on_q;

  // ---- the vectors one period later
  wire                               goes_on;
  wire [STAGES-1:0]                  active;
  wire [STAGES-1:0]                  bank;
  wire [STAGES-1:0]                  freshness;
  wire [STAGES*OUTPUT_BANK_BITS-1:0] output_banks;
  generate
    if (STAGES == 1) begin : gen_single
      assign goes_on      = 1'b0;
      assign active       = taken_o;
      assign bank         = ~bank_q;
      assign freshness    = fresh;
      assign output_banks = output_bank;
    end else begin : gen_several
      assign goes_on      = |active[STAGES-2:0];
      assign active       = {active_o[STAGES-2:0], taken_o};
      assign bank         = {bank_o[STAGES-2:0], ~bank_q};
      assign freshness    = {fresh_o[STAGES-2:0], fresh};
      assign output_banks = {output_bank_o[(STAGES-1)*OUTPUT_BANK_BITS-1:0], output_bank};
    end
  endgenerate

  always @(posedge clk_i) begin
    start_o <= taken_o && !(|active_o) && !rst_i;
    if (rst_i) begin
      pc_o          <= LAST;
      next_pc_q     <= {PC_BITS{1'b0}};
      at_end_o      <= 1'b1;
      near_end_q    <= 1'b0;
      goes_on_q     <= 1'b0;
      period_o      <= {AGE_BITS{1'b0}};
      active_o      <= {STAGES{1'b0}};
      may_start_q   <= 1'b0;
      taken_o       <= 1'b0;
      bank_q        <= 1'b0;
      first_q       <= 1'b1;
      output_bank_q <= {OUTPUT_BANK_BITS{1'b0}};
      unsent_q      <= {(OUTPUT_BANK_BITS + 1){1'b0}};
    end else begin
      may_start_q <= ready_i && has_room;
      taken_o     <= ready_i && has_room && (near_end_q || stays_at_end);
      if (moves) begin
        pc_o       <= next_pc_q;
        at_end_o   <= near_end_q;
        near_end_q <= next_pc_q == LAST - 1'b1;
      end
      // At the last position but one it moves for certain.
      if (near_end_q) next_pc_q <= {PC_BITS{1'b0}};
      else if (moves) next_pc_q <= next_pc_q + 1'b1;
      if (at_end_o) begin
        active_o  <= active;
        goes_on_q <= goes_on;
        if (moves) period_o <= period_o + 1'b1;
      end
      if (taken_o) begin
        bank_q        <= ~bank_q;
        first_q       <= 1'b0;
        output_bank_q <= output_bank;
      end
      if (taken_o && !sent_i)      unsent_q <= unsent_q + 1'b1;
      else if (!taken_o && sent_i) unsent_q <= unsent_q - 1'b1;
    end
    if (at_end_o) begin
      bank_o        <= bank;
      fresh_o       <= freshness;
      output_bank_o <= output_banks;
    end
  end

endmodule
`default_nettype wire
