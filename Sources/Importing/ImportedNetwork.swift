import Diagnostics
import Network

/// A network from a file of another program, and what was made of that file.
public struct ImportedNetwork: Sendable {
  public let network: Network
  public let format: ImportFormat
  /// Layers in the order of evaluation; empty for a format that describes a graph.
  public let layers: [Layer]
  /// Numbers of the file that went into the network.
  public let parameterCount: Int
  /// What is worth knowing and is no fault, such as tensors that were left out.
  public let remarks: [String]

  init(_ model: RecurrentModel, _ format: ImportFormat, remarks: [String] = []) {
    network = ModelLowering().lower(model)
    self.format = format
    layers = model.layers
    parameterCount = model.layers.reduce(0) { $0 + $1.parameterCount }
    self.remarks = remarks
  }

  init(_ network: Network, _ format: ImportFormat, parameterCount: Int, remarks: [String] = []) {
    self.network = network
    self.format = format
    layers = []
    self.parameterCount = parameterCount
    self.remarks = remarks
  }

  /// Nodes without connections, which never change: the biases are their weights.
  public var constantCount: Int {
    (network.inputCount..<network.nodeCount).count { index in
      let node = network.nodes[index]
      return network.incoming(NodeID(index)).isEmpty
        && node.initialActivation == node.function.value(at: 0)
    }
  }
}
