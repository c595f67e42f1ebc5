import Diagnostics
import Network

/// Makes the network of an automatic netSpec, connection by connection in the order of the draws.
struct AutomaticBuilder {
  let layout: BlockLayout
  private let counts: Draft.Counts
  private let dialect: Dialect
  private var draws: WeightDraws
  private var connections: [Connection] = []
  /// Where in `connections` the self-connection of a block's cell is.
  private var selfConnections: [Int32]

  /// Nil, with a report, if the network would be too large or the weights do not suffice.
  init?(
    _ counts: Draft.Counts, blockCount: Int, layers: [Range<Int>], drawCount: Int,
    weights: WeightSource, dialect: Dialect, reportingTo spec: inout SpecLines
  ) {
    let nodeCount = counts.inputs + 4 * blockCount + counts.outputs
    let connectionCount = drawCount + blockCount
    guard nodeCount <= Limits.nodes else {
      spec.report(.tooLarge("nodes", nodeCount, limit: Limits.nodes, at: counts.inputsLocation))
      return nil
    }
    guard connectionCount <= Limits.connections else {
      spec.report(
        .tooLarge(
          "connections", connectionCount, limit: Limits.connections, at: counts.inputsLocation))
      return nil
    }
    if let shortcoming = weights.shortcoming(drawing: drawCount) {
      spec.report(shortcoming)
      return nil
    }
    self.counts = counts
    self.dialect = dialect
    layout = BlockLayout(
      base: counts.inputs, blockCount: blockCount, outputCount: counts.outputs, layers: layers)
    draws = WeightDraws(weights, dialect: dialect)
    selfConnections = [Int32](repeating: 0, count: blockCount)
    connections.reserveCapacity(connectionCount)
  }

  /// Adds a connection with the next weight.
  mutating func connect(_ source: NodeID, to destination: NodeID, gater: NodeID? = nil) {
    connections.append(
      Connection(destination: destination, source: source, weight: draws.draw(), gater: gater))
  }

  /// Adds the self-connection of a block's cell, gated by its forget gate.
  mutating func addSelfConnection(of block: Int) {
    let cell = layout.node(.cell, of: block)
    selfConnections[block] = Int32(connections.count)
    connections.append(
      Connection(
        destination: cell, source: cell, weight: 1, gater: layout.node(.forgetGate, of: block)))
  }

  /// Puts a connection with the next weight in the place of a block's self-connection.
  mutating func replaceSelfConnection(of block: Int, gater: NodeID) {
    let cell = layout.node(.cell, of: block)
    connections[Int(selfConnections[block])] = Connection(
      destination: cell, source: cell, weight: draws.draw(), gater: gater)
  }

  /// The network of the connections made so far; each block is declared by one line.
  func draft(blockLines: [Int32], reportingTo spec: inout SpecLines) -> Draft? {
    var table = ConnectionTable(connections, lines: [], nodeCount: layout.nodeCount)
    var extendedTraces: [ExtendedTrace] = []
    switch dialect {
    case .seed:
      guard let zeros = zeroTraces(table, &spec) else { return nil }
      extendedTraces = zeros
    case .csv:
      guard isConnected(table, blockLines: blockLines, &spec) else { return nil }
      table.markArgumentBiases(inputCount: counts.inputs)
    }
    let activation = dialect == .seed ? ActivationFunction.logistic.value(at: 0) : 0
    return Draft(
      nodes: layout.nodes(
        initialActivation: activation, settingsLine: counts.inputsLocation.line,
        blockLines: blockLines),
      connections: table.connections, extendedTraces: extendedTraces, counts: counts,
      isAutomatic: true, carriesStates: dialect == .seed)
  }

  /// The seed dialect has no network without extended traces.
  private func zeroTraces(
    _ table: ConnectionTable, _ spec: inout SpecLines
  ) -> [ExtendedTrace]? {
    let required = RequiredTraces(table, dialect: .seed)
    let count = required.count
    guard count <= Limits.extendedTraces else {
      spec.report(
        .tooLarge(
          "extended traces", count, limit: Limits.extendedTraces, at: counts.inputsLocation))
      return nil
    }
    var traces: [ExtendedTrace] = []
    traces.reserveCapacity(count)
    for key in required { traces.append(ExtendedTrace(key, value: 0)) }
    return traces
  }

  /// The same rule as for a manual netSpec of the csv dialect, which has no place for such nodes.
  private func isConnected(
    _ table: ConnectionTable, blockLines: [Int32], _ spec: inout SpecLines
  ) -> Bool {
    let idle = table.unconnectedNodes(from: counts.inputs)
    guard let first = idle.named.first else { return true }
    let line = layout.block(of: first).map { Int(blockLines[$0]) } ?? counts.inputsLocation.line
    spec.report(
      .unconnectedNodes(
        idle.named, count: idle.count, at: spec.location(line: line ?? 1, field: 0)))
    return false
  }
}
