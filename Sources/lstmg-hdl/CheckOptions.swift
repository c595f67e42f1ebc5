import ArgumentParser
import Compilation
import DataSets
import Diagnostics
import Verification

/// What outputs are held against.
struct CheckOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp("File with the outputs that are expected.", valueName: "file"),
    completion: .file())
  var expect: String?

  @Option(
    help: ArgumentHelp("Largest difference to an expected output (default: 0).", valueName: "t"),
    transform: OptionValues.tolerance)
  var tolerance: Double?

  @Option(
    help: ArgumentHelp(
      "File with labels, a row for each step; '-' is not judged.", valueName: "file"),
    completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "How labels are held against outputs (default: threshold).",
      discussion: """
        threshold: every output on its label's side of 0.5; argmax: the largest output is the \
        largest label, or the class whose number the label is; last-argmax: the same for the last \
        judged step of each sequence; rank: every output with a label above 0.5 exceeds all others.
        """))
  var judge: Judge?

  @Option(
    help: ArgumentHelp("Part of the judged steps that must be right, 0 to 1.", valueName: "part"),
    transform: OptionValues.part)
  var minAccuracy: Double?

  func validate() throws {
    if tolerance != nil, expect == nil { throw ValidationError("--tolerance needs --expect.") }
    if labels == nil, judge != nil || minAccuracy != nil {
      throw ValidationError("--judge and --min-accuracy need --labels.")
    }
  }

  /// Reads the files; what belongs to data that does not run is left out.
  func load(outputCount: Int, _ input: InputData) throws(DiagnosticList) -> References {
    References(
      expected: try expect.map { path throws(DiagnosticList) in
        try ReferenceData(path, outputCount: outputCount, shape: input.whole).data
          .first(input.data.sequences.count)
      }, tolerance: tolerance ?? 0,
      labels: try labels.map { path throws(DiagnosticList) in
        try ReferenceData(
          path, outputCount: outputCount, shape: input.whole, holdsLabelsFor: judge ?? .threshold
        ).data.first(input.data.sequences.count)
      }, judge: judge ?? .threshold, minAccuracy: minAccuracy)
  }
}

/// What outputs are held against, read.
struct References: Sendable {
  let expected: DataSet?
  let tolerance: Double
  let labels: DataSet?
  let judge: Judge
  let minAccuracy: Double?

  func verdict(on outputs: DataSet?) -> Verdict {
    guard let outputs else { return Verdict() }
    return Verdict(
      expectation: expected.map { ErrorMeasure(outputs, against: $0) }, tolerance: tolerance,
      judgement: labels.map { Judgement(outputs, labels: $0, judge: judge) },
      minAccuracy: minAccuracy)
  }
}

/// What came of the checks; nil where nothing was asked.
struct Verdict: Sendable {
  var expectation: ErrorMeasure?
  var tolerance = 0.0
  var judgement: Judgement?
  var minAccuracy: Double?
}
