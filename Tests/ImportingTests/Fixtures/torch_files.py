#!/usr/bin/env python3
"""Writes the files of PyTorch in this folder and what PyTorch makes of random inputs.

    pip install torch==1.13.1 'numpy<2' safetensors==0.8.0
    python3 torch_files.py [FOLDER]

Two layers and a dense one behind them, as state_dict and as exported to ONNX.
"""
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

INPUTS, UNITS, OUTPUTS, STEPS = 2, 3, 2, 12
folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
torch.manual_seed(7)
torch.set_num_threads(1)


class Model(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.rnn = getattr(nn, kind)(INPUTS, UNITS, 2, batch_first=True)
        self.head = nn.Linear(UNITS, OUTPUTS)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


for kind in ("LSTM", "GRU"):
    model = Model(kind).eval()
    x = torch.rand(1, STEPS, INPUTS) * 2 - 1
    path = str(folder / f"torch-{kind.lower()}")
    save_file(model.state_dict(), path + ".safetensors")
    torch.onnx.export(
        model, x, path + ".onnx", opset_version=16, input_names=["x"],
        dynamic_axes={"x": {0: "batch", 1: "time"}})
    for name, rows in (("inputs", x), ("outputs", model(x).detach())):
        np.savetxt(f"{path}-{name}.csv", rows[0].numpy(), delimiter=",", fmt="%.9g")
