"""What hardware must reach, and where other generators stand."""

from typing import NamedTuple, Optional

#: Least clock rate in MHz by family and lanes.
_CLOCKS = {
    ("ecp5", 4): 280, ("ecp5", 8): 280, ("ecp5", 16): 265, ("ecp5", 32): 265, ("ecp5", 64): 220,
    ("ice40", 4): 110,
}

#: Longest time of a step in microseconds by network and family: at the best number of lanes, and
#: at a given one.
_TIMES = {
    ("lstm-1-20", "ecp5", 4): 1.7,
    ("lstm-1-20", "ecp5", None): 0.8,
    ("lstm-1-20", "ice40", None): 4.2,
    ("lstm-28-100-10", "ecp5", None): 3.8,
    ("dsr", "ecp5", None): 0.42,
    ("dsr", "ice40", None): 1.2,
}

#: Longest time of a dependence level in nanoseconds where the recurrence sets the period.
_LEVEL = 100


class Reference(NamedTuple):
    """What another generator's hardware does in a step."""

    generator: str
    network: str
    multipliers: Optional[int]
    cycles: int
    clock: Optional[float] = None
    device: Optional[str] = None

    @property
    def text(self):
        share = f", {self.multipliers} multipliers" if self.multipliers else ""
        text = f"{self.generator}, {self.network}{share}: {self.cycles:,} cycles"
        if self.clock is None:
            return text + ", no clock rate known"
        time = self.cycles / self.clock
        return f"{text}, {self.clock} MHz on {self.device}: {time:.1f} us a step"


REFERENCES = [
    Reference("elastic-ai.creator 0.67", "lstm-1-20", 4, 891, 47.7, "LFE5U-25F"),
    Reference("elastic-ai.creator 0.67, clocked ROMs", "lstm-1-20", 4, 891, 65.9, "LFE5U-25F"),
    Reference("elastic-ai.creator 0.67", "lstm-1-20", 4, 891, 29.8, "iCE40UP5K"),
    Reference("NNgen 1.3.4", "lstm-1-20", 16, 2737),
    Reference("NNgen 1.3.4", "lstm-28-32", None, 6969),
]


def failures(row):
    """What a row of the table misses, each as a few words."""
    found = []
    clock = _CLOCKS.get((row["family"], row["lanes"]))
    if clock is not None and row["fmax"] < clock:
        found.append(f"clock below {clock} MHz")
    time = _TIMES.get((row["network"], row["family"], row["lanes"]))
    if time is not None and row["periodTime"] > time:
        found.append(f"step above {time} us")
    if row["levelTime"] is not None and row["levelTime"] > _LEVEL:
        found.append(f"level above {_LEVEL} ns")
    return found


def best_times(rows):
    """Networks whose best number of lanes is held against a limit: text and whether it is met."""
    for (network, family, lanes), limit in _TIMES.items():
        if lanes is not None:
            continue
        placed = [
            row for row in rows
            if row["network"] == network and row["family"] == family
            and row["periodTime"] is not None]
        if not placed:
            continue
        best = min(placed, key=lambda row: row["periodTime"])
        met = best["periodTime"] <= limit
        yield met, (
            f"{network} on {family}: {best['periodTime']:.3f} us a step at {best['lanes']} lanes,"
            f" {'within' if met else 'above'} {limit} us")
