import Diagnostics
import Network

/// A trained network as the file formats describe it: layers in a row, each reading the one before.
/// Readers of formats produce this value and nothing else; `ModelLowering` alone makes a graph of it.
///
/// Invariants: at least one layer; each layer's input is as wide as the layer before; every weight is
/// finite; the graph is within `ImportLimits`.
public struct RecurrentModel: Hashable, Sendable {
  public let inputCount: Int
  public let layers: [Layer]

  /// `file` is for messages.
  public init(inputCount: Int, layers: [Layer], file: String) throws(Diagnostic) {
    guard let last = layers.last else { throw .noLayers(file) }
    var width = inputCount
    for layer in layers {
      guard layer.inputCount == width else {
        throw .layersDoNotFit(layer, width, file)
      }
      width = layer.unitCount
    }
    guard inputCount > 0, layers.allSatisfy({ $0.unitCount > 0 }) else {
      throw .emptyLayer(last, file)
    }
    self.inputCount = inputCount
    self.layers = layers
    try ImportLimits.check(
      nodes: layers.reduce(inputCount) { $0 + 8 * $1.unitCount },
      connections: layers.reduce(0) { $0 + $1.parameterCount }, file)
  }

  public var outputCount: Int { layers[layers.count - 1].unitCount }
}

/// One layer and what its file says about it.
public struct Layer: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case lstm(LSTMLayer)
    case gru(GRULayer)
    case dense(DenseLayer)
  }

  public let kind: Kind
  public let origin: LayerOrigin

  public init(_ kind: Kind, origin: LayerOrigin) {
    self.kind = kind
    self.origin = origin
  }

  public var inputCount: Int {
    switch kind {
    case .lstm(let layer): layer.inputGate.input.columns
    case .gru(let layer): layer.reset.input.columns
    case .dense(let layer): layer.weights.columns
    }
  }

  public var unitCount: Int {
    switch kind {
    case .lstm(let layer): layer.unitCount
    case .gru(let layer): layer.unitCount
    case .dense(let layer): layer.weights.rows
    }
  }

  /// Numbers that the file holds for this layer.
  public var parameterCount: Int {
    origin.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }
  }
}

/// Where a layer comes from, for people who want to see that nothing was mixed up.
public struct LayerOrigin: Hashable, Sendable {
  public struct TensorShape: Hashable, Sendable {
    public let name: String
    public let shape: [Int]

    public init(_ name: String, _ shape: [Int]) {
      self.name = name
      self.shape = shape
    }
  }

  /// As the file calls the layer; empty if it has no name.
  public let name: String
  public let tensors: [TensorShape]
  /// Gates in the order of the file, such as `i,f,g,o`; nil for a layer without gates.
  public let gateOrder: String?
  /// What else the reader made of the file: biases added, attributes heeded.
  public let remarks: [String]

  public init(
    name: String, tensors: [TensorShape], gateOrder: String? = nil, remarks: [String] = []
  ) {
    self.name = name
    self.tensors = tensors
    self.gateOrder = gateOrder
    self.remarks = remarks
  }
}

extension Diagnostic {
  static func noLayers(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "no-layers", "the file holds no layer of a network", at: SourceLocation(file: file))
  }

  fileprivate static func emptyLayer(_ layer: Layer, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "empty-layer", "a layer has no inputs or no units", at: SourceLocation(file: file),
      notes: [Note("the last layer is \(quoted(layer.origin.name))")])
  }

  fileprivate static func layersDoNotFit(
    _ layer: Layer, _ width: Int, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "layers-do-not-fit",
      "layer \(quoted(layer.origin.name)) takes \(layer.inputCount) values, what comes before it"
        + " gives \(width)",
      at: SourceLocation(file: file), hint: "the layers are not in this order in a row")
  }
}
