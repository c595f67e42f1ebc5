import Network

/// Makes a graph of a model: `RecurrentModel` -> `Network`, exact up to the rounding of sums that are
/// added in another order. Nodes are activated in their order, so a node reads this step's value of
/// what stands before it and the previous step's of what stands behind it.
public struct ModelLowering: Sendable {
  public init() {}

  public func lower(_ model: RecurrentModel) -> Network {
    var builder = NetworkBuilder(inputCount: model.inputCount)
    var values = builder.inputs
    for layer in model.layers {
      switch layer.kind {
      case .lstm(let layer): values = builder.add(layer, reading: values)
      case .gru(let layer): values = builder.add(layer, reading: values)
      case .dense(let layer): values = builder.add(layer, reading: values)
      }
    }
    return builder.network(outputCount: model.outputCount)
  }
}

extension NetworkBuilder {
  /// i, f, g, o, c and h one behind the other. i, f, g and o read h of the step before, which stands
  /// behind them; c is a node that carries itself, gated by f, and takes g, gated by i; h takes
  /// output(c), gated by o.
  ///
  /// Peepholes read the state itself and not output(c): a second cell, whose function is the identity,
  /// keeps the same state for them. The output gate stands behind it, for it reads this step's state.
  mutating func add(_ layer: LSTMLayer, reading x: Range<Int>) -> Range<Int> {
    let count = layer.unitCount
    let i = add(count, layer.gateFunction)
    let f = add(count, layer.gateFunction)
    let g = add(count, layer.cellFunction)
    let peeped = layer.peepholes.map { _ in add(count, .identity, states: layer.initialState) }
    let o = add(count, layer.gateFunction)
    let c = add(count, layer.outputFunction, states: layer.initialState)
    let memory = layer.feedback == .squashed ? squashedState(of: c, i, g) : c
    let h = add(count, .identity, states: layer.initialOutput)
    for (gate, weights) in [
      (i, layer.inputGate), (f, layer.forgetGate), (g, layer.cell), (o, layer.outputGate),
    ] {
      connect(gate, from: x, h, weights)
    }
    pair(c, from: memory, gatedBy: f)
    pair(c, from: g, gatedBy: i)
    if let peeped, let peepholes = layer.peepholes {
      pair(peeped, from: peeped, gatedBy: f)
      pair(peeped, from: g, gatedBy: i)
      pair(i, from: peeped, peepholes.input)
      pair(f, from: peeped, peepholes.forget)
      pair(o, from: peeped, peepholes.output)
    }
    pair(h, from: c, gatedBy: o)
    return h
  }

  /// What DLL's cell remembers: output(c), but i * g after the first step. Two nodes tell the steps apart:
  /// one is 1 before the first step and 0 ever after, the other 0 and then 1; both stand behind what
  /// they gate, which therefore reads their value of the step before.
  private mutating func squashedState(
    of c: Range<Int>, _ i: Range<Int>, _ g: Range<Int>
  ) -> Range<Int> {
    let first = add(c.count, .identity)
    let memory = add(c.count, .identity)
    let isFirst = add(1, .identity, states: [1])
    let isLater = add(1, .identity)
    bias(isLater, [1])
    pair(first, from: g, gatedBy: i)
    for (memory, sources) in zip(memory, zip(c, first)) {
      link(memory, from: sources.0, gatedBy: isLater.lowerBound)
      link(memory, from: sources.1, gatedBy: isFirst.lowerBound)
    }
    return memory
  }

  /// r, z, 1 - z, n and h one behind the other; the first four read h of the step before. h carries
  /// itself, gated by z, and takes n, gated by 1 - z, which is the gate with negated weights.
  ///
  /// A reset before the product gates h once for all candidates, in nodes of its own: gating each of
  /// the products would need extended traces for every pair of units.
  mutating func add(_ layer: GRULayer, reading x: Range<Int>) -> Range<Int> {
    let count = layer.unitCount
    let r = add(count, .logistic)
    let z = add(count, .logistic)
    let rest = add(count, .logistic)
    let kept = layer.resetPlace == .beforeProduct ? add(count, .identity) : nil
    let n = add(count, layer.candidateFunction)
    let h = add(count, .identity, states: layer.initialOutput)
    connect(r, from: x, h, layer.reset)
    connect(z, from: x, h, layer.update)
    connect(rest, from: x, h, layer.update.negated)
    connect(n, from: x, layer.candidate.input)
    bias(n, layer.candidate.bias)
    if let kept {
      pair(kept, from: h, gatedBy: r)
      connect(n, from: kept, layer.candidate.recurrent)
      bias(n, layer.recurrentBias, constant: .second)
    } else {
      connect(n, from: h, layer.candidate.recurrent, gatedBy: r)
      bias(n, layer.recurrentBias, constant: .second, gatedBy: r)
    }
    pair(h, from: h, gatedBy: z)
    pair(h, from: n, gatedBy: rest)
    return h
  }

  mutating func add(_ layer: DenseLayer, reading x: Range<Int>) -> Range<Int> {
    let y = add(layer.weights.rows, layer.function)
    connect(y, from: x, layer.weights)
    bias(y, layer.bias)
    return y
  }

  private mutating func connect(
    _ gate: Range<Int>, from x: Range<Int>, _ h: Range<Int>, _ weights: GateWeights
  ) {
    connect(gate, from: x, weights.input)
    connect(gate, from: h, weights.recurrent)
    bias(gate, weights.bias)
  }
}
