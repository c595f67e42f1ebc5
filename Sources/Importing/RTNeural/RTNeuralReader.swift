import Diagnostics
import Network

/// Reads the layers that RTNeural's `save_model` writes: weights as Keras has them, a row for each source,
/// gates i,f,c,o and z,r,h side by side.
struct RTNeuralReader {
  private let contents: Contents
  private let file: String

  init(_ json: JSONFile, file: String) throws(Diagnostic) {
    contents = try json.decode(Contents.self)
    self.file = file
  }

  func read() throws(Diagnostic) -> ImportedNetwork {
    if let skip = contents.skip, skip != 0 { throw .skip("in_skip", file) }
    for (name, gain) in [("in_gain", contents.inputGain), ("out_gain", contents.outputGain)] {
      if let gain, gain != 0 { throw .gain(name, gain, file) }
    }
    guard let inputs = contents.inputShape.last ?? nil, inputs > 0 else {
      throw .inputShape(contents.inputShape, file)
    }
    var layers: [Layer] = []
    for (index, entry) in contents.layers.enumerated() {
      let name = entry.name ?? "layers[\(index)]"
      let width = layers.last?.unitCount ?? inputs
      if entry.type == "activation" {
        layers.append(try activated(layers.popLast(), entry, name))
      } else {
        layers.append(try LayerParser(entry, name, inputs: width, file: file).layer())
      }
    }
    return ImportedNetwork(
      try RecurrentModel(inputCount: inputs, layers: layers, file: file), .rtneural)
  }

  /// A dense layer with the function that stands behind it.
  private func activated(
    _ layer: Layer?, _ entry: Contents.Entry, _ name: String
  ) throws(Diagnostic) -> Layer {
    guard let layer, case .dense(var dense) = layer.kind, dense.function == .identity else {
      throw .looseActivation(name, file)
    }
    dense.function = try LayerParser.function(entry.activation ?? "", name, file)
    return Layer(.dense(dense), origin: layer.origin)
  }

  struct Contents: Decodable {
    struct Entry: Decodable {
      let name: String?
      let type: String
      let activation: String?
      let shape: [Int?]
      let weights: [NestedNumbers]
    }

    let inputShape: [Int?]
    let layers: [Entry]
    let skip: Double?
    let inputGain: Double?
    let outputGain: Double?

    private enum CodingKeys: String, CodingKey {
      case layers
      case inputShape = "in_shape"
      case skip = "in_skip"
      case inputGain = "in_gain"
      case outputGain = "out_gain"
    }
  }
}

/// Makes a layer of an entry.
private struct LayerParser {
  private let entry: RTNeuralReader.Contents.Entry
  private let name: String
  private let inputs: Int
  private let units: Int
  private let file: String

  init(
    _ entry: RTNeuralReader.Contents.Entry, _ name: String, inputs: Int, file: String
  ) throws(Diagnostic) {
    guard let units = entry.shape.last ?? nil, units > 0 else {
      throw .layerShape(name, entry.shape, file)
    }
    self.entry = entry
    self.name = name
    self.inputs = inputs
    self.units = units
    self.file = file
  }

  func layer() throws(Diagnostic) -> Layer {
    switch entry.type {
    case "dense", "time-distributed-dense": return try dense()
    case "lstm": return try lstm()
    case "gru": return try gru()
    default: throw .layerType(name, entry.type, file)
    }
  }

  private func dense() throws(Diagnostic) -> Layer {
    let tensors = try tensors(
      [[inputs, units], [units]], "weights a row for each input, and biases")
    return Layer(
      .dense(
        DenseLayer(
          weights: tensors[0].matrix.transposed, bias: tensors[1].values,
          function: try Self.function(entry.activation ?? "", name, file))),
      origin: LayerOrigin(name: name, tensors: tensors.map(\.origin)))
  }

  private func lstm() throws(Diagnostic) -> Layer {
    try checkFunction()
    let width = 4 * units
    let tensors = try tensors(
      [[inputs, width], [units, width], [width]], "an LSTM has 4 gates side by side")
    let gates = gates(tensors, tensors[2].values)
    return Layer(
      .lstm(
        LSTMLayer(
          inputGate: gates[0], forgetGate: gates[1], cell: gates[2], outputGate: gates[3])),
      origin: LayerOrigin(name: name, tensors: tensors.map(\.origin), gateOrder: "i,f,c,o"))
  }

  private func gru() throws(Diagnostic) -> Layer {
    try checkFunction()
    let width = 3 * units
    let tensors = try tensors(
      [[inputs, width], [units, width], [2, width]],
      "a GRU has 3 gates side by side and two rows of biases (reset_after=True)")
    let biases = tensors[2].matrix
    let sum = zip(biases.row(0), biases.row(1)).map { $0 + $1 }
    let gates = gates(tensors, sum)
    let candidate = GateWeights(
      input: gates[2].input, recurrent: gates[2].recurrent,
      bias: Array(biases.row(0).suffix(units)))
    return Layer(
      .gru(
        GRULayer(
          reset: gates[1], update: gates[0], candidate: candidate,
          recurrentBias: Array(biases.row(1).suffix(units)), resetPlace: .afterProduct)),
      origin: LayerOrigin(
        name: name, tensors: tensors.map(\.origin), gateOrder: "z,r,h",
        remarks: ["biases added for z and r, apart for h"]))
  }

  /// Weights and biases of each gate, in the order of the file.
  private func gates(_ tensors: [Tensor], _ bias: [Double]) -> [GateWeights] {
    let (input, recurrent) = (tensors[0].matrix.transposed, tensors[1].matrix.transposed)
    return (0..<input.rows / units).map { gate in
      let part = gate * units..<(gate + 1) * units
      return GateWeights(
        input: input.rows(part), recurrent: recurrent.rows(part), bias: Array(bias[part]))
    }
  }

  private func tensors(
    _ shapes: [[Int]], _ meaning: String
  ) throws(Diagnostic) -> [Tensor] {
    guard entry.weights.count == shapes.count else {
      throw .tensorCount(name, entry.weights.count, shapes.count, meaning, file)
    }
    var tensors: [Tensor] = []
    for (index, shape) in shapes.enumerated() {
      let tensor = try entry.weights[index].tensor("\(name).weights[\(index)]", file: file)
      try tensor.expect(shape, meaning)
      tensors.append(tensor)
    }
    return tensors
  }

  /// RTNeural itself heeds no other function of a recurrent layer.
  private func checkFunction() throws(Diagnostic) {
    guard ["", "tanh"].contains(entry.activation ?? "") else {
      throw .recurrentFunction(name, entry.activation ?? "", file)
    }
  }

  static func function(
    _ name: String, _ layer: String, _ file: String
  ) throws(Diagnostic) -> ActivationFunction {
    switch name {
    case "", "linear": return .identity
    case "sigmoid": return .logistic
    case "tanh": return .tanh
    case "relu": return .relu
    case "softmax": throw .softmax(layer, file)
    default: throw .layerFunction(layer, name, file)
    }
  }
}
