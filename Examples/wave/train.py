#!/usr/bin/env python3
"""Trains the example's network and writes it and its held-out data. Needs numpy alone.

    python3 train.py [FOLDER [SEED]]

The network is what torch.nn.LSTM(1, 4) and torch.nn.Linear(4, 1) compute, and its file is what
safetensors.torch.save_file makes of their state_dict. One seed, one thread: the same numpy gives the
same files.
"""
import json
import os
import struct
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np

HIDDEN = 4
STEPS = 64  # of a sequence; the signal changes in the middle
SETTLED = 20  # steps after a change that are not judged: about one period
SHARPNESS = 8.0  # of the logistic loss around an output of 0.5


def signals(random, count):
    """Samples [count, STEPS] of two signals one after the other, and labels: 1 square, 0 sine."""
    half = STEPS // 2
    samples, labels = [], []
    for _ in range(2):
        square = random.integers(0, 2, (count, 1))
        period = random.uniform(8, 20, (count, 1))
        amplitude = random.uniform(0.4, 1.0, (count, 1))
        phase = random.uniform(0, 2 * np.pi, (count, 1))
        wave = np.sin(2 * np.pi * np.arange(half) / period + phase)
        wave = np.where(square == 1, np.where(wave < 0, -1.0, 1.0), wave)
        samples.append(amplitude * wave + random.normal(0, 0.05, (count, half)))
        labels.append(np.repeat(square, half, axis=1))
    samples = np.clip(np.concatenate(samples, axis=1), -1, 1)
    # As the files have them, so that what is recorded belongs to what is read.
    return np.round(samples, 4), np.concatenate(labels, axis=1)


def judged():
    """Which steps count."""
    step = np.arange(STEPS) % (STEPS // 2)
    return step >= SETTLED


def logistic(x):
    return 1 / (1 + np.exp(-x))


def initial(random):
    """Weights as torch draws them, its names; the forget gates begin open."""
    bound = HIDDEN**-0.5
    shapes = {
        "lstm.weight_ih_l0": (4 * HIDDEN, 1),
        "lstm.weight_hh_l0": (4 * HIDDEN, HIDDEN),
        "lstm.bias_ih_l0": (4 * HIDDEN,),
        "lstm.bias_hh_l0": (4 * HIDDEN,),
        "head.weight": (1, HIDDEN),
        "head.bias": (1,),
    }
    weights = {name: random.uniform(-bound, bound, shape) for name, shape in shapes.items()}
    weights["lstm.bias_ih_l0"][HIDDEN : 2 * HIDDEN] += 1
    return weights


def forward(w, x):
    """Outputs [count, steps] and what the way back needs; gates in torch's order i, f, g, o."""
    count = x.shape[0]
    h = np.zeros((count, HIDDEN), x.dtype)
    c = np.zeros((count, HIDDEN), x.dtype)
    trace, outputs = [], []
    bias = w["lstm.bias_ih_l0"] + w["lstm.bias_hh_l0"]
    for t in range(x.shape[1]):
        a = x[:, t : t + 1] @ w["lstm.weight_ih_l0"].T + h @ w["lstm.weight_hh_l0"].T + bias
        i, f, g, o = np.split(a, 4, axis=1)
        i, f, g, o = logistic(i), logistic(f), np.tanh(g), logistic(o)
        before = (h, c)
        c = f * c + i * g
        squashed = np.tanh(c)
        h = o * squashed
        outputs.append(h @ w["head.weight"].T + w["head.bias"])
        trace.append((before, i, f, g, o, squashed, h))
    return np.concatenate(outputs, axis=1), trace


def gradients(w, x, trace, slope):
    """Of the loss with respect to all weights; `slope` is that with respect to the outputs."""
    d = {name: np.zeros_like(value) for name, value in w.items()}
    dh = np.zeros((x.shape[0], HIDDEN))
    dc = np.zeros_like(dh)
    for t in reversed(range(x.shape[1])):
        (h, c), i, f, g, o, squashed, new = trace[t]
        dy = slope[:, t : t + 1]
        d["head.weight"] += dy.T @ new
        d["head.bias"] += dy.sum(axis=0)
        dh = dh + dy @ w["head.weight"]
        dc = dc + dh * o * (1 - squashed**2)
        da = np.concatenate(
            [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2),
             dh * squashed * o * (1 - o)], axis=1)  # fmt: skip
        d["lstm.weight_ih_l0"] += da.T @ x[:, t : t + 1]
        d["lstm.weight_hh_l0"] += da.T @ h
        d["lstm.bias_ih_l0"] += da.sum(axis=0)
        dh = da @ w["lstm.weight_hh_l0"]
        dc = dc * f
    d["lstm.bias_hh_l0"] = d["lstm.bias_ih_l0"]
    return d


def train(random, rounds=3000, batch=64):
    """Adam on the logistic loss of the judged steps."""
    w = initial(random)
    mean = {name: np.zeros_like(value) for name, value in w.items()}
    square = {name: np.zeros_like(value) for name, value in w.items()}
    for k in range(1, rounds + 1):
        rate = 0.01 * min(1.0, 2 * (1 - k / (rounds + 1)))
        x, labels = signals(random, batch)
        y, trace = forward(w, x)
        slope = SHARPNESS * (logistic(SHARPNESS * (y - 0.5)) - labels) * judged()
        d = gradients(w, x, trace, slope / (batch * judged().sum()))
        norm = np.sqrt(sum((value**2).sum() for value in d.values()))
        for name in w:
            step = d[name] / max(1.0, norm)
            mean[name] += 0.1 * (step - mean[name])
            square[name] += 0.001 * (step**2 - square[name])
            w[name] = w[name] - rate * (mean[name] / (1 - 0.9**k)) / (
                np.sqrt(square[name] / (1 - 0.999**k)) + 1e-8)  # fmt: skip
        if k % 1000 == 0:
            right = ((y > 0.5) == labels)[:, judged()].mean()
            print(f"round {k}: {100 * right:.2f} % of the judged steps right", file=sys.stderr)
    return {name: value.astype(np.float32) for name, value in w.items()}


def save(weights, path):
    """The safetensors format: length of the header, header in JSON, little-endian numbers."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, value in sorted(weights.items()):
        piece = value.astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32", "shape": list(value.shape),
            "data_offsets": [len(data), len(data) + len(piece)],
        }  # fmt: skip
        data += piece
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def write_rows(path, comment, rows):
    """Sequences [count, steps] of texts, as lstmg-hdl reads them."""
    with open(path, "w") as file:
        file.write(f"# {comment}\n")
        file.write("\n\n".join("\n".join(sequence) for sequence in rows) + "\n")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    weights = train(np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 1))
    x, labels = signals(np.random.default_rng(2), 40)
    y, _ = forward(weights, x.astype(np.float32))
    right = ((y > 0.5) == labels)[:, judged()].mean()
    print(f"held out: {100 * right:.2f} % of the judged steps right", file=sys.stderr)
    save(weights, f"{folder}/wave.safetensors")
    write_rows(f"{folder}/data.csv", "One sample a row; a blank line starts a new sequence.",
               [[f"{v:g}" for v in row] for row in x])  # fmt: skip
    write_rows(f"{folder}/labels.csv", "1 square wave, 0 sine; '-' is not judged.",
               [[str(v) if j else "-" for v, j in zip(row, judged())] for row in labels])  # fmt: skip
    write_rows(f"{folder}/outputs.csv", "What the trained network gave, in single precision.",
               [[f"{v:.9g}" for v in row] for row in y])  # fmt: skip


if __name__ == "__main__":
    main()
