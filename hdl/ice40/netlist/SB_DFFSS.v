`default_nettype none
// Model of a flip-flop of an iCE40 with synchronous set, for event-driven simulators: it sleeps while an edge
// of the clock would change nothing.
//
// Reset: zero after configuration.
module SB_DFFSS (
  input  wire C,
  input  wire S,
  input  wire D,
  output reg  Q
);

  wire next = S ? 1'b1 : D;
  initial Q = 1'b0;
  always begin
    wait (next !== Q);
    @(posedge C);
    Q <= next;
  end

endmodule
`default_nettype wire
