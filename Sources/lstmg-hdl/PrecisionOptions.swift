import ArgumentParser
import Compilation
import DataSets
import Diagnostics
import NetSpec
import Verification

/// What results have to keep when widths are chosen automatically.
struct PrecisionOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Choose the narrowest widths with which no output lies further than this from floating point.",
      valueName: "e"),
    transform: OptionValues.tolerance)
  var maxError: Double?

  @Option(
    help: ArgumentHelp(
      "Choose the narrowest widths that lose at most so many per cent points of the judged steps"
        + " against floating point; needs --labels.",
      valueName: "points"),
    transform: OptionValues.tolerance)
  var maxAccuracyLoss: Double?

  @Option(
    help: ArgumentHelp(
      "File with labels, a row for each step of the data; '-' is not judged.", valueName: "file"),
    completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "How labels are held against outputs, as for 'simulate' (default: threshold)."))
  var judge: Judge?

  func validate() throws {
    if maxError != nil, maxAccuracyLoss != nil {
      throw ValidationError("Give either --max-error or --max-accuracy-loss, not both.")
    }
    if labels == nil, judge != nil || maxAccuracyLoss != nil {
      throw ValidationError("--judge and --max-accuracy-loss need --labels.")
    }
  }

  var goal: PrecisionGoal? {
    maxError.map(PrecisionGoal.error) ?? maxAccuracyLoss.map(PrecisionGoal.accuracyLoss)
  }

  /// Measures widths over the data of a file, or without one over random values.
  func search(
    _ document: NetSpecDocument, _ options: CompilerOptions, data path: String?,
    _ console: Console
  ) throws -> PrecisionSummary {
    let network = document.network
    console.progress("running the float reference")
    let data: PrecisionData
    if let path {
      let input = try InputData(path, for: network, constantInputs: options.constantInputs)
      let labels = try labels.map { file throws(DiagnosticList) in
        try ReferenceData(
          file, outputCount: network.outputCount, shape: input.data,
          holdsLabelsFor: judge ?? .threshold
        ).data
      }
      data = try PrecisionData(
        network, constantInputs: options.constantInputs, data: input.data, labels: labels,
        judge: judge ?? .threshold)
      if labels != nil, data.accuracy == nil { throw Diagnostic.nothingJudged(self.labels) }
    } else {
      data = try PrecisionData(
        random: network, constantInputs: options.constantInputs, range: options.inputRange, seed: 1)
    }
    var search = PrecisionSearch(
      network, options: options, data: data, goal: goal, progress: { console.progress($0) })
    return PrecisionSummary(
      result: try search.run(), goal: goal, data: data, dataFile: path,
      inputRange: options.inputRange)
  }
}

extension Diagnostic {
  fileprivate static func nothingJudged(_ file: String?) -> Diagnostic {
    Diagnostic(
      id: "no-labels", "the file judges no step", at: file.map { SourceLocation(file: $0) },
      hint: "give at least one step a label")
  }
}
