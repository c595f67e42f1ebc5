import Diagnostics
import Network

/// The states that a netSpec of the csv dialect lists.
struct CsvStateList {
  private var entries: [(node: NodeID, value: Double, line: Int32)] = []
  /// Line of the first state, readable or not.
  private(set) var firstLine: Int?
  private(set) var largest: NodeID?

  /// Whether no line has been one of a state so far.
  var isEmpty: Bool { firstLine == nil }

  mutating func noteLine(_ line: Int) {
    if firstLine == nil { firstLine = line }
  }

  /// Adds the state of the current line.
  mutating func add(
    _ node: NodeID, value: Double, inputCount: Int, from spec: inout SpecLines
  ) {
    guard node.index >= inputCount else {
      spec.report(.stateOfInput(node, inputCount: inputCount, at: spec.location(0)))
      return
    }
    largest = max(largest ?? node, node)
    entries.append((node, value, Int32(clamping: spec.line)))
  }

  /// Puts the states into their nodes; reports repeated ones and, if there is any, missing ones.
  func fill(
    _ nodes: inout [Node], inputCount: Int, table: ConnectionTable,
    reportingTo spec: inout SpecLines
  ) {
    guard let firstLine else { return }
    var isGiven = [Bool](repeating: false, count: nodes.count)
    for (node, value, line) in entries where !spec.findings.isFull {
      if isGiven[node.index] {
        spec.report(
          .duplicateState(
            node, at: spec.location(line: Int(line), field: 0),
            first: spec.location(line: nodes[node.index].line ?? firstLine, field: 0)))
        continue
      }
      isGiven[node.index] = true
      nodes[node.index].state = value
      nodes[node.index].initialActivation = ActivationFunction.logistic.value(at: value)
      nodes[node.index].line = Int(line)
    }
    let missing = (inputCount..<nodes.count).filter { !isGiven[$0] }
    guard let first = missing.first, !spec.findings.isFull else { return }
    spec.report(
      .missingStates(
        missing.prefix(5).map { NodeID($0) }, count: missing.count,
        at: spec.location(line: nodes[first].line ?? firstLine, field: 0),
        firstState: spec.location(line: firstLine, field: 0)))
  }
}

extension Diagnostic {
  fileprivate static func stateOfInput(
    _ node: NodeID, inputCount: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "state-of-input",
      "node \(node) cannot have a state: nodes below \(inputCount) are inputs", at: location)
  }

  fileprivate static func duplicateState(
    _ node: NodeID, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "duplicate-state", "the state of node \(node) is given twice", at: location,
      notes: [Note("first given here", at: first)])
  }

  fileprivate static func missingStates(
    _ named: [NodeID], count: Int, at location: SourceLocation, firstState: SourceLocation
  ) -> Diagnostic {
    let names = list(named.map(\.description), of: count)
    return Diagnostic(
      id: "missing-state",
      count == 1
        ? "the state of node \(names) is missing"
        : "\(count) states are missing, of nodes \(names)",
      at: location, notes: [Note("the first state is here", at: firstState)],
      hint: "give a state for every node that is not an input, or for none")
  }
}
