#!/usr/bin/env python3
"""Shows digits row by row, and beside each row what a network made of them so far.

    python3 show.py images.npy.gz outputs.csv labels.csv [NUMBER ...]

A network reads a row of 28 pixels in a step. Its ten outputs become probabilities (softmax); a digit has
a shade for each, and the likeliest is named. Without numbers: the first three, and the first that comes
out wrong.
"""
import gzip
import math
import struct
import sys
from pathlib import Path

SIZE = 28
SHADES = " .:-=+*#%@"


def shade(part):
    return SHADES[min(int(part * len(SHADES)), len(SHADES) - 1)]


def probabilities(outputs):
    largest = max(outputs)
    powers = [math.exp(value - largest) for value in outputs]
    return [power / sum(powers) for power in powers]


def pixels(path, number):
    """The rows of an image."""
    with gzip.open(path) as file:
        header = 10 + struct.unpack("<8xH", file.read(10))[0]
        file.seek(header + 4 * SIZE * SIZE * number)
        values = struct.unpack(f"<{SIZE * SIZE}f", file.read(4 * SIZE * SIZE))
    return [values[SIZE * row : SIZE * (row + 1)] for row in range(SIZE)]


images, outputs, labels = sys.argv[1:4]
steps = [
    [[float(value) for value in line.split(",")] for line in sequence.splitlines()]
    for sequence in Path(outputs).read_text().strip().split("\n\n")
]
labels = [int(label) for label in Path(labels).read_text().split()]
answers = [sequence[-1].index(max(sequence[-1])) for sequence in steps]
wrong = [number for number, (a, b) in enumerate(zip(answers, labels)) if a != b]
chosen = [int(word) for word in sys.argv[4:]] or sorted({*range(min(3, len(steps))), *wrong[:1]})

for number in chosen:
    print(f"\nimage {number}, labelled {labels[number]}: the network says {answers[number]}\n")
    print(" " * SIZE + "   0 1 2 3 4 5 6 7 8 9")
    for row, step in zip(pixels(images, number), steps[number]):
        parts = probabilities(step)
        best = parts.index(max(parts))
        print(
            "".join(shade(pixel) for pixel in row) + "   "
            + " ".join(shade(part) for part in parts) + f"   {best} {parts[best]:4.0%}")
