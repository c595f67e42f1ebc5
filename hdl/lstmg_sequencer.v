`default_nettype none
// Starts steps and counts through the program.
//
// A step starts when a whole input frame is there and the output buffer has room for its results.
// It then runs for PERIOD cycles without a stop; the next step may start in the cycle behind it
// while the pipelines still work on this one.
//
// Latency: taken_o answers ready_i in the same cycle; the program begins one cycle later.
// Reset:   no step runs; the first step after rst_i starts from the initial image.
module lstmg_sequencer #(
  // Length of the program in cycles, 1 or more, and bits of a position.
  parameter integer PERIOD = 2,
  parameter integer PC_BITS = 1,
  // Bits of the number of an output bank; there are 2^OUTPUT_BANK_BITS banks.
  parameter integer OUTPUT_BANK_BITS = 2
) (
  input  wire                        clk_i,
  input  wire                        rst_i,
  // Input frame
  input  wire                        ready_i,
  input  wire                        reset_step_i,
  output wire                        taken_o,
  // Output frame completely sent
  input  wire                        sent_i,
  // Position in the program
  output reg                         valid_o,
  output reg                         start_o,
  output reg  [PC_BITS-1:0]          pc_o,
  output reg                         bank_o,
  output reg                         fresh_o,
  output reg  [OUTPUT_BANK_BITS-1:0] output_bank_o
);

  localparam [31:0] LAST_POSITION = PERIOD - 1;
  localparam [PC_BITS-1:0] LAST = LAST_POSITION[PC_BITS-1:0];

  reg                        first_q;
  reg [OUTPUT_BANK_BITS:0]   unsent_q;

  wire at_end   = pc_o == LAST;
  wire has_room = !unsent_q[OUTPUT_BANK_BITS];
  assign taken_o = ready_i && has_room && (!valid_o || at_end);

  always @(posedge clk_i) begin
    start_o <= taken_o && !rst_i;
    if (rst_i) begin
      valid_o       <= 1'b0;
      pc_o          <= {PC_BITS{1'b0}};
      bank_o        <= 1'b0;
      fresh_o       <= 1'b1;
      first_q       <= 1'b1;
      output_bank_o <= {OUTPUT_BANK_BITS{1'b0}};
      unsent_q      <= {(OUTPUT_BANK_BITS + 1){1'b0}};
    end else begin
      if (taken_o) begin
        valid_o       <= 1'b1;
        pc_o          <= {PC_BITS{1'b0}};
        bank_o        <= ~bank_o;
        fresh_o       <= reset_step_i || first_q;
        first_q       <= 1'b0;
        output_bank_o <= output_bank_o + 1'b1;
      end else if (at_end) begin
        valid_o <= 1'b0;
        pc_o    <= {PC_BITS{1'b0}};
      end else if (valid_o) begin
        pc_o <= pc_o + 1'b1;
      end
      if (taken_o && !sent_i)      unsent_q <= unsent_q + 1'b1;
      else if (!taken_o && sent_i) unsent_q <= unsent_q - 1'b1;
    end
  end

endmodule
`default_nettype wire
