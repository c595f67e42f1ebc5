"""Finds the programs of a hardware flow and runs them."""

import functools
import re
import subprocess
import tempfile

from .networks import ROOT


class ToolFailed(Exception):
    """A tool ended with another status than 0; its text is what the tool said about it."""


@functools.lru_cache(maxsize=None)
def path(name):
    """Where a tool is; Scripts/fpga-tools installs it if it is missing."""
    run = subprocess.run(
        [ROOT / "Scripts" / "fpga-tools", name], text=True, stdout=subprocess.PIPE)
    if run.returncode != 0:
        raise SystemExit(run.returncode)
    return run.stdout.strip()


@functools.lru_cache(maxsize=None)
def version(name):
    """What identifies the version of a tool."""
    if name == "icetime":
        # It does not say; it comes and goes with its package.
        return _last_line(["dpkg-query", "-W", "-f", "${Version}", "fpga-icestorm"])
    line = _last_line([path(name), "-V" if "yosys" in name else "--version"])
    found = re.search(r"\(Version (?:nextpnr-)?([^)]+)\)|Yosys (\S+)", line)
    return (found.group(1) or found.group(2)) if found else line


def _last_line(command):
    """The last line that a program prints; some say before it that they compile themselves."""
    try:
        run = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except FileNotFoundError:
        return "unknown"
    return (run.stdout.split("\n\n")[-1].splitlines() or ["unknown"])[-1].strip()


def run(name, arguments, folder):
    """Runs a tool in a folder and returns its output."""
    with tempfile.TemporaryFile("w+") as log:
        status = subprocess.run(
            [path(name), *map(str, arguments)], cwd=folder, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT).returncode
        log.seek(0)
        text = log.read()
    if status != 0:
        raise ToolFailed(_reason(text) or f"{name} ended with status {status}")
    return text


def _reason(log):
    """The first line of a log that tells of an error."""
    for line in log.splitlines():
        if line.startswith("ERROR:"):
            return line.removeprefix("ERROR:").strip().rstrip(".")
    return None
