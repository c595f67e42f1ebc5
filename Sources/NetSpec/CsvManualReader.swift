import Diagnostics
import Network

/// Reads the manual format of the csv dialect: counts, connections and, in a network that has been
/// run, states, traces and extended traces.
struct CsvManualReader {
  private let counts: Draft.Counts
  private var connections: [Connection] = []
  private var connectionLines: [Int32] = []
  private var states = CsvStateList()
  private var traces = CsvTraceList()
  private var extendedTraces = ExtendedTraceList()
  /// False after an error that would make right lines look wrong.
  private var graphIsComplete = true
  private var tracesAreComplete = true
  private var extendedTracesAreComplete = true
  private var firstTraceLine: Int?
  private var hasMisplacedLine = false
  private var hasLateConnection = false

  init(counts: Draft.Counts) { self.counts = counts }

  /// Reads what follows the line of the counts.
  mutating func read(_ spec: inout SpecLines) -> Draft? {
    while spec.advance() {
      switch spec.fieldCount {
      case 0: continue
      case 2: readState(&spec)
      case 3: readTrace(&spec)
      case 4 where states.isEmpty: readConnection(&spec)
      case 4: readExtendedTrace(&spec)
      default:
        spec.report(.csvFieldCount(spec.fieldCount, at: spec.location(4)))
        graphIsComplete = false
        tracesAreComplete = false
        extendedTracesAreComplete = false
      }
    }
    return spec.findings.isFull ? nil : checked(&spec)
  }

  private mutating func readConnection(_ spec: inout SpecLines) {
    // The network's size is known only at the end, so only what can never exist is refused here.
    let destination = node(0, of: &spec)
    let source = spec.node(1, below: nil)
    let weight = spec.real(2) ?? 0
    let gater = spec.gater(3, below: nil)
    guard let destination, let source, let gater else {
      graphIsComplete = false
      return
    }
    if destination.index < counts.inputs {
      spec.report(
        .connectionIntoInput(destination, inputCount: counts.inputs, at: spec.location(0)))
    }
    if destination == source, gater == destination {
      spec.report(.selfGating(destination, at: spec.location(3)))
    }
    guard connections.count < Limits.connections else {
      spec.report(
        .tooLarge(
          "connections", connections.count + 1, limit: Limits.connections, at: spec.location(0)))
      graphIsComplete = false
      return
    }
    connections.append(
      Connection(destination: destination, source: source, weight: weight, gater: gater))
    connectionLines.append(Int32(clamping: spec.line))
  }

  private mutating func readState(_ spec: inout SpecLines) {
    if let firstTraceLine, !hasMisplacedLine {
      hasMisplacedLine = true
      let first = spec.location(line: firstTraceLine, field: 0)
      spec.report(.stateAfterTraces(at: spec.location(0), firstTrace: first))
    }
    states.noteLine(spec.line)
    let node = node(0, of: &spec)
    let value = spec.real(1) ?? 0
    guard let node else {
      graphIsComplete = false
      return
    }
    states.add(node, value: value, inputCount: counts.inputs, from: &spec)
  }

  private mutating func readTrace(_ spec: inout SpecLines) {
    if states.isEmpty, !hasMisplacedLine {
      hasMisplacedLine = true
      spec.report(.traceBeforeStates(at: spec.location(0)))
    }
    if !states.isEmpty { noteTrace(spec.line) }
    let destination = spec.node(0, below: nil)
    let source = spec.node(1, below: nil)
    let value = spec.real(2) ?? 0
    guard let destination, let source else {
      tracesAreComplete = false
      return
    }
    traces.append(destination: destination, source: source, value: value, line: spec.line)
  }

  private mutating func readExtendedTrace(_ spec: inout SpecLines) {
    if !spec.isInteger(2), spec.isReal(2), spec.isInteger(3) {
      reportLateConnection(&spec)
      return
    }
    noteTrace(spec.line)
    let destination = spec.node(0, below: nil)
    let source = spec.node(1, below: nil)
    let influenced = spec.node(2, below: nil)
    let value = spec.real(3) ?? 0
    guard let destination, let source, let influenced else {
      extendedTracesAreComplete = false
      return
    }
    extendedTraces.append(
      ExtendedTrace(
        destination: destination, source: source, influenced: influenced, value: value),
      from: &spec)
  }

  /// A state amid the connections, perhaps a connection that lost its end, turns all those after it
  /// into bad extended traces; that is one error.
  private mutating func reportLateConnection(_ spec: inout SpecLines) {
    graphIsComplete = false
    guard !hasLateConnection, let firstState = states.firstLine else { return }
    hasLateConnection = true
    spec.report(
      .connectionAfterStates(
        at: spec.location(0), firstState: spec.location(line: firstState, field: 0)))
  }

  /// A node that may be the one that makes the network as large as it is.
  private func node(_ field: Int, of spec: inout SpecLines) -> NodeID? {
    guard let index = spec.integer(field) else { return nil }
    guard index < Limits.nodes else {
      let count = index == Int.max ? index : index + 1
      spec.report(.tooLarge("nodes", count, limit: Limits.nodes, at: spec.location(field)))
      return nil
    }
    guard index >= 0 else {
      spec.report(.unknownNode(spec.shown(field), count: nil, at: spec.location(field)))
      return nil
    }
    return NodeID(index)
  }

  private mutating func noteTrace(_ line: Int) {
    if firstTraceLine == nil { firstTraceLine = line }
  }

  private mutating func checked(_ spec: inout SpecLines) -> Draft? {
    let largest = max(connections.lazy.map(\.destination).max(), states.largest)
    let nodeCount = largest.map { $0.index + 1 } ?? 0
    if graphIsComplete {
      checkSourcesAndGaters(below: nodeCount, &spec)
      if counts.inputs + counts.outputs > nodeCount {
        spec.report(.tooFewNodes(nodeCount, counts))
        graphIsComplete = false
      }
    }
    var table = ConnectionTable(
      connections, lines: connectionLines, nodeCount: graphIsComplete ? nodeCount : nil)
    connections = []
    table.reportDuplicates(to: &spec)
    if graphIsComplete, states.isEmpty { checkEveryUnitIsConnected(table, &spec) }
    if graphIsComplete { table.markArgumentBiases(inputCount: counts.inputs) }
    let nodes = nodes(table, &spec)
    let areJudged = graphIsComplete && !hasMisplacedLine && !states.isEmpty
    traces.check(
      &table, areJudged: areJudged, isComplete: tracesAreComplete, firstState: states.firstLine,
      reportingTo: &spec)
    let extendedTraces = extendedTraces.checked(
      against: areJudged ? RequiredTraces(table, dialect: .csv) : nil,
      isComplete: extendedTracesAreComplete, reportingTo: &spec)
    guard spec.findings.errors.isEmpty else { return nil }
    return Draft(
      nodes: nodes, connections: table.connections, extendedTraces: extendedTraces,
      counts: counts, isAutomatic: false, carriesStates: !states.isEmpty)
  }

  private mutating func checkSourcesAndGaters(below nodeCount: Int, _ spec: inout SpecLines) {
    for (connection, line) in zip(connections, connectionLines) where !spec.findings.isFull {
      if connection.source.index >= nodeCount {
        let place = spec.location(line: Int(line), field: 1)
        spec.report(.unknownNode("\(connection.source)", count: nodeCount, at: place))
        graphIsComplete = false
      }
      if let gater = connection.gater, gater.index >= nodeCount {
        let place = spec.location(line: Int(line), field: 3)
        spec.report(.unknownGater("\(gater)", count: nodeCount, at: place))
        graphIsComplete = false
      }
    }
  }

  /// Without states, a unit that nothing leads into would never be activated.
  private func checkEveryUnitIsConnected(_ table: ConnectionTable, _ spec: inout SpecLines) {
    let idle = table.unconnectedNodes(from: counts.inputs)
    guard let first = idle.named.first,
      let later = table.connections.indices.first(where: {
        table.connections[$0].destination > first
      })
    else { return }
    spec.report(
      .unconnectedNodes(
        idle.named, count: idle.count,
        at: spec.location(line: Int(table.lines[later]), field: 0)))
  }

  private func nodes(_ table: ConnectionTable, _ spec: inout SpecLines) -> [Node] {
    guard graphIsComplete else { return [] }
    var nodes = [Node](
      repeating: Node(
        state: 0, function: .logistic, initialActivation: 0, line: counts.inputsLocation.line),
      count: table.nodeCount)
    for node in counts.inputs..<table.nodeCount {
      nodes[node].line = table.incoming(NodeID(node)).first.map { Int(table.lines[$0]) }
    }
    states.fill(&nodes, inputCount: counts.inputs, table: table, reportingTo: &spec)
    return nodes
  }
}

/// The larger of two nodes either of which may be missing.
private func max(_ a: NodeID?, _ b: NodeID?) -> NodeID? {
  guard let a, let b else { return a ?? b }
  return Swift.max(a, b)
}

extension Diagnostic {
  fileprivate static func csvFieldCount(_ actual: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "field-count", "a line has 2, 3 or 4 fields, not \(actual)", at: location,
      hint: "connections are j, i, weight, gater; states j, s; traces j, i, value; "
        + "extended traces j, i, k, value")
  }

  fileprivate static func tooFewNodes(_ actual: Int, _ counts: Draft.Counts) -> Diagnostic {
    Diagnostic(
      id: "too-few-nodes",
      "\(counts.inputs) inputs and \(counts.outputs) outputs need "
        + "\(counts.inputs + counts.outputs) nodes, the lines declare \(actual)",
      at: counts.outputsLocation)
  }

  fileprivate static func traceBeforeStates(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "trace-before-states", "a trace must come after the states", at: location,
      hint: "three fields are a trace; a connection has four (j, i, weight, gater)")
  }

  fileprivate static func connectionAfterStates(
    at location: SourceLocation, firstState: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "connection-after-states", "a connection must come before the states", at: location,
      notes: [Note("the first state is here", at: firstState)],
      hint: "after the first state, a line of four fields is an extended trace")
  }

  fileprivate static func stateAfterTraces(
    at location: SourceLocation, firstTrace: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "state-after-traces", "a state must come before the traces", at: location,
      notes: [Note("the first trace is here", at: firstTrace)])
  }

  static func unconnectedNodes(
    _ named: [NodeID], count: Int, at location: SourceLocation
  ) -> Diagnostic {
    let names = list(named.map(\.description), of: count)
    return Diagnostic(
      id: "unconnected-node",
      count == 1
        ? "node \(names) has no connection from another node"
        : "nodes \(names) have no connection from another node",
      at: location, hint: "such a node is never activated; give it a connection of weight 0")
  }

  /// Names followed by how many were left out.
  static func list(_ names: [String], of count: Int) -> String {
    let rest = count > names.count ? " and \(count - names.count) more" : ""
    return names.joined(separator: ", ") + rest
  }
}
