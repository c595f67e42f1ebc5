"""Place and route of a netlist with nextpnr, and the clock rate that comes of it."""

import json
import re

from . import tools

#: What nextpnr says of a design that does not fit: another run would say it again.
_LASTING = re.compile(r"place|BEL|route|LUT|too many|exceed", re.IGNORECASE)


class Placement:
    """One seed on one device."""

    #: The tool, the clock rate in MHz that it is to strive for, and what its report calls things.
    tool = None
    frequency = None
    names = {}
    #: Options that let it choose the pins.
    pins = []

    def __init__(self, synthesis, device, seed, cache):
        self._synthesis = synthesis
        self._device = device
        self._seed = seed
        self._cache = cache

    def result(self):
        """Clock rate in MHz and cells by kind, or what failed."""
        key = [
            "placed", *self._synthesis.key, *self.versions(), self._device.options,
            self.frequency, self._seed, self.options()]
        found = self._cache.find(*key)
        if found is None:
            try:
                found = self._place()
            except tools.ToolFailed as failure:
                found = {"failed": str(failure)}
                # Any other failure may pass with what caused it.
                if not _LASTING.search(str(failure)):
                    return found
            self._cache.store(found, *key)
        return found

    def versions(self):
        return [tools.version(self.tool)]

    def _place(self):
        # Tools that run in a sandbox see nothing but their own folder.
        netlist = self._synthesis.netlist()
        report = netlist.with_name(f"report-{self._seed}.json")
        arguments = [
            *self._device.options, "--json", netlist.name, "--freq", self.frequency, "--seed",
            self._seed, "--report", report.name, "--timing-allow-fail", *self.pins, *self.options()]
        tools.run(self.tool, arguments, netlist.parent)
        found = json.loads(report.read_text())
        used = {kind: found["utilization"][name]["used"] for kind, name in self.names.items()}
        # One clock: its name depends on how it was routed.
        achieved = min(clock["achieved"] for clock in found["fmax"].values())
        return {"nextpnr": achieved, "clock": self.clock(achieved), "cells": used}

    def options(self):
        return []

    def clock(self, achieved):
        return achieved


class ECP5Placement(Placement):
    tool = "nextpnr-ecp5"
    frequency = 300
    names = {
        "lut": "TRELLIS_COMB", "ff": "TRELLIS_FF", "dsp": "MULT18X18D", "ram": "DP16KD"}
    pins = ["--lpf-allow-unconstrained"]

    def options(self):
        # Three times the usual weight: paths of a core are short and nearly equal.
        return ["--placer-heap-timingweight", "30"]


class ICE40Placement(Placement):
    """icetime tells the clock rate: nextpnr takes multipliers to be faster than they are."""

    tool = "nextpnr-ice40"
    frequency = 120
    names = {"lut": "ICESTORM_LC", "dsp": "ICESTORM_DSP", "ram": "ICESTORM_RAM"}
    pins = ["--pcf-allow-unconstrained"]

    def versions(self):
        return [*super().versions(), tools.version("icetime")]

    @property
    def _routed(self):
        return f"routed-{self._seed}.asc"

    def options(self):
        return ["--asc", self._routed]

    def clock(self, achieved):
        text = tools.run(
            "icetime", ["-d", "up5k", "-P", "sg48", "-t", self._routed],
            self._synthesis.netlist().parent)
        return float(re.search(r"Total path delay: .*\((\d+\.\d+) MHz\)", text).group(1))


BY_FAMILY = {"ecp5": ECP5Placement, "ice40": ICE40Placement}
