`default_nettype none
// Whether a slot lies in the part of the slots that a copy of the activation memory holds: those whose
// upper bits, all but BITS, are NUMBER.
//
// Latency: none, combinational.
module lstmg_window #(
  // Bits of a slot, and of a slot inside the window.
  parameter integer SLOT_BITS = 4,
  parameter integer BITS = 4,
  parameter integer NUMBER = 0
) (
  input  wire [SLOT_BITS-1:0] slot_i,
  output wire                 inside_o
);

  generate
    if (BITS >= SLOT_BITS) begin : gen_all
      wire unused = &{1'b0, slot_i};
      assign inside_o = 1'b1;
    end else begin : gen_part
      localparam [31:0] WINDOW = NUMBER;
      wire unused = &{1'b0, slot_i[BITS-1:0]};
      assign inside_o = slot_i[SLOT_BITS-1:BITS] == WINDOW[SLOT_BITS-BITS-1:0];
    end
  endgenerate

endmodule
`default_nettype wire
