"""Designs whose size is measured, so that the compiler can predict that of others."""

import collections
import itertools
import json
import re

from . import networks, tools
from .design import TOP
from .pin_adapter import NAME

#: Networks of different shapes, and the numbers of lanes that suit them.
_SHAPES = [
    ("lstm-1-20", [1, 2, 4, 8, 16]),
    ("dsr", [1, 4, 8]),
    ("parity", [1, 4]),
    ("reber", [2, 4]),
    ("eurusd", [4]),
    ("lstm-28-32", [8]),
]
#: Widths of weights, activations and states; None is the target's default.
_WIDTHS = [None, (16, 16, 32), (12, 12, 24), (8, 8, 16), (18, 10, 20)]
#: Networks whose widths are varied, and their lanes.
_VARIED = {("lstm-1-20", 4), ("eurusd", 4)}


def every(lanes_limit):
    """Network, lanes and options of every sample."""
    for name, counts in _SHAPES:
        for lanes in counts:
            if lanes > lanes_limit:
                continue
            for widths in _WIDTHS if (name, lanes) in _VARIED else _WIDTHS[:1]:
                yield networks.named([name])[0], lanes, options(widths)


def options(widths):
    if widths is None:
        return []
    names = ("--weight-bits", "--activation-bits", "--state-bits")
    return list(itertools.chain(*((name, str(width)) for name, width in zip(names, widths))))


def measures(design):
    """What the size of a design may depend on: parameters of its core, and what its report adds.

    The compiler knows the same numbers by the same names.
    """
    text = (design.rtl / f"{TOP}.v").read_text()
    found = {name: int(value) for name, value in re.findall(r"\.([A-Z_]+)\s*\((\d+)\)", text)}
    return found | {
        "TABLE_BITS": design.resources["tableBits"],
        "STREAMS": found["LANES"] // found["LANES_PER_STREAM"],
        "HAS_OPERATIONS": int(found["OPERATION_DEPTH"] > 0),
    }


def packed(synthesis, family, device, placement, cache):
    """Cells by kind as place and route counts them, without placing them; flip-flops as yosys does."""
    key = ["packed", "flip-flops", *synthesis.key, tools.version(placement.tool), device.options]
    found = cache.find(*key)
    if found is None:
        netlist = synthesis.netlist()
        report = netlist.with_name("packed.json")
        tools.run(
            placement.tool,
            [*device.options, "--json", netlist.name, "--pack-only", "--report", report.name,
             *placement.pins],
            netlist.parent)
        used = json.loads(report.read_text())["utilization"]
        found = {kind: used[name]["used"] for kind, name in placement.names.items()}
        modules = json.loads(netlist.read_text())["modules"]
        types = collections.Counter(cell["type"] for cell in modules[NAME]["cells"].values())
        found["ff"] = family.count(types)["ff"]
        cache.store(found, *key)
    return found

