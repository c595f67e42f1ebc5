import Diagnostics
import Network

/// The traces of connections that a netSpec of the csv dialect lists apart from the connections.
struct CsvTraceList {
  private var entries: [(destination: NodeID, source: NodeID, value: Double, line: Int32)] = []

  mutating func append(destination: NodeID, source: NodeID, value: Double, line: Int) {
    entries.append((destination, source, value, Int32(clamping: line)))
  }

  /// Puts the traces into their connections and reports stray, repeated and missing ones, unless
  /// an earlier error would make all of them look wrong.
  func check(
    _ table: inout ConnectionTable, areJudged: Bool, isComplete: Bool, firstState: Int?,
    reportingTo spec: inout SpecLines
  ) {
    guard areJudged, let firstState else { return }
    var givenAt = [Int32](repeating: 0, count: table.connections.count)
    for (destination, source, value, line) in entries where !spec.findings.isFull {
      let position = table.position(destination: destination, source: source)
      guard let position, destination != source else {
        let reason =
          position == nil
          ? "there is no connection \(source)->\(destination)"
          : "self-connections have none in the csv dialect"
        spec.report(
          .strayTrace(
            destination, source, reason: reason, at: spec.location(line: Int(line), field: 0)))
        continue
      }
      guard givenAt[position] == 0 else {
        spec.report(
          .duplicateTrace(
            destination, source, at: spec.location(line: Int(line), field: 0),
            first: spec.location(line: Int(givenAt[position]), field: 0)))
        continue
      }
      givenAt[position] = line
      table.setTrace(value, at: position)
    }
    guard isComplete, !spec.findings.isFull else { return }
    let connections = table.connections
    let missing = connections.indices.filter {
      givenAt[$0] == 0 && connections[$0].role != .selfConnection
    }
    guard let first = missing.first else { return }
    spec.report(
      .missingTraces(
        missing.prefix(5).map { connections[$0] }, count: missing.count,
        at: spec.location(line: Int(table.lines[first]), field: 0),
        firstState: spec.location(line: firstState, field: 0)))
  }
}

extension Diagnostic {
  fileprivate static func strayTrace(
    _ destination: NodeID, _ source: NodeID, reason: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "stray-trace", "trace \(destination) \(source) has no place: \(reason)", at: location)
  }

  fileprivate static func duplicateTrace(
    _ destination: NodeID, _ source: NodeID, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "duplicate-trace", "trace \(destination) \(source) is given twice", at: location,
      notes: [Note("first given here", at: first)])
  }

  fileprivate static func missingTraces(
    _ named: [Connection], count: Int, at location: SourceLocation, firstState: SourceLocation
  ) -> Diagnostic {
    let names = list(named.map { "\($0.source)->\($0.destination)" }, of: count)
    return Diagnostic(
      id: "missing-trace",
      count == 1
        ? "the trace of connection \(names) is missing"
        : "\(count) traces are missing, of connections \(names)",
      at: location, notes: [Note("there are states, so traces are needed", at: firstState)],
      hint: "add lines `j, i, value`, with value 0 in a new network")
  }
}
