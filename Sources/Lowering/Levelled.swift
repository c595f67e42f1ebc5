import Network

/// A network whose every read is bound to this step's or the previous step's value, and whose
/// constants are known.
///
/// Nodes are activated in index order, so a source or gater with a lower index (or an
/// input) supplies this step's activation and any other the previous one.
public struct Levelled: Sendable {
  public let network: Network
  /// Value of the nodes that never change: inputs named constant, nodes without connections.
  public let constants: [Double?]
  /// Constant nodes that the hardware must still produce: outputs, and gaters of a self-connection.
  public let materialised: Set<NodeID>

  /// How a node that is activated as `reader` sees `node`.
  public func operand(_ node: NodeID, readBy reader: NodeID) -> Operand {
    Operand(node.index, network.isInput(node) || node < reader ? .current : .previous)
  }

  /// Input nodes that arrive with every step, in order.
  public var streamedInputs: [NodeID] {
    (0..<network.inputCount).map(NodeID.init).filter { constants[$0.index] == nil }
  }
}
