#!/usr/bin/env python3
"""Writes the ONNX files of this folder and what ONNX Runtime makes of random inputs.

    pip install onnx==1.23.2 onnxruntime==1.32.0
    python3 onnx_files.py [FOLDER]
"""
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

INPUTS, UNITS, OUTPUTS, STEPS = 3, 4, 2, 8
folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
random = np.random.default_rng(11)


def weights(*shape):
    return random.uniform(-0.7, 0.7, shape).astype(np.float32)


def integers(*values):
    return np.array(values, np.int64)


def node(operator, inputs, outputs, **attributes):
    name = f"{operator.lower()}_{outputs[0]}"
    return helper.make_node(operator, inputs, outputs, name=name, **attributes)


def save(name, nodes, constants, outputs):
    """A model of `x` [batch, time, inputs], and rows of inputs and outputs of one sequence."""
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "T", INPUTS])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", "T", outputs])
    initializers = [numpy_helper.from_array(value, key) for key, value in constants.items()]
    graph = helper.make_graph(nodes, name, [x], [y], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, folder / f"{name}.onnx")
    data = random.uniform(-1, 1, (1, STEPS, INPUTS)).astype(np.float32)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    result = session.run(None, {"x": data})[0].reshape(STEPS, outputs)
    for kind, rows in (("inputs", data[0]), ("outputs", result)):
        np.savetxt(folder / f"{name}-{kind}.csv", rows, delimiter=",", fmt="%.9g")


time_first = node("Transpose", ["x"], ["xt"], perm=[1, 0, 2])


def lstm(inputs=INPUTS):
    return weights(1, 4 * UNITS, inputs), weights(1, 4 * UNITS, UNITS), weights(1, 8 * UNITS)


def stacked():
    """Two layers as PyTorch exports them: initial states are zeros of a computed shape."""
    W, R, B = lstm()
    W2, R2, B2 = lstm(UNITS)
    dense, bias = weights(OUTPUTS, UNITS), weights(OUTPUTS)
    nodes = [
        node("Shape", ["x"], ["shape"]),
        node("Gather", ["shape", "zero"], ["batch"], axis=0),
        node("Unsqueeze", ["batch", "at0"], ["batches"]),
        node("Concat", ["layers", "batches", "units"], ["states"], axis=0),
        node("ConstantOfShape", ["states"], ["z"]),
        time_first,
        node("Slice", ["z", "at0", "at1", "at0"], ["z0"]),
        node("Slice", ["z", "at1", "at2", "at0"], ["z1"]),
        node("LSTM", ["xt", "W", "R", "B", "", "z0", "z0"], ["Y", "h", "c"], hidden_size=UNITS),
        node("Squeeze", ["Y", "at1"], ["s"]),
        node("LSTM", ["s", "W2", "R2", "B2", "", "z1", "z1"], ["Y2", "h2", "c2"], hidden_size=UNITS),
        node("Squeeze", ["Y2", "at1"], ["s2"]),
        node("Transpose", ["s2"], ["t2"], perm=[1, 0, 2]),
        node("MatMul", ["t2", "dense"], ["m"]),
        node("Add", ["m", "bias"], ["y"]),
    ]
    save(
        "lstm-stacked", nodes,
        dict(
            W=W, R=R, B=B, W2=W2, R2=R2, B2=B2, dense=dense.T.copy(), bias=bias,
            zero=np.array(0, np.int64), at0=integers(0), at1=integers(1), at2=integers(2),
            layers=integers(2), units=integers(UNITS)),
        OUTPUTS)


def peepholes():
    """Peepholes and initial states, a dense layer with a function behind it."""
    W, R, B = lstm()
    dense, bias = weights(OUTPUTS, UNITS), weights(OUTPUTS)
    h0, c0, P = weights(1, 1, UNITS), weights(1, 1, UNITS), weights(1, 3 * UNITS)
    nodes = [
        time_first,
        node("LSTM", ["xt", "W", "R", "B", "", "h0", "c0", "P"], ["Y"], hidden_size=UNITS),
        node("Transpose", ["Y"], ["t"], perm=[2, 0, 1, 3]),
        node("Squeeze", ["t", "at2"], ["s"]),
        node("MatMul", ["s", "dense"], ["m"]),
        node("Add", ["bias", "m"], ["z"]),
        node("Sigmoid", ["z"], ["y"]),
    ]
    constants = dict(
        W=W, R=R, B=B, h0=h0, c0=c0, P=P, dense=dense.T.copy(), bias=bias, at2=integers(2))
    save("lstm-peepholes", nodes, constants, OUTPUTS)
    return h0


def gru(is_linear, h0):
    """h reset before its product with the weights, or behind it."""
    nodes = [
        time_first,
        node(
            "GRU", ["xt", "W", "R", "B", "", "h0"], ["Y"], hidden_size=UNITS,
            linear_before_reset=is_linear),
        node("Squeeze", ["Y", "at1"], ["s"]),
        node("Transpose", ["s"], ["y"], perm=[1, 0, 2]),
    ]
    constants = dict(
        W=weights(1, 3 * UNITS, INPUTS), R=weights(1, 3 * UNITS, UNITS), B=weights(1, 6 * UNITS),
        h0=h0, at1=integers(1))
    save(f"gru-{is_linear}", nodes, constants, UNITS)


stacked()
first = peepholes()
gru(0, first)
gru(1, first)
