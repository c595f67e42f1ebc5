import Diagnostics
import Network

/// Reads a graph of ONNX operators as layers in a row, from the network's input to its first output.
///
/// Values are followed in the order of the operators. Transpose, Squeeze and their like only move dimensions,
/// and each dimension keeps its meaning; what a path does not need may be anything.
struct ONNXReader {
  private static let layerLimit = 64

  let file: ONNXFile
  private var layers: [Layer] = []
  private var remarks: [String] = []
  private var values: [String: ONNXValue] = [:]
  /// Sizes of the input's dimensions, as far as they are fixed.
  private(set) var inputSizes: [Int?] = []

  init(_ file: ONNXFile) { self.file = file }

  mutating func read() throws(Diagnostic) -> ImportedNetwork {
    for tensor in file.graph.initializer {
      values[tensor.name] = constant(tensor, tensor.name)
    }
    let width = try readInput()
    for (index, proto) in file.graph.node.enumerated() {
      let node = try ONNXNode(proto, index: index, file: file.name)
      let results = evaluate(node)
      for (name, value) in zip(proto.output, results) where !name.isEmpty {
        guard values.updateValue(value, forKey: name) == nil else {
          throw node.refused("gives \(Diagnostic.quoted(name)), which is there already")
        }
      }
    }
    try readOutputs()
    return ImportedNetwork(
      try RecurrentModel(inputCount: width, layers: layers, file: file.name), .onnx,
      remarks: remarks)
  }

  /// The one input that is no weight; it must tell how many values a step has.
  private mutating func readInput() throws(Diagnostic) -> Int {
    let inputs = file.graph.input.filter { values[$0.name] == nil }
    guard let input = inputs.first else { throw .noInput(file.name) }
    // Initial states are inputs in some exports; where one is used, its reader says so.
    for other in inputs.dropFirst() {
      values[other.name] = .refused(.secondInput(other.name, input.name, file.name))
    }
    let dimensions = input.type.tensorType.shape.dim
    guard (2...3).contains(dimensions.count),
      [1, 10, 11, 16].contains(input.type.tensorType.elemType)
    else { throw .inputType(input.name, dimensions.count, file.name) }
    inputSizes = dimensions.map { dimension in
      if case .dimValue(let size)? = dimension.value, size > 0 { return Int(size) }
      return nil
    }
    guard let width = inputSizes.last ?? nil, width <= 1 << 20 else {
      throw .inputWidth(input.name, file.name)
    }
    values[input.name] = .data(
      .init(
        axes: dimensions.indices.dropLast().map { .input($0) } + [.features], width: width))
    return width
  }

  /// The network ends at the graph's first output; others are told.
  private mutating func readOutputs() throws(Diagnostic) {
    guard let first = file.graph.output.first else { throw .noOutput(file.name) }
    switch values[first.name] {
    case .data(let data):
      layers = data.layers
      if data.isLastStep {
        remarks.append("the graph gives the last step's output, the network one in every step")
      }
    case .refused(let diagnostic): throw diagnostic
    case .none, .constant, .uniform, .sizes: throw .constantOutput(first.name, file.name)
    }
    for other in file.graph.output.dropFirst() {
      remarks.append("output \(Diagnostic.quoted(other.name)) is left out")
    }
  }

  /// The operator's results; a fault is one of them, for it may never be needed.
  private func evaluate(_ node: ONNXNode) -> [ONNXValue] {
    do throws(Diagnostic) {
      return try results(node)
    } catch {
      return Array(repeating: .refused(error), count: node.proto.output.count)
    }
  }

  private func results(_ node: ONNXNode) throws(Diagnostic) -> [ONNXValue] {
    guard ["", "ai.onnx"].contains(node.proto.domain) else {
      throw node.refused("is of the domain \(Diagnostic.quoted(node.proto.domain))")
    }
    switch node.proto.opType {
    case "LSTM", "GRU": return try recurrent(node)
    case "Gemm": return [try gemm(node)]
    case "MatMul": return [try product(node)]
    case "Add": return [try sum(node)]
    case "Relu": return [try function(node, .relu)]
    case "Sigmoid": return [try function(node, .logistic)]
    case "Tanh": return [try function(node, .tanh)]
    case "Transpose": return [try transpose(node)]
    case "Squeeze": return [try squeeze(node)]
    case "Unsqueeze": return [try unsqueeze(node)]
    case "Reshape": return [try reshape(node)]
    case "Flatten": return [try flatten(node)]
    case "Gather": return [try gather(node)]
    case "Slice": return [try slice(node)]
    case "Identity", "Cast", "Dropout": return try passed(node)
    case "Constant": return [try constant(node)]
    case "ConstantOfShape": return [try constantOfShape(node)]
    case "Expand": return [try expand(node)]
    case "Shape", "Concat", "Mul": return [try sizes(node)]
    case "RNN":
      throw node.refused("is a plain recurrent layer", hint: "use an LSTM or a GRU")
    case "Softmax", "LogSoftmax":
      throw node.refused(
        "is no function of a single node",
        hint: "export the network without it: the largest output is the same")
    default:
      throw node.refused(
        "is not supported",
        hint: "LSTM, GRU, Gemm, MatMul, Add, Relu, Sigmoid, Tanh and what moves dimensions are")
    }
  }

  /// An operator's input; a refused one is refused here.
  func value(_ node: ONNXNode, _ index: Int) throws(Diagnostic) -> ONNXValue {
    guard let name = node.input(index) else {
      throw node.refused("lacks input \(index)")
    }
    switch values[name] {
    case .refused(let diagnostic): throw diagnostic
    case .none: throw node.refused("reads \(Diagnostic.quoted(name)), which nothing gives")
    case .some(let value): return value
    }
  }

  /// An operator's input that must be numbers of the graph.
  func constant(
    _ node: ONNXNode, _ index: Int, _ meaning: String
  ) throws(Diagnostic) -> ONNXValue.Constant {
    guard case .constant(let constant) = try value(node, index) else {
      throw node.refused(
        "has \(meaning) that are no constants of the file",
        hint: "export with do_constant_folding=True")
    }
    return constant
  }

  func constant(_ tensor: ONNXTensorProto, _ name: String) -> ONNXValue {
    do throws(Diagnostic) {
      return .constant(try .init(tensor, name: name, file: file.name))
    } catch {
      return .refused(error)
    }
  }

  /// Data behind one more layer.
  func behind(
    _ data: ONNXValue.Data, _ layer: Layer, _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXValue.Data {
    guard data.layers.count < Self.layerLimit else {
      throw node.refused("is one of more than \(Self.layerLimit) layers in a row")
    }
    var data = data
    data.layers.append(layer)
    data.width = layer.unitCount
    return data
  }
}

extension Diagnostic {
  fileprivate static func noInput(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "no-input", "the graph has no input that is not a weight", at: SourceLocation(file: file))
  }

  fileprivate static func secondInput(
    _ name: String, _ first: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "second-input",
      "the graph has an input \(quoted(name)) beside \(quoted(first)), such as an initial state",
      at: SourceLocation(file: file),
      hint: "export the network with one input; states that are not given begin at 0")
  }

  fileprivate static func inputType(_ name: String, _ rank: Int, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "input-shape",
      "input \(quoted(name)) has \(rank) dimensions or is of another type than floating point;"
        + " a sequence has 2 or 3 dimensions",
      at: SourceLocation(file: file))
  }

  fileprivate static func inputWidth(_ name: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "input-shape",
      "the last dimension of input \(quoted(name)), the values of a step, has no fixed size",
      at: SourceLocation(file: file),
      hint: "export with dynamic_axes for time and batch alone")
  }

  fileprivate static func noOutput(_ file: String) -> Diagnostic {
    Diagnostic(id: "no-output", "the graph has no output", at: SourceLocation(file: file))
  }

  fileprivate static func constantOutput(_ name: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "constant-output", "output \(quoted(name)) does not depend on the input",
      at: SourceLocation(file: file))
  }
}
