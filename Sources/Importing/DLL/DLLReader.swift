import Diagnostics
import Network
import Numerals

/// Sizes of a network whose file does not tell them.
public struct NetworkSizes: Hashable, Sendable {
  public let inputs: Int
  public let units: Int
  public let outputs: Int

  public init(inputs: Int, units: Int, outputs: Int) {
    self.inputs = inputs
    self.units = units
    self.outputs = outputs
  }
}

/// Reads the weights that the library DLL writes for an LSTM layer and a dense layer: float32, row by row,
/// nothing else. The number of bytes is all that can be checked.
///
/// For each of i, g, f, o there are w (units by units, the row is the source), u (inputs by units)
/// and b; then w and b of the dense layer. DLL's cell squashes its state, from the second step on:
///
///     t = 0: s = i * g                    h = o * tanh(s)
///     t > 0: s = tanh(i * g + f * s')     h = o * s
struct DLLReader {
  private let bytes: [UInt8]
  private let sizes: NetworkSizes
  private let file: String
  private var position = 0

  init(_ bytes: [UInt8], _ sizes: NetworkSizes, file: String) throws(Diagnostic) {
    self.bytes = bytes
    self.sizes = sizes
    self.file = file
    let (i, h, o) = (sizes.inputs, sizes.units, sizes.outputs)
    guard [i, h, o].allSatisfy({ (1...1 << 16).contains($0) }) else { throw .badSizes(sizes, file) }
    let count = 4 * (h * h + i * h + h) + h * o + o
    guard bytes.count == 4 * count else { throw .byteCount(bytes.count, 4 * count, sizes, file) }
  }

  mutating func read() throws(Diagnostic) -> ImportedNetwork {
    let (units, inputs, outputs) = (sizes.units, sizes.inputs, sizes.outputs)
    var tensors: [Tensor] = []
    var gates: [String: GateWeights] = [:]
    for gate in ["i", "g", "f", "o"] {
      let w = try take("w_\(gate)", [units, units])
      let u = try take("u_\(gate)", [inputs, units])
      let b = try take("b_\(gate)", [units])
      gates[gate] = GateWeights(
        input: u.matrix.transposed, recurrent: w.matrix.transposed, bias: b.values)
      tensors += [w, u, b]
    }
    guard let i = gates["i"], let f = gates["f"], let g = gates["g"], let o = gates["o"] else {
      preconditionFailure("all four have been read")
    }
    var cell = LSTMLayer(inputGate: i, forgetGate: f, cell: g, outputGate: o)
    cell.feedback = .squashed
    let w = try take("w", [units, outputs])
    let b = try take("b", [outputs])
    let model = try RecurrentModel(
      inputCount: inputs,
      layers: [
        Layer(
          .lstm(cell),
          origin: LayerOrigin(
            name: "lstm", tensors: tensors.map(\.origin), gateOrder: "i,g,f,o",
            remarks: ["the squashed state is fed back, after the first step the plain one"])),
        Layer(
          .dense(DenseLayer(weights: w.matrix.transposed, bias: b.values)),
          origin: LayerOrigin(name: "dense", tensors: [w.origin, b.origin])),
      ], file: file)
    return ImportedNetwork(model, .dll)
  }

  private mutating func take(_ name: String, _ shape: [Int]) throws(Diagnostic) -> Tensor {
    let range = position..<position + 4 * shape.reduce(1, *)
    position = range.upperBound
    return try Tensor(
      name, shape: shape, BinaryNumber.float32.values(bytes, in: range), file: file)
  }
}

extension Diagnostic {
  fileprivate static func badSizes(_ sizes: NetworkSizes, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "bad-sizes",
      "\(sizes.inputs) inputs, \(sizes.units) units and \(sizes.outputs) outputs: each is 1 to 65536",
      at: SourceLocation(file: file), hint: "correct --sizes", exitCode: .usage)
  }

  static func missingSizes(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "missing-sizes", "a file of DLL does not tell the sizes of its layers",
      at: SourceLocation(file: file), hint: "add --sizes INPUTS,UNITS,OUTPUTS", exitCode: .usage)
  }

  fileprivate static func byteCount(
    _ actual: Int, _ expected: Int, _ sizes: NetworkSizes, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "byte-count",
      "the file has \(actual) bytes; \(sizes.inputs) inputs, \(sizes.units) units and"
        + " \(sizes.outputs) outputs take \(expected)",
      at: SourceLocation(file: file), hint: "correct --sizes, or copy the file again")
  }
}
