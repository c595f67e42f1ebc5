"""A top level with six inputs and five outputs around a core, one and four more for a flash memory.

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
  input  wire [{inputs}:0] from_pin,
  output reg  [{outputs}:0] to_pin
);
  reg  [{inputs}:0] in_q;
  reg  [{high}:0] word_q;
  reg  [{high}:0] result_q;
  wire [{high}:0] result;
  wire [{controls}:0] control;
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
    .m_axis_tlast(control[2]), .frame_error(control[3]){flash}
  );
endmodule
`default_nettype wire
"""


# Of a core that loads its weights.
_FLASH = """,
    .flash_cs_n(control[4]), .flash_sck(control[5]), .flash_mosi(control[6]),
    .flash_miso(in_q[6]), .load_error(control[7])"""


def verilog(core, text):
    """The adapter of a core; `text` is the core's own top level."""
    bits = re.search(r"\[(\d+):0\]\s+s_axis_tdata", text)
    high = int(bits.group(1))
    loads = "flash_miso" in text
    return _TEXT.format(
        name=NAME, core=core, high=high, next=high - 1, inputs=6 if loads else 5,
        outputs=8 if loads else 4, controls=7 if loads else 3, flash=_FLASH if loads else "")
