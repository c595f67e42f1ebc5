import Diagnostics
import Network

extension ONNXReader {
  /// Results of an LSTM or GRU: outputs of all steps, of the last one, and a state that nothing can read.
  func recurrent(_ node: ONNXNode) throws(Diagnostic) -> [ONNXValue] {
    let isLSTM = node.proto.opType == "LSTM"
    try node.allow([
      "activations", "activation_alpha", "activation_beta", "clip", "direction", "hidden_size",
      "input_forget", "layout", "linear_before_reset",
    ])
    let direction = try node.text("direction", default: "forward")
    guard direction == "forward" else {
      throw node.refused(
        "direction", "is \(Diagnostic.quoted(direction))",
        hint: "hardware sees one step after the other: train a network that reads forward")
    }
    for name in ["activation_alpha", "activation_beta", "clip"] where node.has(name) {
      throw node.refused(name, "is not supported", hint: "train and export without it")
    }
    let layout = try node.integer("layout", default: 0)
    guard (0...1).contains(layout) else { throw node.refused("layout", "is \(layout), not 0 or 1") }
    guard case .data(let data) = try value(node, 0) else {
      throw node.refused("does not read the network's input")
    }
    let step = try sequence(data, node, layout)
    let weights = try RecurrentWeights(self, node, gates: isLSTM ? 4 : 3, inputs: data.width)
    if node.input(4) != nil {
      throw node.refused(
        "has input 'sequence_lens'", hint: "export with sequences of one length, without it")
    }
    let layer =
      isLSTM ? try lstm(node, weights, layout) : try gru(node, weights, layout)
    var last = try behind(data, layer, node)
    let batch = step.batch
    var all = last
    all.time = step.time
    all.axes =
      layout == 0
      ? [step.time, .unit, batch, .features] : [batch, step.time, .unit, .features]
    last.time = step.time
    last.isLastStep = true
    last.axes = layout == 0 ? [.unit, batch, .features] : [batch, .unit, .features]
    let state = node.refused(
      "gives its state, which no other layer can read",
      hint: "let the network's output be computed of Y or Y_h")
    return [.data(all), .data(last), .refused(state)]
  }

  /// Which dimensions of a sequence are time and batch.
  private func sequence(
    _ data: ONNXValue.Data, _ node: ONNXNode, _ layout: Int
  ) throws(Diagnostic) -> (time: ONNXValue.Axis, batch: ONNXValue.Axis) {
    guard data.axes.count == 3, data.axes[2] == .features, !data.isLastStep else {
      throw node.refused("reads no sequence: time, batch and the values of a step in this order")
    }
    let (time, batch) = (data.axes[layout], data.axes[1 - layout])
    guard time != .unit else { throw node.refused("takes a dimension of size 1 for time") }
    if let known = data.time, known != time {
      throw node.refused("takes another dimension for time than the layer before it")
    }
    return (time, batch)
  }

  private func lstm(
    _ node: ONNXNode, _ weights: RecurrentWeights, _ layout: Int
  ) throws(Diagnostic) -> Layer {
    if try node.integer("input_forget", default: 0) != 0 {
      throw node.refused("input_forget", "couples the gates", hint: "train without it")
    }
    if node.has("linear_before_reset") {
      throw node.refused("linear_before_reset", "belongs to a GRU")
    }
    let functions = try functions(node, ["Sigmoid", "Tanh", "Tanh"])
    // The file's order is i, o, f, c.
    var layer = LSTMLayer(
      inputGate: weights.gate(0), forgetGate: weights.gate(2), cell: weights.gate(3),
      outputGate: weights.gate(1))
    layer.gateFunction = functions[0]
    layer.cellFunction = functions[1]
    layer.outputFunction = functions[2]
    let units = weights.unitCount
    layer.initialOutput = try initial(node, 5, "initial_h", units, layout)
    layer.initialState = try initial(node, 6, "initial_c", units, layout)
    var tensors = weights.tensors
    if node.input(7) != nil {
      let p = try constant(node, 7, "peepholes")
      guard p.shape == [1, 3 * units] else {
        throw node.refused("has peepholes of shape \(p.shape), expected \([1, 3 * units])")
      }
      // i, o, f.
      layer.peepholes = .init(
        input: Array(p.values[..<units]), forget: Array(p.values[(2 * units)...]),
        output: Array(p.values[units..<2 * units]))
      tensors.append(p.origin)
    }
    return Layer(
      .lstm(layer),
      origin: origin(
        node, tensors, "i,o,f,c",
        [
          weights.isBiased ? "Wb and Rb added" : "no biases",
          layer.peepholes == nil ? nil : "peepholes", layer.initialOutput.map { _ in "initial h" },
          layer.initialState.map { _ in "initial c" },
        ]))
  }

  private func gru(
    _ node: ONNXNode, _ weights: RecurrentWeights, _ layout: Int
  ) throws(Diagnostic) -> Layer {
    if node.has("input_forget") { throw node.refused("input_forget", "belongs to an LSTM") }
    if node.input(6) != nil { throw node.refused("has more inputs than a GRU") }
    let functions = try functions(node, ["Sigmoid", "Tanh"])
    guard functions[0] == .logistic else {
      throw node.refused(
        "activations", "has another function than Sigmoid for the gates",
        hint: "1 - z can be formed of Sigmoid alone")
    }
    let isLinear = try node.integer("linear_before_reset", default: 0)
    guard (0...1).contains(isLinear) else {
      throw node.refused("linear_before_reset", "is \(isLinear), not 0 or 1")
    }
    // z, r, h.
    let candidate = weights.gate(2)
    var layer = GRULayer(
      reset: weights.gate(1), update: weights.gate(0),
      candidate: GateWeights(
        input: candidate.input, recurrent: candidate.recurrent, bias: weights.inputBias(2)),
      recurrentBias: weights.recurrentBias(2),
      resetPlace: isLinear == 1 ? .afterProduct : .beforeProduct)
    layer.candidateFunction = functions[1]
    layer.initialOutput = try initial(node, 5, "initial_h", weights.unitCount, layout)
    return Layer(
      .gru(layer),
      origin: origin(
        node, weights.tensors, "z,r,h",
        [
          weights.isBiased ? "Wb and Rb added for z and r, apart for h" : "no biases",
          "linear_before_reset \(isLinear)", layer.initialOutput.map { _ in "initial h" },
        ]))
  }

  private func origin(
    _ node: ONNXNode, _ tensors: [LayerOrigin.TensorShape], _ order: String,
    _ remarks: [String?]
  ) -> LayerOrigin {
    LayerOrigin(
      name: node.proto.name, tensors: tensors, gateOrder: order,
      remarks: remarks.compactMap { $0 })
  }

  private func functions(
    _ node: ONNXNode, _ standard: [String]
  ) throws(Diagnostic) -> [ActivationFunction] {
    let names = try node.texts("activations") ?? standard
    guard names.count == standard.count else {
      throw node.refused("activations", "has \(names.count) functions, expected \(standard.count)")
    }
    var functions: [ActivationFunction] = []
    for name in names {
      switch name.lowercased() {
      case "sigmoid": functions.append(.logistic)
      case "tanh": functions.append(.tanh)
      case "relu": functions.append(.relu)
      default:
        throw node.refused(
          "activations", "names \(Diagnostic.quoted(name))",
          hint: "supported are Sigmoid, Tanh and Relu")
      }
    }
    return functions
  }

  /// The state before the first step, one number a unit; nil for 0.
  private func initial(
    _ node: ONNXNode, _ index: Int, _ meaning: String, _ units: Int, _ layout: Int
  ) throws(Diagnostic) -> [Double]? {
    guard node.input(index) != nil else { return nil }
    let rows: ONNXValue.Constant
    switch try value(node, index) {
    case .uniform(let number):
      return number == 0 ? nil : Array(repeating: number, count: units)
    case .constant(let constant): rows = constant
    default:
      throw node.refused(
        "has an input '\(meaning)' that is no constant",
        hint: "export the network without initial states, or with constant ones")
    }
    let batch = rows.shape.count == 3 ? rows.shape[1 - layout] : 0
    guard rows.shape.count == 3, batch > 0, rows.shape[layout] == 1, rows.shape[2] == units else {
      throw node.refused(
        "has '\(meaning)' of shape \(rows.shape), expected 1, batch and \(units)")
    }
    let first = Array(rows.values.prefix(units))
    for row in 1..<max(batch, 2) where row < batch {
      guard Array(rows.values[row * units..<(row + 1) * units]) == first else {
        throw node.refused(
          "has another '\(meaning)' for each sequence of the batch",
          hint: "a reset restores one state: export with a batch of 1")
      }
    }
    return first.allSatisfy { $0 == 0 } ? nil : first
  }
}

/// W, R and B of a recurrent operator.
struct RecurrentWeights {
  let unitCount: Int
  let tensors: [LayerOrigin.TensorShape]
  var isBiased: Bool { biases != nil }
  private let input: Matrix
  private let recurrent: Matrix
  private let biases: [Double]?
  private let gates: Int

  init(
    _ reader: ONNXReader, _ node: ONNXNode, gates: Int, inputs: Int
  ) throws(Diagnostic) {
    let w = try reader.constant(node, 1, "weights W")
    let r = try reader.constant(node, 2, "weights R")
    guard r.shape.count == 3, r.shape[2] > 0, r.shape[2] <= 1 << 16 else {
      throw node.refused("has recurrent weights of shape \(r.shape), expected three dimensions")
    }
    let units = r.shape[2]
    let declared = try node.integer("hidden_size", default: units)
    guard declared == units else {
      throw node.refused("hidden_size", "is \(declared), the weights are of \(units) units")
    }
    var tensors = [w, r]
    var shapes = [[1, gates * units, inputs], [1, gates * units, units]]
    if node.input(3) != nil {
      tensors.append(try reader.constant(node, 3, "biases B"))
      shapes.append([1, 2 * gates * units])
    }
    for (tensor, shape) in zip(tensors, shapes) where tensor.shape != shape {
      throw node.refused(
        "has \(Diagnostic.quoted(tensor.name)) of shape \(tensor.shape), expected \(shape):"
          + " directions, \(gates) gates of \(units) units, sources")
    }
    self.gates = gates
    unitCount = units
    self.tensors = tensors.map(\.origin)
    input = Matrix(rows: gates * units, columns: inputs, w.values)
    recurrent = Matrix(rows: gates * units, columns: units, r.values)
    biases = tensors.count == 3 ? tensors[2].values : nil
  }

  /// Weights of a gate with the sum of its biases.
  func gate(_ index: Int) -> GateWeights {
    let rows = index * unitCount..<(index + 1) * unitCount
    let sum = inputBias(index).flatMap { input in
      recurrentBias(index).map { zip(input, $0).map { $0 + $1 } }
    }
    return GateWeights(input: input.rows(rows), recurrent: recurrent.rows(rows), bias: sum)
  }

  func inputBias(_ gate: Int) -> [Double]? { part(gate) }
  func recurrentBias(_ gate: Int) -> [Double]? { part(gates + gate) }

  private func part(_ index: Int) -> [Double]? {
    biases.map { Array($0[index * unitCount..<(index + 1) * unitCount]) }
  }
}
