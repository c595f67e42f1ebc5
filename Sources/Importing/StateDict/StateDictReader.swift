import Diagnostics
import Network

/// Reads the state_dict of a PyTorch module, in whatever kind of file.
struct StateDictReader {
  private let contents: any TensorCollection
  private let format: ImportFormat
  private let choices: [LayerChoice]?
  private let file: String

  init(
    _ contents: any TensorCollection, _ format: ImportFormat, choices: [LayerChoice]?,
    file: String
  ) {
    self.contents = contents
    self.format = format
    self.choices = choices
    self.file = file
  }

  func read() throws(Diagnostic) -> ImportedNetwork {
    let modules = try StateDictModules(contents.shapes, file: file)
    let choice = try StateDictChoice(modules, choices, file: file)
    var layers: [Layer] = []
    for pick in choice.picks {
      switch pick.module.kind {
      case .recurrent(let gates, let count, let isCell):
        for index in 0..<count {
          layers.append(
            try recurrent(
              pick.module, gates: gates, ending: isCell ? "" : "_l\(index)",
              inputCount: index == 0 ? pick.module.inputCount : pick.module.outputCount))
        }
      case .linear: layers.append(try linear(pick))
      }
    }
    let model = try RecurrentModel(
      inputCount: layers.first?.inputCount ?? 0, layers: layers, file: file)
    return ImportedNetwork(
      model, format, remarks: choice.unused.map { "not used: \($0)" })
  }

  private func recurrent(
    _ module: StateDictModule, gates: Int, ending: String, inputCount: Int
  ) throws(Diagnostic) -> Layer {
    let count = module.outputCount
    let order = gates == 4 ? "i,f,g,o" : "r,z,n"
    // Some writers note it; another order than PyTorch's would shuffle the gates silently.
    if let noted = contents.gateOrder, noted != order {
      throw .otherGateOrder(noted, order, module.name, file)
    }
    let rows = gates * count
    let meaning =
      "\(gates == 4 ? "an LSTM" : "a GRU") of \(count) units has \(gates) gates in \(rows) rows"
    func tensor(_ leaf: String, _ shape: [Int]) throws(Diagnostic) -> Tensor {
      let tensor = try contents.tensor(module.tensor(leaf + ending))
      try tensor.expect(shape, meaning)
      return tensor
    }
    let input = try tensor("weight_ih", [rows, inputCount])
    let recurrent = try tensor("weight_hh", [rows, count])
    var tensors = [input, recurrent]
    let biasNames = ["bias_ih", "bias_hh"].filter {
      contents.shapes[module.tensor($0 + ending)] != nil
    }
    var biases: [[Double]] = []
    for name in biasNames {
      let bias = try tensor(name, [rows])
      tensors.append(bias)
      biases.append(bias.values)
    }
    guard biases.count != 1 else {
      throw .oneBias(module.tensor(biasNames[0] + ending), file)
    }
    func weights(_ gate: Int, bias: [Double]?) -> GateWeights {
      let part = gate * count..<(gate + 1) * count
      return GateWeights(
        input: input.matrix.rows(part), recurrent: recurrent.matrix.rows(part),
        bias: bias.map { Array($0[part]) })
    }
    let sum = biases.isEmpty ? nil : zip(biases[0], biases[1]).map { $0 + $1 }
    let kind: Layer.Kind
    let remark: String
    if gates == 4 {
      kind = .lstm(
        LSTMLayer(
          inputGate: weights(0, bias: sum), forgetGate: weights(1, bias: sum),
          cell: weights(2, bias: sum), outputGate: weights(3, bias: sum)))
      remark = sum == nil ? "no biases" : "bias_ih and bias_hh added"
    } else {
      kind = .gru(
        GRULayer(
          reset: weights(0, bias: sum), update: weights(1, bias: sum),
          candidate: weights(2, bias: biases.first),
          recurrentBias: biases.last.map { Array($0[(2 * count)...]) },
          resetPlace: .afterProduct))
      remark =
        sum == nil ? "no biases" : "bias_ih and bias_hh added for r and z, apart for n"
    }
    return Layer(
      kind,
      origin: LayerOrigin(
        name: ending.isEmpty ? module.name : module.tensor(String(ending.dropFirst())),
        tensors: tensors.map(\.origin),
        gateOrder: order, remarks: [remark]))
  }

  private func linear(_ pick: StateDictChoice.Pick) throws(Diagnostic) -> Layer {
    let module = pick.module
    let weights = try contents.tensor(module.tensor("weight"))
    var tensors = [weights]
    if contents.shapes[module.tensor("bias")] != nil {
      let bias = try contents.tensor(module.tensor("bias"))
      try bias.expect([module.outputCount], "a bias for each row of the weights")
      tensors.append(bias)
    }
    return Layer(
      .dense(
        DenseLayer(
          weights: weights.matrix, bias: tensors.count == 2 ? tensors[1].values : nil,
          function: pick.function ?? .identity)),
      origin: LayerOrigin(
        name: module.name, tensors: tensors.map(\.origin),
        remarks: tensors.count == 1 ? ["no bias"] : []))
  }
}

extension Diagnostic {
  fileprivate static func oneBias(_ name: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "one-bias",
      "\(quoted(name)) is there without its twin: PyTorch writes bias_ih and bias_hh",
      at: SourceLocation(file: file))
  }

  fileprivate static func otherGateOrder(
    _ noted: String, _ order: String, _ layer: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "gate-order",
      "the file says that its gates are in the order \(quoted(noted)); PyTorch's order for"
        + " \(quoted(layer)) is \(order)",
      at: SourceLocation(file: file), hint: "save the state_dict as PyTorch gives it")
  }
}
