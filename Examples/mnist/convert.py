#!/usr/bin/env python3
"""Makes the example's data of MNIST's own files.

    python3 convert.py t10k-images-idx3-ubyte.gz t10k-labels-idx1-ubyte.gz [FOLDER]

Writes images.npy.gz, float32 of shape [images, 28 rows, 28 pixels] from 0 to 1, and labels.csv.
The same files give the same bytes.
"""
import gzip
import struct
import sys
from pathlib import Path


def idx(path, kind):
    """Dimensions and bytes of an IDX file."""
    data = gzip.open(path).read()
    magic, *shape = struct.unpack(f">{1 + kind % 256}I", data[: 4 * (1 + kind % 256)])
    if magic != kind:
        raise SystemExit(f"{path}: no IDX file of the wanted kind")
    return shape, data[4 * (1 + len(shape)) :]


def npy(shape, values):
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {tuple(shape)}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + values


folder = Path(sys.argv[3] if len(sys.argv) > 3 else Path(__file__).parent)
shape, pixels = idx(sys.argv[1], 0x803)
_, labels = idx(sys.argv[2], 0x801)
scaled = [struct.pack("<f", pixel / 255) for pixel in range(256)]
images = npy(shape, b"".join(scaled[pixel] for pixel in pixels))
(folder / "images.npy.gz").write_bytes(gzip.compress(images, 9, mtime=0))
(folder / "labels.csv").write_text("".join(f"{label}\n" for label in labels))
