import Diagnostics
import Network

/// Reads the manual format of the seed dialect: lists of nodes, connections and extended traces,
/// separated by blank lines.
struct SeedManualReader {
  private enum List: Int { case nodes, connections, extendedTraces, surplus }

  /// From the caller; lets a connection into an input be reported at its line.
  private let inputCount: Int?
  private var nodes: [Node] = []
  private var expectedIndex = 0
  private var connections: [Connection] = []
  private var connectionLines: [Int32] = []
  private var extendedTraces = ExtendedTraceList()
  /// False after an error that would make right lines of later lists look wrong.
  private var nodesAreComplete = true
  private var connectionsAreComplete = true
  private var extendedTracesAreComplete = true
  private var list = List.nodes

  init(inputCount: Int?) { self.inputCount = inputCount }

  /// Reads the lists, which begin after the current line.
  mutating func read(_ spec: inout SpecLines) -> Draft? {
    while spec.advance() {
      if spec.isBlank {
        startNextList(&spec)
      } else if list == .surplus {
        spec.report(.surplusList(at: spec.location(0)))
        break
      } else {
        readLine(&spec)
      }
    }
    if list == .nodes { startNextList(&spec) }
    return spec.findings.isFull ? nil : checked(&spec)
  }

  private mutating func startNextList(_ spec: inout SpecLines) {
    if list == .nodes, nodes.isEmpty, nodesAreComplete {
      spec.report(.noNodes(at: SourceLocation(file: spec.file, line: 3, column: 1)))
      nodesAreComplete = false
    }
    list = List(rawValue: list.rawValue + 1) ?? .surplus
  }

  /// A line whose place in the graph is unclear makes its list incomplete; a wrong value does not,
  /// and then a stand-in keeps the graph whole for the checks to come.
  private mutating func readLine(_ spec: inout SpecLines) {
    if let comma = spec.comma() {
      spec.report(.comma(at: comma))
      setComplete(false)
      return
    }
    switch list {
    case .nodes: setComplete(readNode(&spec))
    case .connections: setComplete(readConnection(&spec))
    case .extendedTraces: setComplete(readExtendedTrace(&spec))
    case .surplus: break
    }
  }

  private mutating func setComplete(_ lineIsUsable: Bool) {
    guard !lineIsUsable else { return }
    switch list {
    case .nodes: nodesAreComplete = false
    case .connections: connectionsAreComplete = false
    case .extendedTraces, .surplus: extendedTracesAreComplete = false
    }
  }

  private var nodeCount: Int? { nodesAreComplete ? nodes.count : nil }

  private mutating func readNode(_ spec: inout SpecLines) -> Bool {
    guard nodes.count < Limits.nodes else {
      spec.report(.tooLarge("nodes", nodes.count + 1, limit: Limits.nodes, at: spec.location(0)))
      return false
    }
    guard spec.expect(.node, hint: hint(for: spec.fieldCount)) else {
      expectedIndex += 1
      return false
    }
    let index = spec.integer(0)
    let expected = expectedIndex
    // Going on from what is there reports a gap once and not again on every later line.
    expectedIndex = min(max(index ?? expected, -1), Limits.nodes) + 1
    if let index, index != expected {
      spec.report(.nodeIndex(spec.shown(0), expected: expected, at: spec.location(0)))
    }
    let state = spec.real(1) ?? 0
    let number = spec.integer(2)
    let function = number.flatMap(ActivationFunction.init(rawValue:))
    if number != nil, function == nil {
      spec.report(.unknownFunction(spec.shown(2), at: spec.location(2)))
    }
    nodes.append(
      Node(
        state: state, function: function ?? .logistic,
        initialActivation: (function ?? .logistic).value(at: state), line: spec.line))
    return index == expected
  }

  private mutating func readConnection(_ spec: inout SpecLines) -> Bool {
    guard spec.expect(.connection, hint: hint(for: spec.fieldCount)) else { return false }
    let destination = spec.node(0, below: nodeCount)
    let source = spec.node(1, below: nodeCount)
    let weight = spec.real(2)
    let gater = spec.gater(3, below: nodeCount)
    let trace = spec.real(4) ?? 0
    guard let destination, let source, let gater else { return false }
    if let inputCount, destination.index < inputCount {
      spec.report(
        .connectionIntoInput(destination, inputCount: inputCount, at: spec.location(0)))
    }
    if destination == source {
      if let weight, weight != 1 {
        spec.report(.selfWeight(spec.shown(2), destination, at: spec.location(2)))
      }
      if gater == destination { spec.report(.selfGating(destination, at: spec.location(3))) }
    }
    guard connections.count < Limits.connections else {
      spec.report(
        .tooLarge(
          "connections", connections.count + 1, limit: Limits.connections, at: spec.location(0)))
      return false
    }
    connections.append(
      Connection(
        destination: destination, source: source, weight: weight ?? 1, gater: gater, trace: trace))
    connectionLines.append(Int32(clamping: spec.line))
    return true
  }

  private mutating func readExtendedTrace(_ spec: inout SpecLines) -> Bool {
    guard spec.expect(.seedExtendedTrace, hint: hint(for: spec.fieldCount)) else { return false }
    let destination = spec.node(0, below: nodeCount)
    let source = spec.node(1, below: nodeCount)
    let influenced = spec.node(2, below: nodeCount)
    let value = spec.real(3) ?? 0
    guard let destination, let source, let influenced else { return false }
    extendedTraces.append(
      ExtendedTrace(
        destination: destination, source: source, influenced: influenced, value: value),
      from: &spec)
    return true
  }

  private mutating func checked(_ spec: inout SpecLines) -> Draft? {
    let table = ConnectionTable(connections, lines: connectionLines, nodeCount: nodeCount)
    connections = []
    table.reportDuplicates(to: &spec)
    let required =
      nodesAreComplete && connectionsAreComplete
      ? RequiredTraces(table, dialect: .seed) : nil
    let traces = extendedTraces.checked(
      against: required, isComplete: extendedTracesAreComplete, reportingTo: &spec)
    guard spec.findings.errors.isEmpty else { return nil }
    return Draft(
      nodes: nodes, connections: table.connections, extendedTraces: traces, counts: nil,
      isAutomatic: false, carriesStates: true)
  }

  /// A line that fits another list is most likely misled by a blank line.
  private func hint(for fieldCount: Int) -> String? {
    switch (list, fieldCount) {
    case (.nodes, 4...5): "a blank line must end the list of nodes"
    case (.connections, 3): "the nodes must not have a blank line among them"
    case (.connections, 4): "a blank line must end the list of connections"
    case (.extendedTraces, 5): "one blank line, not two, ends the list of nodes or connections"
    default: nil
    }
  }
}

extension LineShape {
  static let node = LineShape("a node", "j", "s", "function")
  static let connection = LineShape("a connection", "j", "i", "weight", "gater", "trace")
  static let seedExtendedTrace = LineShape("an extended trace", "j", "i", "k", "value")
}

extension Diagnostic {
  static func comma(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "comma", "a comma cannot separate fields in the seed dialect", at: location,
      hint: "write spaces, or read the file with --dialect csv")
  }

  fileprivate static func noNodes(at location: SourceLocation) -> Diagnostic {
    Diagnostic(id: "no-nodes", "the list of nodes is empty", at: location)
  }

  fileprivate static func surplusList(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "surplus-list", "a fourth list begins here; a manual spec has three", at: location,
      hint: "the lists are nodes, connections and extended traces, with one blank line between")
  }

  fileprivate static func nodeIndex(
    _ token: String, expected: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "node-index", "node index \(token) should be \(expected)", at: location,
      hint: "nodes are numbered 0, 1, 2, ... in the order of their lines")
  }

  fileprivate static func unknownFunction(
    _ token: String, at location: SourceLocation
  ) -> Diagnostic {
    let known = ActivationFunction.allCases.map { "\($0.rawValue) \($0.name)" }
    return Diagnostic(
      id: "unknown-function", "function \(token) does not exist", at: location,
      hint: "the functions are " + known.joined(separator: ", "))
  }

  fileprivate static func selfWeight(
    _ token: String, _ node: NodeID, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "self-weight", "the self-connection of node \(node) has weight \(token), it must be 1",
      at: location)
  }
}
