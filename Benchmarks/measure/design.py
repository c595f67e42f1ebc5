"""Runs `lstmg-hdl generate` and reads what it says about a design."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path


class GenerateFailed(Exception):
    """The compiler ended with another status than 0."""


class Design:
    """A generated folder and its figures."""

    def __init__(self, network, folder, report, seconds):
        self.network = network
        self.folder = Path(folder)
        self.report = report
        #: Wall time of the whole run of the compiler.
        self.seconds = seconds

    @property
    def rtl(self):
        return self.folder / "rtl"

    def __getattr__(self, name):
        """The report's keys as attributes."""
        try:
            return self.__dict__["report"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def bound_cycles(self):
        return self.report["bound"]["cycles"]

    @property
    def bound_term(self):
        return self.report["bound"]["term"]


#: Name of the top module of every design that is made here.
TOP = "measured"


class Generator:
    """Compiles networks in a folder of its own, which goes when the `with` block ends."""

    def __init__(self, lstmg=None):
        self._lstmg = lstmg or os.environ["LSTMG_HDL"]

    def __enter__(self):
        self._folder = Path(tempfile.mkdtemp(prefix="lstmg-measure."))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def design(self, network, lanes, target=None, profile=None, options=()):
        """A generated folder, as long as the `with` block lasts."""
        spec = network.write(self._folder, self._lstmg)
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        options = ["--name", TOP, "--lanes", str(lanes), *options]
        if target:
            options += ["--target", target]
        if profile:
            options += ["--profile", profile]
        command = [self._lstmg, "generate", str(spec), "-o", str(folder / "out"), "--json"]
        start = time.monotonic()
        run = subprocess.run(
            command + network.options + options, text=True, capture_output=True)
        if run.returncode != 0:
            raise GenerateFailed(
                f"{network.name}, {lanes} lanes: status {run.returncode}: {run.stderr.strip()}")
        try:
            report = json.loads(run.stdout)
            yield Design(network, folder / "out", report, time.monotonic() - start)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
