"""The networks that the benchmarks run, in the order of their tables.

Trained ones are those that the repository ships; the others are made here from seeds.
"""

import gzip
import subprocess
from pathlib import Path

from .standard_lstm import StandardLSTM

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLES = ROOT / "Examples"
_FIXTURES = ROOT / "Tests" / "GoldenCases" / "Fixtures"


class Network:
    """A network and the options of `lstmg-hdl` that belong to its spec."""

    def __init__(self, name, options, lstm=None):
        self.name = name
        self.options = options
        #: Shape of a standard LSTM, None for any other network.
        self.lstm = lstm

    @property
    def is_standard_lstm(self):
        return self.lstm is not None

    @property
    def has_dense_head(self):
        return self.lstm is not None and self.lstm.dense > 0

    def spec_text(self, lstmg):
        """The text of the spec; `lstmg` is the program that expands automatic ones."""
        raise NotImplementedError

    def write(self, folder, lstmg):
        """Writes the spec into a folder, if it is not there, and returns its path."""
        path = Path(folder) / f"{self.name}.spec"
        if not path.exists():
            partial = path.with_suffix(".partial")
            partial.write_text(self.spec_text(lstmg))
            partial.rename(path)
        return path


class _Shipped(Network):
    """A network whose spec lies in the repository."""

    def __init__(self, name, source, options):
        super().__init__(name, options)
        self._source = source

    def spec_text(self, lstmg):
        data = self._source.read_bytes()
        return (gzip.decompress(data) if self._source.suffix == ".gz" else data).decode()


class _Standard(Network):
    """A standard LSTM of random weights."""

    def __init__(self, name, inputs, units, dense=0):
        lstm = StandardLSTM(inputs, units, dense)
        options = _counts(lstm.input_nodes, lstm.outputs, {lstm.bias: 1})
        super().__init__(name, options, lstm)

    def spec_text(self, lstmg):
        return self.lstm.spec()


class _Blocks(Network):
    """One layer of biased LSTM-g blocks as the csv dialect draws it, each with peepholes of its own
    and its cell gated by itself."""

    def __init__(self, name, inputs, blocks):
        super().__init__(name, ["--constant-input", f"{inputs}=1"])
        self._inputs = inputs
        self._blocks = blocks

    def spec_text(self, lstmg):
        blocks = range(self._blocks)
        lines = [f"{self._inputs + 1}, 1, 0, 1"]
        lines += [f"{block}, 1, 1, 1" for block in blocks]
        lines += [f"{block}, {block}, 2" for block in blocks]
        lines.append(f"0, {self._blocks}")
        run = subprocess.run(
            [lstmg, "print", "-", "--seed", "1"], input="\n".join(lines), text=True,
            check=True, capture_output=True)
        return run.stdout


def _counts(inputs, outputs, constants):
    options = ["--num-inputs", str(inputs), "--num-outputs", str(outputs)]
    for index, value in constants.items():
        options += ["--constant-input", f"{index}={value}"]
    return options


ALL = [
    _Standard("lstm-1-20", 1, 20),
    _Standard("lstm-28-32", 28, 32),
    _Standard("lstm-28-100-10", 28, 100, dense=10),
    _Shipped(
        "dsr", _EXAMPLES / "distracted-sequence-recall" / "net.spec", _counts(11, 4, {10: 1})),
    _Shipped("parity", _EXAMPLES / "parity" / "net.spec", _counts(2, 1, {1: 1})),
    _Shipped("reber", _EXAMPLES / "embedded-reber" / "net.spec", _counts(8, 7, {7: 1})),
    _Shipped("eurusd", _FIXTURES / "eurusd-20in-21blocks" / "net.csv.gz", []),
    _Shipped("random-1000", _FIXTURES / "random-1000" / "net.spec.gz", _counts(20, 10, {})),
    _Blocks("blocks-60-121", 60, 121),
]


def named(names):
    """The networks of these names; all without any."""
    if not names:
        return ALL
    known = {network.name: network for network in ALL}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise KeyError(
            f"no network is named {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names]
