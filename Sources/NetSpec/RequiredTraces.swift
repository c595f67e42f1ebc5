import Network

/// The (destination j, source i, influenced node k) for which a netSpec must give an extended trace:
/// (j, i) is a connection and j gates one into k. The csv dialect leaves out self-connections and
/// every k that is not above j.
struct RequiredTraces: Sequence {
  /// Names one extended trace.
  struct Key: Equatable, Comparable {
    let destination: NodeID
    let source: NodeID
    let influenced: NodeID

    static func < (a: Key, b: Key) -> Bool {
      (a.destination, a.source, a.influenced) < (b.destination, b.source, b.influenced)
    }
  }

  let table: ConnectionTable
  private let dialect: Dialect
  /// influenced[first[j] ..< first[j + 1]] are the nodes that j gates a connection into, ascending.
  private let influenced: [NodeID]
  private let first: [Int32]

  init(_ table: ConnectionTable, dialect: Dialect) {
    self.table = table
    self.dialect = dialect
    let gated = table.connections.indices.filter { position in
      let connection = table.connections[position]
      guard let gater = connection.gater else { return false }
      return dialect == .seed || connection.destination > gater
    }
    func gater(_ position: Int) -> Int { table.connections[gated[position]].gater?.index ?? 0 }
    var influenced: [NodeID] = []
    var first = [Int32](repeating: 0, count: table.nodeCount + 1)
    var last = (gater: -1, node: -1)
    // The table is in the order of destinations, so each gater's nodes come out ascending.
    let order = CountingSort.order(count: gated.count, keyCount: table.nodeCount, key: gater)
    for position in order {
      let node = table.connections[gated[Int(position)]].destination
      let current = (gater: gater(Int(position)), node: node.index)
      if current == last { continue }
      last = current
      influenced.append(node)
      first[current.gater + 1] += 1
    }
    for node in 0..<table.nodeCount { first[node + 1] += first[node] }
    self.influenced = influenced
    self.first = first
  }

  /// How many there are, without walking over them: they can be far more than connections.
  var count: Int {
    var sum = 0
    for index in 0..<table.nodeCount where first[index] < first[index + 1] {
      let node = NodeID(index)
      let sources = table.incoming(node).count(where: { countsIncoming($0) })
      sum += sources * Int(first[index + 1] - first[index])
    }
    return sum
  }

  func contains(_ key: Key) -> Bool {
    guard
      let position = table.position(destination: key.destination, source: key.source),
      countsIncoming(position)
    else { return false }
    var range = influencedRange(key.destination)
    while let middle = range.middle {
      let found = influenced[middle]
      if found == key.influenced { return true }
      range = found < key.influenced ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  /// Walks over all of them in ascending order.
  func makeIterator() -> Iterator { Iterator(required: self) }

  struct Iterator: IteratorProtocol {
    private let required: RequiredTraces
    private var position = 0
    private var offset = 0

    init(required: RequiredTraces) { self.required = required }

    mutating func next() -> Key? {
      let connections = required.table.connections
      while position < connections.count {
        let connection = connections[position]
        let range = required.influencedRange(connection.destination)
        if offset < range.count, required.countsIncoming(position) {
          offset += 1
          return Key(
            destination: connection.destination, source: connection.source,
            influenced: required.influenced[range.lowerBound + offset - 1])
        }
        position += 1
        offset = 0
      }
      return nil
    }
  }

  private func countsIncoming(_ position: Int) -> Bool {
    guard dialect == .csv else { return true }
    return table.connections[position].role != .selfConnection
  }

  private func influencedRange(_ node: NodeID) -> Range<Int> {
    Int(first[node.index])..<Int(first[node.index + 1])
  }
}

extension RequiredTraces {
  /// A connection that makes this trace necessary: from anywhere into k, gated by j.
  func gatingConnection(of key: Key) -> Int? {
    table.incoming(key.influenced).first { table.connections[$0].gater == key.destination }
  }

  /// Why a trace is not among the required ones.
  func reasonAgainst(_ key: Key) -> String {
    guard let position = table.position(destination: key.destination, source: key.source) else {
      return "there is no connection \(key.source)->\(key.destination)"
    }
    if !countsIncoming(position) { return "self-connections have none in the csv dialect" }
    let gates = key.influenced.index < table.nodeCount && gatingConnection(of: key) != nil
    guard gates else {
      return "node \(key.destination) gates no connection into node \(key.influenced)"
    }
    return "node \(key.influenced) does not come after node \(key.destination)"
  }
}
