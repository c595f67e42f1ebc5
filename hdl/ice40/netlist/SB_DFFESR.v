`default_nettype none
// Model of a flip-flop of an iCE40 with enable and synchronous reset, which waits for E too, for event-driven
// simulators: it sleeps while an edge of the clock would change nothing.
//
// Reset: zero after configuration.
module SB_DFFESR (
  input  wire C,
  input  wire E,
  input  wire R,
  input  wire D,
  output reg  Q
);

  wire next = E ? (R ? 1'b0 : D) : Q;
  initial Q = 1'b0;
  always begin
    wait (next !== Q);
    @(posedge C);
    Q <= next;
  end

endmodule
`default_nettype wire
