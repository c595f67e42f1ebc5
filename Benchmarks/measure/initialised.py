"""Writes standard LSTMs as PyTorch initialises them, and uniform inputs, into a folder.

    python3 -m measure.initialised FOLDER
"""

import sys
from pathlib import Path

from .random_numbers import SplitMix64
from .standard_lstm import StandardLSTM

_SEQUENCES, _STEPS = 500, 28


def _uniform(inputs):
    """Rows of inputs from -1 up to, but without, 1."""
    random = SplitMix64(7)
    for _ in range(_SEQUENCES):
        for _ in range(_STEPS):
            yield ",".join(f"{random.uniform(1):.9f}" for _ in range(inputs))
        yield ""


def write(folder):
    """`lstm-I-H[ #SEED][ xSCALE].spec` and `uniform-I.csv`."""
    for inputs, units in ((1, 20), (28, 32)):
        for seed in (1, 2, 3):
            for scale in (1, 4):
                lstm = StandardLSTM(inputs, units, seed=seed, biases=2, scale=scale)
                name = f"lstm-{inputs}-{units}"
                name += f" #{seed}" if seed > 1 else ""
                name += f" x{scale}" if scale > 1 else ""
                (folder / f"{name}.spec").write_text(lstm.spec())
        (folder / f"uniform-{inputs}.csv").write_text("\n".join(_uniform(inputs)) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
