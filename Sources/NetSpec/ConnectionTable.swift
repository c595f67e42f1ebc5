import Diagnostics
import Network

/// Connections by ascending (destination, source), each at most once, with the lines they stand in.
struct ConnectionTable {
  /// A connection that repeats another one; both are named by their lines.
  struct Duplicate {
    let connection: Connection
    let line: Int
    let firstLine: Int
  }

  private(set) var connections: [Connection]
  /// The line of each connection; empty for connections that come from no line of their own.
  let lines: [Int32]
  let nodeCount: Int
  /// Those left out.
  let duplicates: [Duplicate]
  private let firstIncoming: [Int32]

  /// Sorts connections that are given in the order of their lines. Without a node count they may
  /// name any node.
  init(_ unsorted: [Connection], lines unsortedLines: [Int32], nodeCount: Int? = nil) {
    let nodeCount = nodeCount ?? Self.smallestNodeCount(of: unsorted)
    let order = Self.order(unsorted, nodeCount: nodeCount)
    var connections: [Connection] = []
    connections.reserveCapacity(order.count)
    var lines: [Int32] = []
    lines.reserveCapacity(unsortedLines.count)
    var duplicates: [Duplicate] = []
    for position in order {
      let connection = unsorted[Int(position)]
      if let last = connections.last, last.destination == connection.destination,
        last.source == connection.source
      {
        duplicates.append(
          Duplicate(
            connection: connection, line: Int(unsortedLines[Int(position)]),
            firstLine: Int(lines[lines.count - 1])))
        continue
      }
      connections.append(connection)
      if !unsortedLines.isEmpty { lines.append(unsortedLines[Int(position)]) }
    }
    self.init(sorted: connections, lines: lines, nodeCount: nodeCount, duplicates: duplicates)
  }

  /// Takes the connections of a network.
  init(_ network: Network) {
    self.init(sorted: network.connections, lines: [], nodeCount: network.nodeCount, duplicates: [])
  }

  private init(
    sorted: [Connection], lines: [Int32], nodeCount: Int, duplicates: [Duplicate]
  ) {
    connections = sorted
    self.lines = lines
    self.nodeCount = nodeCount
    self.duplicates = duplicates
    var first = [Int32](repeating: 0, count: nodeCount + 1)
    for connection in sorted { first[connection.destination.index + 1] += 1 }
    for node in 0..<nodeCount { first[node + 1] += first[node] }
    firstIncoming = first
  }

  /// Positions of the connections into a node.
  func incoming(_ node: NodeID) -> Range<Int> {
    Int(firstIncoming[node.index])..<Int(firstIncoming[node.index + 1])
  }

  /// The position of a connection, nil if there is none.
  func position(destination: NodeID, source: NodeID) -> Int? {
    guard destination.index < nodeCount else { return nil }
    var range = incoming(destination)
    while let middle = range.middle {
      let found = connections[middle].source
      if found == source { return middle }
      range = found < source ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  mutating func setTrace(_ trace: Double, at position: Int) {
    connections[position].trace = trace
  }

  /// Gives ungated connections from an input into a self-connected node their meaning in the csv
  /// dialect.
  mutating func markArgumentBiases(inputCount: Int) {
    for index in inputCount..<nodeCount {
      let node = NodeID(index)
      guard position(destination: node, source: node) != nil else { continue }
      for position in incoming(node)
      where connections[position].source.index < inputCount && connections[position].gater == nil {
        connections[position].role = .argumentBias
      }
    }
  }

  /// Nodes that no other node leads into: how many there are and up to five of them.
  func unconnectedNodes(from start: Int) -> (count: Int, named: [NodeID]) {
    var count = 0
    var named: [NodeID] = []
    for index in start..<nodeCount {
      let node = NodeID(index)
      guard incoming(node).allSatisfy({ connections[$0].source == node }) else { continue }
      count += 1
      if named.count < 5 { named.append(node) }
    }
    return (count, named)
  }

  /// Positions by ascending (source, destination), the order of the seed dialect's text.
  func orderBySource() -> [Int32] {
    CountingSort.order(count: connections.count, keyCount: nodeCount) {
      connections[$0].source.index
    }
  }

  private static func smallestNodeCount(of connections: [Connection]) -> Int {
    let largest = connections.reduce(NodeID(0)) {
      max($0, $1.destination, $1.source, $1.gater ?? $0)
    }
    return largest.index + 1
  }

  private static func order(_ connections: [Connection], nodeCount: Int) -> [Int32] {
    let bySource = CountingSort.order(count: connections.count, keyCount: nodeCount) {
      connections[$0].source.index
    }
    return CountingSort.order(bySource, keyCount: nodeCount) { connections[$0].destination.index }
  }
}

extension Range<Int> {
  /// Where a binary search looks next; nil if nothing is left.
  var middle: Int? { isEmpty ? nil : lowerBound + count / 2 }
}

extension ConnectionTable {
  func reportDuplicates(to spec: inout SpecLines) {
    for duplicate in duplicates where !spec.findings.isFull {
      spec.report(
        .duplicateConnection(
          duplicate.connection, at: spec.location(line: duplicate.line, field: 0),
          first: spec.location(line: duplicate.firstLine, field: 0)))
    }
  }
}

extension Diagnostic {
  fileprivate static func duplicateConnection(
    _ connection: Connection, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "duplicate-connection",
      "connection \(connection.source)->\(connection.destination) is declared twice", at: location,
      notes: [Note("first declared here", at: first)])
  }

  static func connectionIntoInput(
    _ node: NodeID, inputCount: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "connection-into-input",
      "node \(node) cannot have an incoming connection: nodes below \(inputCount) are inputs",
      at: location)
  }

  static func selfGating(_ node: NodeID, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "self-gating", "node \(node) gates its own self-connection", at: location)
  }
}
