import Diagnostics
import Network

/// The extended traces that a netSpec lists, to be checked against those that it must list.
struct ExtendedTraceList {
  private var traces: [ExtendedTrace] = []
  private var lines: [Int32] = []

  /// Adds the trace of the current line.
  mutating func append(_ trace: ExtendedTrace, from spec: inout SpecLines) {
    guard traces.count < Limits.extendedTraces else {
      spec.report(
        .tooLarge(
          "extended traces", traces.count + 1, limit: Limits.extendedTraces, at: spec.location(0)))
      return
    }
    traces.append(trace)
    lines.append(Int32(clamping: spec.line))
  }

  /// The traces in ascending order. Repeated ones are reported, and so are stray and missing ones
  /// if `required` is given; it is nil where an earlier error would make all of them look wrong.
  func checked(
    against required: RequiredTraces?, isComplete: Bool, reportingTo spec: inout SpecLines
  ) -> [ExtendedTrace] {
    var sorted: [ExtendedTrace] = []
    sorted.reserveCapacity(traces.count)
    var fitting = 0
    var previous: (key: RequiredTraces.Key, line: Int)?
    for position in order() where !spec.findings.isFull {
      let trace = traces[Int(position)]
      let line = Int(lines[Int(position)])
      let key = RequiredTraces.Key(trace)
      if let previous, previous.key == key {
        spec.report(
          .duplicateExtendedTrace(
            key, at: spec.location(line: line, field: 0),
            first: spec.location(line: previous.line, field: 0)))
        continue
      }
      previous = (key, line)
      sorted.append(trace)
      guard let required else { continue }
      if required.contains(key) {
        fitting += 1
      } else {
        spec.report(
          .strayExtendedTrace(
            key, reason: required.reasonAgainst(key), at: spec.location(line: line, field: 0)))
      }
    }
    if let required, isComplete, fitting < required.count, !spec.findings.isFull {
      reportMissing(count: required.count - fitting, of: required, given: sorted, to: &spec)
    }
    return sorted
  }

  private func order() -> [Int32] {
    let largest = traces.reduce(NodeID(0)) {
      max($0, $1.destination, $1.source, $1.influenced)
    }
    let keyCount = largest.index + 1
    let byNode = CountingSort.order(count: traces.count, keyCount: keyCount) {
      traces[$0].influenced.index
    }
    let bySource = CountingSort.order(byNode, keyCount: keyCount) { traces[$0].source.index }
    return CountingSort.order(bySource, keyCount: keyCount) { traces[$0].destination.index }
  }

  private func reportMissing(
    count: Int, of required: RequiredTraces, given: [ExtendedTrace], to spec: inout SpecLines
  ) {
    var named: [RequiredTraces.Key] = []
    var next = given.startIndex
    for key in required {
      while next < given.endIndex, RequiredTraces.Key(given[next]) < key { next += 1 }
      if next < given.endIndex, RequiredTraces.Key(given[next]) == key { continue }
      named.append(key)
      if named.count == min(count, 5) { break }
    }
    guard let first = named.first, let gating = required.gatingConnection(of: first),
      let gated = required.table.position(destination: first.destination, source: first.source)
    else { return }
    let table = required.table
    spec.report(
      .missingExtendedTraces(
        named, count: count, at: spec.location(line: Int(table.lines[gating]), field: 3),
        connection: spec.location(line: Int(table.lines[gated]), field: 0)))
  }
}

extension ExtendedTrace {
  init(_ key: RequiredTraces.Key, value: Double) {
    self.init(
      destination: key.destination, source: key.source, influenced: key.influenced, value: value)
  }
}

extension RequiredTraces.Key: CustomStringConvertible {
  init(_ trace: ExtendedTrace) {
    self.init(
      destination: trace.destination, source: trace.source, influenced: trace.influenced)
  }

  var description: String { "\(destination) \(source) \(influenced)" }
}

extension Diagnostic {
  fileprivate static func duplicateExtendedTrace(
    _ key: RequiredTraces.Key, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "duplicate-extended-trace", "extended trace \(key) is given twice", at: location,
      notes: [Note("first given here", at: first)])
  }

  fileprivate static func strayExtendedTrace(
    _ key: RequiredTraces.Key, reason: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "stray-extended-trace", "extended trace \(key) has no place: \(reason)", at: location)
  }

  fileprivate static func missingExtendedTraces(
    _ named: [RequiredTraces.Key], count: Int, at location: SourceLocation,
    connection: SourceLocation
  ) -> Diagnostic {
    let first = named[0]
    let names = list(named.map(\.description), of: count)
    let reason = "node \(first.destination) gates this connection into node \(first.influenced)"
    return Diagnostic(
      id: "missing-extended-trace",
      count == 1
        ? "extended trace \(names) is missing: \(reason)"
        : "\(count) extended traces are missing: \(names); for the first, \(reason)",
      at: location,
      notes: [
        Note("connection \(first.source)->\(first.destination) is declared here", at: connection)
      ],
      hint: "add a line of the three nodes and the value, which is 0 in a new network")
  }
}
