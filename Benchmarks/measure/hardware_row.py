"""One row of the table of hardware: a network, a number of lanes and a family."""

import statistics
from concurrent.futures import ThreadPoolExecutor

from . import hardware_limits
from .placement import BY_FAMILY
from .synthesis import Synthesis
from .table import count, fixed, percent
from .tools import ToolFailed

COLUMNS = [
    ("network", "network", str), ("family", "target", str), ("device", "device", str),
    ("lanes", "P", count), ("profile", "profile", str), ("macs", "MACs", count),
    ("bound", "bound", count), ("term", "set by", str), ("period", "period", count),
    ("utilization", "used", percent), ("computeLatency", "compute", count),
    ("latency", "latency", count), ("levels", "levels", count),
    ("fmaxLow", "MHz min", fixed(1)), ("fmax", "MHz", fixed(1)), ("fmaxHigh", "MHz max", fixed(1)),
    ("periodTime", "us period", fixed(3)), ("latencyTime", "us latency", fixed(3)),
    ("levelTime", "ns level", fixed(0)),
    ("lut", "LUT", count), ("ff", "FF", count), ("dsp", "DSP", count), ("ram", "RAM", count),
    ("verdict", "limits", str),
]


def measure(design, family, folder, seeds, jobs, cache, say):
    """The cells of a row, by the keys of COLUMNS and some more."""
    row = dict.fromkeys(key for key, _, _ in COLUMNS)
    row |= {
        "network": design.network.name, "family": family.name, "lanes": design.lanes,
        "units": design.nodeUnits, "profile": design.profile, "macs": design.macsPerStep,
        "bound": design.bound_cycles, "term": design.bound_term, "period": design.cyclesPerStep,
        "utilization": design.utilization, "computeLatency": design.computeLatencyCycles,
        "latency": design.latencyCycles, "levels": design.levels,
    }
    synthesis = Synthesis(design, family, folder, cache)
    say("synthesis")
    try:
        cells = synthesis.cells()
    except ToolFailed as failure:
        return row | {"verdict": f"synthesis: {failure}"}
    row |= {kind: cells[kind] for kind in ("lut", "ff", "dsp", "ram")} | {"synthesised": cells}
    if not family.is_placed:
        return row | {"verdict": "resources only"}

    # The smallest device that may hold it.
    shortages = [device.shortage(cells) for device in family.devices]
    if None not in shortages:
        return row | {"verdict": shortages[-1]}
    device = family.devices[shortages.index(None)]
    row["device"] = device.name
    results = place_all(synthesis, family, device, seeds, jobs, cache, say)
    failed = [result["failed"] for result in results if "failed" in result]
    if failed:
        return row | {"verdict": f"{len(failed)} of {seeds} seeds: {failed[0]}"}
    row |= results[0]["cells"] | {"clocks": [result["clock"] for result in results]}
    return _judged(row)


def place_all(synthesis, family, device, seeds, jobs, cache, say):
    """The results of all seeds, in their order."""
    def place(seed):
        say(f"place and route, seed {seed} of {seeds}")
        return BY_FAMILY[family.name](synthesis, device, seed, cache).result()

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(place, range(1, seeds + 1)))


def _judged(row):
    """Adds clock rates, the times that follow from their median, and the verdict."""
    clocks = row["clocks"]
    clock = statistics.median(clocks)
    row |= {
        "fmaxLow": min(clocks), "fmax": clock, "fmaxHigh": max(clocks),
        "periodTime": row["period"] / clock, "latencyTime": row["latency"] / clock}
    if row["term"] == "recurrence":
        row["levelTime"] = row["periodTime"] / row["levels"] * 1000
    row["verdict"] = "; ".join(hardware_limits.failures(row)) or "met"
    return row
