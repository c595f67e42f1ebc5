import Network

/// Places the gate multiplications: `Levelled` -> `GateFactored`.
///
/// A gated connection costs a product at (gater, source) or at (gater, destination). For each gater
/// the cheapest set is a minimum vertex cover of the bipartite graph of its sources and
/// destinations; a value of this step and the same value of the previous step are two vertices.
public struct GateFactorer: Sendable {
  public init() {}

  public func factor(_ levelled: Levelled) -> GateFactored {
    let network = levelled.network
    let plan = GatePlan(levelled)
    var builder = CellBuilder(levelled, plan)
    var cells: [GateFactored.Cell] = []
    for index in 0..<network.nodeCount {
      let node = NodeID(index)
      if levelled.constants[index] == nil && network.isInput(node) { continue }
      if levelled.constants[index] != nil && !levelled.materialised.contains(node) { continue }
      cells.append(builder.cell(node))
    }
    let groups = builder.sums.count { $0.gater != nil }
    return GateFactored(
      levelled: levelled, products: plan.products, cells: cells, sums: builder.sums,
      terms: builder.terms, gateProductsPerDestination: plan.pairCount,
      gateProducts: plan.products.count + groups)
  }
}

/// Collects one cell after the other into flat arrays.
private struct CellBuilder {
  let levelled: Levelled
  let plan: GatePlan
  var sums: [GateFactored.Sum] = []
  var terms: [GateFactored.Term] = []

  init(_ levelled: Levelled, _ plan: GatePlan) {
    self.levelled = levelled
    self.plan = plan
  }

  mutating func cell(_ node: NodeID) -> GateFactored.Cell {
    let network = levelled.network
    let first = sums.count
    if let constant = levelled.constants[node.index] {
      sums.append(.init(gater: nil, terms: terms.count..<terms.count, constant: constant))
      return .init(
        node: node, function: .identity, retention: .forgotten, sums: first..<sums.count,
        argumentBias: .none)
    }
    var gathered = Gathered()
    for connection in network.incoming(node) where connection.role == .weighted {
      gather(connection, into: &gathered)
    }
    append(gathered)
    return .init(
      node: node, function: network.nodes[node.index].function, retention: retention(of: node),
      sums: first..<sums.count, argumentBias: argumentBias(of: node))
  }

  /// Terms of one cell by the sum they belong to.
  private struct Gathered {
    var plain: [GateFactored.Term] = []
    var plainConstant = 0.0
    var groups: [Operand: (terms: [GateFactored.Term], constant: Double)] = [:]
    /// Gated constants whose gater has no group here: constant * y_gater is a plain term.
    var gatedConstants: [Operand: Double] = [:]
  }

  private func gather(_ connection: Connection, into gathered: inout Gathered) {
    let reader = connection.destination
    let source = levelled.operand(connection.source, readBy: reader)
    var weight = connection.weight
    var gater: Operand?
    if let gaterNode = connection.gater {
      if let gain = levelled.constants[gaterNode.index] {
        weight *= gain
      } else {
        gater = levelled.operand(gaterNode, readBy: reader)
      }
    }
    let constant = levelled.constants[source.value].map { $0 * weight }
    switch (gater, constant) {
    case (nil, let constant?): gathered.plainConstant += constant
    case (nil, nil): gathered.plain.append(.init(source: source, weight: weight))
    case (let gater?, let constant?): gathered.gatedConstants[gater, default: 0] += constant
    case (let gater?, nil):
      switch plan.place(gater: gater, source: source, destination: reader) {
      case .product(let value):
        gathered.plain.append(.init(source: Operand(value, .current), weight: weight))
      case .group:
        gathered.groups[gater, default: ([], 0)].terms.append(
          .init(source: source, weight: weight))
      }
    }
  }

  private mutating func append(_ gathered: Gathered) {
    var gathered = gathered
    for (gater, constant) in gathered.gatedConstants.sorted(by: { $0.key < $1.key }) {
      if gathered.groups[gater] != nil {
        gathered.groups[gater]?.constant += constant
      } else {
        gathered.plain.append(.init(source: gater, weight: constant))
      }
    }
    if !gathered.plain.isEmpty || gathered.plainConstant != 0 {
      append(gater: nil, gathered.plain, gathered.plainConstant)
    }
    for (gater, group) in gathered.groups.sorted(by: { $0.key < $1.key }) {
      append(gater: gater, group.terms, group.constant)
    }
  }

  private mutating func append(
    gater: Operand?, _ members: [GateFactored.Term], _ constant: Double
  ) {
    let first = terms.count
    terms += members
    sums.append(.init(gater: gater, terms: first..<terms.count, constant: constant))
  }

  private func retention(of node: NodeID) -> GateFactored.Retention {
    guard let connection = levelled.network.selfConnection(node) else { return .forgotten }
    guard let gater = connection.gater else { return .kept }
    switch levelled.constants[gater.index] {
    case 0: return .forgotten
    case 1: return .kept
    default: return .gated(levelled.operand(gater, readBy: node))
    }
  }

  private func argumentBias(of node: NodeID) -> GateFactored.ArgumentBias {
    guard let source = levelled.network.argumentBias(node) else { return .none }
    if let constant = levelled.constants[source.index] { return .constant(constant) }
    return .value(levelled.operand(source, readBy: node))
  }
}
