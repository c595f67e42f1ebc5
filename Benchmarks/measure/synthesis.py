"""Synthesis of a design with yosys."""

import json
import shutil
import threading
from pathlib import Path

from . import pin_adapter, tools
from .cache import digest_of_files
from .design import TOP

#: Warnings that stand for broken hardware.
_FATAL = "Driver-driver conflict|found logic loop|multiple conflicting drivers"


class Synthesis:
    """One design for one family: its cells, and its netlist if somebody places it."""

    def __init__(self, design, family, folder, cache):
        self._design = design
        self._family = family
        self._folder = Path(folder)
        self._cache = cache
        self._netlist = self._folder / "netlist.json"
        # Seeds run at once, and all want the netlist.
        self._lock = threading.Lock()
        self.digest = digest_of_files(design.rtl.iterdir())
        self.key = [
            self.digest, family.yosys, tools.version(family.yosys), self._script(), _FATAL]

    def cells(self):
        """Numbers of cells by kind; those of the pin adapter are not among them."""
        types = self._cache.find("cells", *self.key)
        if types is None:
            self._run(top=TOP)
            types = json.loads((self._folder / "stat.json").read_text())
            types = types["design"]["num_cells_by_type"]
            self._cache.store(types, "cells", *self.key)
            if self._family.adapter:
                self._netlist.unlink()
        return self._family.count(types)

    def netlist(self):
        """The netlist for place and route."""
        with self._lock:
            if not self._netlist.exists():
                self._run(top=pin_adapter.NAME if self._family.adapter else TOP)
        return self._netlist

    def _script(self, top=TOP):
        return (
            f"read_verilog *.v; {self._family.synthesis} -top {top} -json netlist.json;"
            " tee -q -o stat.json stat -json")

    def _run(self, top):
        self._folder.mkdir(parents=True, exist_ok=True)
        for file in self._design.rtl.iterdir():
            shutil.copy(file, self._folder)
        if top == pin_adapter.NAME:
            core = (self._design.rtl / f"{TOP}.v").read_text()
            (self._folder / "pins.v").write_text(pin_adapter.verilog(TOP, core))
        tools.run(
            self._family.yosys, ["-q", "-e", _FATAL, "-p", self._script(top)], self._folder)
