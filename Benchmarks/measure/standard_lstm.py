"""The LSTM layer of Keras and PyTorch as a netSpec: its gates, cells and outputs are LSTM-g nodes.

For I inputs and H units the nodes are, in this order: I inputs, the bias, H input gates, H forget
gates, H squashed inputs, H output gates, H cells, H outputs, and then the nodes of a dense head.
A gate reads all inputs, the bias and the outputs of the previous step; the latter have a higher
index, which is what makes them those of the previous step.
"""

import math

from .random_numbers import SplitMix64

_LOGISTIC, _TANH, _IDENTITY = 0, 1, 2
_UNGATED = -1


class StandardLSTM:
    """An LSTM of random weights, as a framework would initialise it.

    Every weight is drawn from a range of 1 over the root of the units to both sides, and multiplied by
    `scale`; a bias is the sum of as many draws as the framework has biases.
    """

    def __init__(self, inputs, units, dense=0, seed=1, biases=1, scale=1.0):
        self.biases = biases
        self.scale = scale
        self.inputs = inputs
        self.units = units
        self.dense = dense
        self.seed = seed

    @property
    def input_nodes(self):
        """Inputs and bias."""
        return self.inputs + 1

    @property
    def bias(self):
        """Index of the constant input."""
        return self.inputs

    @property
    def outputs(self):
        return self.dense or self.units

    def spec(self):
        """The text of the network, in the manual seed format."""
        connections = list(self._connections())
        gated = {}
        for destination, _, _, gater in connections:
            if gater != _UNGATED:
                gated.setdefault(gater, []).append(destination)
        nodes = [f"{index} 0.0 {kind}" for index, kind in enumerate(self._functions())]
        lines = [f"{j} {i} {weight:.9g} {gater} 0.0" for j, i, weight, gater in connections]
        # The format wants an extended trace of every connection into a gater, for every node that
        # the gater acts on.
        traces = [
            f"{j} {i} {k} 0.0" for j, i, _, _ in connections for k in sorted(gated.get(j, []))
        ]
        return "\n".join(["0", ""] + nodes + [""] + lines + [""] + traces) + "\n"

    def _functions(self):
        """The function of every node."""
        yield from [_LOGISTIC] * self.input_nodes
        for kind in (_LOGISTIC, _LOGISTIC, _TANH, _LOGISTIC, _TANH, _IDENTITY):
            yield from [kind] * self.units
        yield from [_IDENTITY] * self.dense

    def _connections(self):
        """Destination, source, weight and gater of every connection."""
        random = SplitMix64(self.seed)
        limit = 1 / math.sqrt(self.units)
        draws = lambda source: self.biases if source == self.bias else 1
        weight = lambda source: self.scale * sum(
            random.uniform(limit) for _ in range(draws(source)))
        block = lambda index: self.input_nodes + index * self.units
        gates = block(0)
        input_gates, forget_gates, squashed, output_gates, cells, outputs = map(block, range(6))
        for node in range(gates, gates + 4 * self.units):
            for source in [*range(self.input_nodes), *range(outputs, outputs + self.units)]:
                yield node, source, weight(source), _UNGATED
        for unit in range(self.units):
            yield cells + unit, squashed + unit, 1.0, input_gates + unit
            yield cells + unit, cells + unit, 1.0, forget_gates + unit
            yield outputs + unit, cells + unit, 1.0, output_gates + unit
        for node in range(block(6), block(6) + self.dense):
            for source in [self.bias, *range(outputs, outputs + self.units)]:
                yield node, source, weight(source), _UNGATED
