"""A top level with six inputs and five outputs around a core.

It serves for timing only: words pass through shift registers, and every port of the core leads to or
comes from a register, as in a design that uses it. So all paths through the core count, and none of
pins; and devices with fewer pins than the streams have bits can hold it.
"""

import re

NAME = "pins"

_TEXT = """\
`default_nettype none
module {name} (
  input  wire       clk,
  input  wire [5:0] from_pin,
  output reg  [4:0] to_pin
);
  reg  [5:0] in_q;
  reg  [{high}:0] word_q;
  reg  [{high}:0] result_q;
  wire [{high}:0] result;
  wire [3:0] control;
  always @(posedge clk) begin
    in_q     <= from_pin;
    word_q   <= {{word_q[{next}:0], in_q[0]}};
    result_q <= control[1] ? result : {{result_q[{next}:0], 1'b0}};
    to_pin   <= {{result_q[{high}], control}};
  end
  {core} u_core (
    .clk(clk), .rst(in_q[1]),
    .s_axis_tdata(word_q), .s_axis_tvalid(in_q[2]), .s_axis_tready(control[0]),
    .s_axis_tlast(in_q[3]), .s_axis_tuser(in_q[4]),
    .m_axis_tdata(result), .m_axis_tvalid(control[1]), .m_axis_tready(in_q[5]),
    .m_axis_tlast(control[2]), .frame_error(control[3])
  );
endmodule
`default_nettype wire
"""


def verilog(core, text):
    """The adapter of a core; `text` is the core's own top level."""
    bits = re.search(r"\[(\d+):0\]\s+s_axis_tdata", text)
    high = int(bits.group(1))
    return _TEXT.format(name=NAME, core=core, high=high, next=high - 1)
