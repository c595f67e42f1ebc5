import Compilation
import Simulation
import Verification

extension SimulateReport {
  /// The contract's keys, null where an engine or a missing option leaves one without a value; and
  /// `firstMismatch`, `floatTwin` and `expected` where there is something to say.
  var json: String { JSONText.object(Body(report: self)) }

  private struct Body: Encodable {
    let report: SimulateReport

    private enum Key: String, CodingKey {
      case schema, command, engine, steps, sequences, mismatches, maxAbsError, rmsError
      case saturations, sequencesRight, accuracy, cyclesPerStep, computeLatencyCycles
      case latencyCycles
      case firstMismatch, floatTwin, expected
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      let run = report.run
      try container.encode(Manifest.schema, forKey: .schema)
      try container.encode("simulate", forKey: .command)
      try container.encode(report.engine.rawValue, forKey: .engine)
      try container.encode(report.input.data.stepCount, forKey: .steps)
      try container.encode(report.input.data.sequences.count, forKey: .sequences)
      try container.encode(run.comparison?.mismatches, forKey: .mismatches)
      try container.encode(run.error?.largest, forKey: .maxAbsError)
      try container.encode(run.error?.rootMeanSquare, forKey: .rmsError)
      try container.encode(run.saturations.map(Counts.init), forKey: .saturations)
      try container.encode(report.verdict.judgement?.sequencesRight, forKey: .sequencesRight)
      try container.encode(report.verdict.judgement?.accuracy, forKey: .accuracy)
      try container.encode(run.timing?.period, forKey: .cyclesPerStep)
      try container.encode(run.timing?.computeLatency, forKey: .computeLatencyCycles)
      try container.encode(run.timing?.latency, forKey: .latencyCycles)
      try container.encodeIfPresent(run.comparison?.first, forKey: .firstMismatch)
      try container.encodeIfPresent(run.floatTwinError.map(Errors.init), forKey: .floatTwin)
      try container.encodeIfPresent(
        report.verdict.expectation.map { Expected($0, report.verdict.tolerance) },
        forKey: .expected)
    }
  }

  private struct Counts: Encodable {
    let state, argument, linear, input, total: Int

    init(_ counts: SaturationCounts) {
      state = counts.state
      argument = counts.argument
      linear = counts.linear
      input = counts.input
      total = counts.total
    }
  }

  private struct Errors: Encodable {
    let maxAbsError, rmsError: Double

    init(_ error: ErrorMeasure) {
      maxAbsError = error.largest
      rmsError = error.rootMeanSquare
    }
  }

  private struct Expected: Encodable {
    let maxAbsError, tolerance: Double
    let worst: ErrorMeasure.Place?

    init(_ error: ErrorMeasure, _ tolerance: Double) {
      maxAbsError = error.largest
      self.tolerance = tolerance
      worst = error.worst
    }
  }
}
