import Compilation
import Diagnostics
import Emission
import Verification

/// What `talk` says on standard output, and which checks failed.
struct TalkReport {
  let result: BoardTalk.Result
  let port: String
  /// Nil where the board was only asked who it is.
  let checks: DataReport?

  private var identity: BoardIdentity { result.identity }
  private var megahertz: Double { Double(identity.coreHertz) / 1e6 }

  var failures: [Diagnostic] {
    var failures = checks?.failures ?? []
    if result.wrongStates > 0 { failures.append(.wrongStates(result.wrongStates)) }
    if let link = result.link, link.replyLatency != result.expectedLatency {
      failures.append(.wrongLatency(link.replyLatency, result.expectedLatency))
    }
    return failures
  }

  var text: String {
    var table = TextTable()
    table.add("board", "\(result.board.title) at \(port)")
    table.add(
      "network",
      "\(identity.name), of lstmg-hdl \(version), core at \(Readable.fixed(megahertz, digits: 2)) MHz"
    )
    table.add("hash", identity.hash)
    checks?.add(to: &table)
    guard let link = result.link else { return table.text }
    if checks?.failures.isEmpty == true {
      table.add(
        "states",
        result.wrongStates == 0
          ? "all \(Readable.count(link.states.count)) equal the model's after the last step"
          : "\(Readable.count(result.wrongStates)) of \(Readable.count(link.states.count)) differ")
    }
    table.add(
      "latency",
      "\(Readable.count(link.replyLatency, "cycle")),"
        + " \(Readable.fixed(Double(link.replyLatency) / megahertz, digits: 3)) us from the last"
        + " input to the first output"
        + (link.replyLatency == result.expectedLatency ? ", as computed" : ""))
    table.add(
      "line",
      "round trip of a ping \(milliseconds(link.roundTrips[0])) /"
        + " \(milliseconds(link.roundTrips[link.roundTrips.count / 2])) /"
        + " \(milliseconds(link.roundTrips[link.roundTrips.count - 1])) ms (min, median, max),"
        + " \(Readable.count(Int(stepsPerSecond))) steps a second")
    table.add(
      "faults",
      "\(Readable.count(link.badFrames, "bad frame")) counted by the board since its reset,"
        + " \(Readable.count(result.brokenReplies)) from it,"
        + " \(Readable.count(link.repeats, "sequence")) begun again")
    return table.text
  }

  private var version: String { identity.version.map(String.init).joined(separator: ".") }

  private var stepsPerSecond: Double {
    guard let link = result.link else { return 0 }
    return Double(link.frames.count) / max(1e-9, seconds(link.elapsed))
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private func milliseconds(_ duration: Duration) -> String {
    Readable.fixed(seconds(duration) * 1e3, digits: 2)
  }

  var json: String {
    let link = result.link
    return JSONText.object(
      Body(
        port: port, board: result.board.name, name: identity.name, hash: identity.hash,
        version: version, coreHertz: identity.coreHertz,
        steps: link?.frames.count, sequences: checks?.input.data.sequences.count,
        mismatches: checks?.run.comparison?.mismatches,
        firstMismatch: checks?.run.comparison?.first,
        maxAbsError: checks?.run.error?.largest,
        wrongStates: link == nil ? nil : result.wrongStates,
        sequencesRight: checks?.verdict.judgement?.sequencesRight,
        accuracy: checks?.verdict.judgement?.accuracy,
        latencyCycles: link?.replyLatency,
        latencyMicroseconds: link.map { Double($0.replyLatency) / megahertz },
        expectedLatencyCycles: result.expectedLatency,
        roundTripSeconds: link?.roundTrips.map(seconds),
        stepsPerSecond: link == nil ? nil : stepsPerSecond,
        badFrames: link?.badFrames, brokenReplies: result.brokenReplies,
        repeatedSequences: link?.repeats))
  }

  private struct Body: Encodable {
    let schema = Manifest.schema
    let command = "talk"
    let port, board, name, hash, version: String
    let coreHertz: Int
    let steps, sequences, mismatches: Int?
    let firstMismatch: Mismatch?
    let maxAbsError: Double?
    let wrongStates, sequencesRight: Int?
    let accuracy: Double?
    let latencyCycles: Int?
    let latencyMicroseconds: Double?
    let expectedLatencyCycles: Int
    let roundTripSeconds: [Double]?
    let stepsPerSecond: Double?
    let badFrames: Int?
    let brokenReplies: Int
    let repeatedSequences: Int?
  }
}

extension Diagnostic {
  fileprivate static func wrongStates(_ count: Int) -> Diagnostic {
    Diagnostic(
      id: "state-mismatch",
      "\(Readable.count(count, "state")) of the board differ from the model's after the last step",
      exitCode: .checkFailed)
  }

  fileprivate static func wrongLatency(_ cycles: Int, _ expected: Int) -> Diagnostic {
    Diagnostic(
      id: "latency-mismatch",
      "the core took \(Readable.count(cycles, "cycle")), and its schedule has"
        + " \(Readable.count(expected))",
      exitCode: .checkFailed)
  }
}
