import Compilation
import Diagnostics
import Simulation
import Verification

/// What a run over data says, whatever ran: rows of a report, and the checks that failed.
struct DataReport {
  /// What the outputs came from, in messages.
  let subject: String
  let isModel: Bool
  let isFloat: Bool
  let input: InputData
  let run: EngineRun
  let verdict: Verdict

  /// The checks that failed.
  var failures: [Diagnostic] {
    var failures: [Diagnostic] = []
    if let comparison = run.comparison, let first = comparison.first {
      failures.append(.mismatch(subject, comparison.mismatches, first))
    } else if run.outputs == nil {
      failures.append(.surplusFrames(subject))
    }
    if let expectation = verdict.expectation, expectation.largest > verdict.tolerance {
      failures.append(.unexpected(expectation, tolerance: verdict.tolerance))
    }
    if let wanted = verdict.minAccuracy {
      guard let accuracy = verdict.judgement?.accuracy else { return failures + [.nothingJudged] }
      if accuracy < wanted { failures.append(.inaccurate(accuracy, wanted)) }
    }
    return failures
  }

  func add(to table: inout TextTable) {
    table.add(
      "data",
      "\(Readable.count(input.data.stepCount, "step")) in"
        + " \(Readable.count(input.data.sequences.count, "sequence"))")
    if let comparison = run.comparison { table.add("mismatches", describe(comparison)) }
    if let error = run.error, !isFloat {
      table.add(
        "error",
        "against float: largest \(Readable.error(error.largest)), root mean square"
          + " \(Readable.error(error.rootMeanSquare))")
    }
    if let error = run.floatTwinError {
      table.add(
        "float twin",
        "against float: largest \(Readable.error(error.largest)), root mean square"
          + " \(Readable.error(error.rootMeanSquare))")
    }
    if let saturations = run.saturations { table.add("saturations", describe(saturations)) }
    if let expectation = verdict.expectation {
      table.add(
        "expected",
        "largest difference \(Readable.error(expectation.largest)), tolerance"
          + " \(Readable.error(verdict.tolerance))")
    }
    if let judgement = verdict.judgement { table.add("judged", describe(judgement)) }
  }

  private func describe(_ comparison: Comparison) -> String {
    guard let first = comparison.first else {
      return isModel
        ? "0: this is the fixed-point model itself"
        : "0: every word equals the fixed-point model"
    }
    return "\(Readable.count(comparison.mismatches)); first: \(first.place)"
  }

  private func describe(_ counts: SaturationCounts) -> String {
    let harmful = counts.state + counts.linear + counts.input
    return "\(Readable.count(counts.total)): state \(counts.state), linear \(counts.linear),"
      + " input \(counts.input), argument \(counts.argument)"
      + (counts.argument > 0 && harmful == 0 ? " (harmless: the function is flat there)" : "")
  }

  private func describe(_ judgement: Judgement) -> String {
    let accuracy = judgement.accuracy.map { Readable.percent($0) } ?? "nothing to judge"
    return "\(Readable.count(judgement.sequencesRight)) of"
      + " \(Readable.count(judgement.sequences, "sequence")) right,"
      + " \(Readable.count(judgement.stepsRight)) of"
      + " \(Readable.count(judgement.steps, "step")) (\(accuracy))"
  }
}

extension Mismatch {
  /// Where and what, for people: steps and sequences count from 1.
  var place: String {
    "sequence \(sequence + 1), step \(step + 1), output \(output)"
      + (node.map { " (node \($0))" } ?? "") + ": "
      + (actual.map { "\($0)" } ?? "nothing") + ", expected \(expected)"
  }
}

extension Diagnostic {
  fileprivate static func mismatch(
    _ subject: String, _ count: Int, _ first: Mismatch
  ) -> Diagnostic {
    Diagnostic(
      id: "mismatch",
      "\(Readable.count(count, "word")) of \(subject) differ from the fixed-point model",
      notes: [Note("first: \(first.place)")], exitCode: .checkFailed)
  }

  fileprivate static func surplusFrames(_ subject: String) -> Diagnostic {
    Diagnostic(
      id: "mismatch", "\(subject) gave more output frames than there are steps",
      exitCode: .checkFailed)
  }

  fileprivate static func unexpected(_ error: ErrorMeasure, tolerance: Double) -> Diagnostic {
    let place = error.worst.map {
      " (sequence \($0.sequence + 1), step \($0.step + 1), output \($0.output))"
    }
    return Diagnostic(
      id: "unexpected-output",
      "an output differs from the expected one by \(Readable.error(error.largest))\(place ?? ""),"
        + " tolerance \(Readable.error(tolerance))", exitCode: .checkFailed)
  }

  fileprivate static var nothingJudged: Diagnostic {
    Diagnostic(
      id: "inaccurate", "the labels judge no step, so no accuracy is reached",
      exitCode: .checkFailed)
  }

  fileprivate static func inaccurate(_ accuracy: Double, _ wanted: Double) -> Diagnostic {
    Diagnostic(
      id: "inaccurate",
      "\(Readable.percent(accuracy)) of the judged steps are right, wanted"
        + " \(Readable.percent(wanted))", exitCode: .checkFailed)
  }
}
