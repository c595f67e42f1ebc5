"""Device families: how a design is synthesised, and how its cells are counted.

Cell types are those of yosys' technology mapping.
"""

import re


class Device:
    """A device and how much of everything it has."""

    def __init__(self, name, target, options, luts, multipliers, memories):
        self.name = name
        #: Name of the device in `lstmg-hdl generate --device`.
        self.target = target
        #: What nextpnr needs to know.
        self.options = options
        self.luts = luts
        self.multipliers = multipliers
        self.memories = memories

    def may_hold(self, design):
        """Whether multipliers and memories of a design, as the compiler counts them, are enough."""
        counted = design.resources
        return (counted["multipliers"] <= self.multipliers
                and counted["memoryBlocks"] <= self.memories)

    def shortage(self, cells):
        """What a design needs too much of, None if it may fit."""
        for what, needed, there in (
            ("LUTs", cells["lut"], self.luts),
            ("multipliers", cells["dsp"], self.multipliers),
            ("block RAMs", cells["ram"], self.memories),
        ):
            if needed > there:
                return f"does not fit {self.name}: {needed:,} of {there:,} {what}"
        return None


class Family:
    """A synthesis flow."""

    def __init__(self, name, yosys, synthesis, cells, devices=(), adapter=False):
        #: Name of the family in `lstmg-hdl generate --target`.
        self.name = name
        #: Which yosys serves: `yosys`, or `new-yosys` where an old one lacks something.
        self.yosys = yosys
        #: The pass that synthesises, with its options.
        self.synthesis = synthesis
        self._cells = {kind: re.compile(pattern) for kind, pattern in cells.items()}
        self.devices = devices
        #: Whether the core is placed behind registers, see pin_adapter.
        self.adapter = adapter

    @property
    def is_placed(self):
        """Whether open tools tell a clock rate that can be trusted."""
        return bool(self.devices)

    def count(self, types):
        """Cells by kind, from numbers of cells by type."""
        return {
            kind: sum(number for name, number in types.items() if pattern.fullmatch(name))
            for kind, pattern in self._cells.items()
        }


_ECP5 = Family(
    # Registers cannot lie beside wide lookup tables, only beside small ones.
    "ecp5", "yosys", "synth_ecp5 -nowidelut",
    # A carry cell and a cell of distributed memory take the place of two and four LUTs.
    {"lut": r"LUT4", "ff": r"TRELLIS_FF", "dsp": r"MULT18X18D", "ram": r"DP16KD",
     "carry": r"CCU2C", "distributed": r"TRELLIS_DPR16X4"},
    [
        Device("LFE5U-25F", "ecp5-25k", ["--25k", "--package", "CABGA381", "--speed", "6"],
               24288, 28, 56),
        Device("LFE5U-45F", "ecp5-45k", ["--45k", "--package", "CABGA381", "--speed", "6"],
               43848, 72, 108),
        Device("LFE5U-85F", "ecp5-85k", ["--85k", "--package", "CABGA756", "--speed", "6"],
               83640, 156, 208),
    ],
    adapter=True)

_ICE40 = Family(
    # Fewer clock enables: their way into a tile is slow, and few tiles have room for another one.
    "ice40", "yosys", "synth_ice40 -dsp -dffe_min_ce_use 8 -device u",
    {"lut": r"SB_LUT4", "ff": r"SB_DFF.*", "dsp": r"SB_MAC16", "ram": r"SB_RAM40_4K.*",
     "carry": r"SB_CARRY", "spram": r"SB_SPRAM256KA"},
    [Device("iCE40UP5K", "up5k", ["--up5k", "--package", "sg48"], 5280, 8, 30)],
    adapter=True)

_GOWIN = Family(
    "gowin", "new-yosys", "synth_gowin -family gw2a",
    {"lut": r"LUT[1-8]", "ff": r"DFF.*", "dsp": r"MULT.*", "ram": r"(SDP|DP|SP|pROM|BSRAM).*",
     "carry": r"ALU", "distributed": r"RAM16.*"})

_XILINX = Family(
    "xilinx", "new-yosys", "synth_xilinx -family xc7",
    {"lut": r"LUT[1-6]", "ff": r"FD[RSCP]E.*", "dsp": r"DSP48E1", "ram": r"RAMB(18|36)E1",
     "carry": r"CARRY4", "distributed": r"RAM(32|64|128|256).*"})

ALL = {family.name: family for family in (_ECP5, _ICE40, _GOWIN, _XILINX)}
