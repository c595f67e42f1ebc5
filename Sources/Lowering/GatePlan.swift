import Network

/// The minimum set of gate products of a network.
struct GatePlan {
  /// Where the gain of one connection is multiplied in.
  enum Placement {
    /// Into its source: read this value instead.
    case product(ValueID)
    /// Into the sum of all such terms of the destination.
    case group
  }

  private(set) var products: [GateFactored.Product] = []
  /// Distinct (gater, destination) pairs: the cost without factoring.
  private(set) var pairCount = 0
  private var valueOfProduct: [GateFactored.Product: ValueID] = [:]
  private let nodeCount: Int

  init(_ levelled: Levelled) {
    nodeCount = levelled.network.nodeCount
    var pairs: [Operand: [(source: Operand, destination: Int)]] = [:]
    for connection in levelled.network.connections where connection.role == .weighted {
      guard let gater = connection.gater, levelled.constants[gater.index] == nil,
        levelled.constants[connection.source.index] == nil
      else { continue }
      let reader = connection.destination
      pairs[levelled.operand(gater, readBy: reader), default: []].append(
        (levelled.operand(connection.source, readBy: reader), reader.index))
    }
    for (gater, members) in pairs.sorted(by: { $0.key < $1.key }) { cover(gater, members) }
  }

  func place(gater: Operand, source: Operand, destination: NodeID) -> Placement {
    valueOfProduct[.init(gater: gater, source: source)].map { .product($0) } ?? .group
  }

  private mutating func cover(
    _ gater: Operand, _ members: [(source: Operand, destination: Int)]
  ) {
    let sources = Array(Set(members.map(\.source))).sorted()
    let destinations = Array(Set(members.map(\.destination))).sorted()
    pairCount += destinations.count
    let left = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1, $0) })
    let right = Dictionary(uniqueKeysWithValues: destinations.enumerated().map { ($1, $0) })
    var edges = [[Int]](repeating: [], count: sources.count)
    for member in members {
      guard let from = left[member.source], let to = right[member.destination] else { continue }
      edges[from].append(to)
    }
    var graph = BipartiteCover(edges: edges, rightCount: destinations.count)
    let chosen = graph.minimumCover().left
    for (index, source) in sources.enumerated() where chosen[index] {
      let product = GateFactored.Product(gater: gater, source: source)
      valueOfProduct[product] = nodeCount + products.count
      products.append(product)
    }
  }
}
