/// An LSTM-g network as a value: the graph, its weights and the values that a reset restores.
///
/// Nodes 0 ..< inputCount are inputs, the last `outputCount` nodes are outputs.
/// Invariants: at most one connection per (destination, source), none into an input, every index in
/// range, no node gates its own self-connection.
public struct Network: Hashable, Sendable {
  public let nodes: [Node]
  public let inputCount: Int
  public let outputCount: Int
  /// Sorted by (destination, source).
  public let connections: [Connection]
  /// Sorted by (destination, source, influenced).
  public let extendedTraces: [ExtendedTrace]
  /// connections[firstIncoming[j] ..< firstIncoming[j + 1]] end in node j.
  private let firstIncoming: [Int]

  /// Sorts what is given; the invariants are the caller's to keep (readers of files check them).
  public init(
    nodes: [Node], inputCount: Int, outputCount: Int, connections: [Connection],
    extendedTraces: [ExtendedTrace] = []
  ) {
    precondition(inputCount >= 0 && outputCount >= 1 && inputCount + outputCount <= nodes.count)
    self.nodes = nodes
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.connections = connections.sorted {
      ($0.destination, $0.source) < ($1.destination, $1.source)
    }
    self.extendedTraces = extendedTraces.sorted {
      ($0.destination, $0.source, $0.influenced) < ($1.destination, $1.source, $1.influenced)
    }
    var first = [Int](repeating: 0, count: nodes.count + 1)
    for connection in self.connections { first[connection.destination.index + 1] += 1 }
    for node in nodes.indices { first[node + 1] += first[node] }
    firstIncoming = first
  }

  public var nodeCount: Int { nodes.count }
  public var outputs: Range<Int> { nodeCount - outputCount..<nodeCount }

  /// Connections that end in a node, by ascending source.
  public func incoming(_ node: NodeID) -> ArraySlice<Connection> {
    connections[firstIncoming[node.index]..<firstIncoming[node.index + 1]]
  }

  /// The self-connection of a node, if it has one.
  public func selfConnection(_ node: NodeID) -> Connection? {
    incoming(node).first { $0.role == .selfConnection }
  }

  /// The source that is added unweighted to the argument of the node's function (CSV dialect).
  public func argumentBias(_ node: NodeID) -> NodeID? {
    incoming(node).last { $0.role == .argumentBias }?.source
  }

  public func isInput(_ node: NodeID) -> Bool { node.index < inputCount }
}
