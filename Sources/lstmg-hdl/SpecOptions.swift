import ArgumentParser
import Compilation
import Diagnostics
import NetSpec

extension Dialect: ExpressibleByArgument {}

/// How a netSpec is read.
struct SpecOptions: ParsableArguments, Sendable {
  @Option(help: "Text format of the spec; without it the text decides.")
  var dialect: Dialect?

  @Option(
    help: ArgumentHelp(
      "Number of input nodes, constant ones included.",
      discussion: "Without it: the nodes before the first connection's destination.",
      valueName: "n"))
  var numInputs: Int?

  @Option(
    help: ArgumentHelp(
      "Number of output nodes, the last ones; a manual seed spec does not say it itself.",
      valueName: "m"))
  var numOutputs: Int?

  @Option(
    help: ArgumentHelp("Seed that draws the weights of an automatic spec.", valueName: "n"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "File with the weights of an automatic spec, one a line.", valueName: "file"),
    completion: .file())
  var weights: String?

  var isEmpty: Bool {
    dialect == nil && numInputs == nil && numOutputs == nil && seed == nil && weights == nil
  }

  func validate() throws {
    if seed != nil, weights != nil {
      throw ValidationError("Give either --seed or --weights, not both.")
    }
  }

  /// Reads a spec and shows the warnings about it; `asText` leaves out what only hardware needs. Counts
  /// that were not given are `inputs` and `outputs`.
  func load(
    _ path: String, asText: Bool = false, inputs: Int? = nil, outputs: Int? = nil,
    _ console: Console
  ) throws(DiagnosticList) -> NetSpecDocument {
    var loader = SpecLoader()
    loader.needsCounts = !asText
    loader.dialect = dialect
    loader.inputCount = numInputs ?? inputs
    loader.outputCount = numOutputs ?? outputs
    loader.seed = seed ?? 1
    loader.weights = weights
    console.progress("reading \(path)")
    let document = try loader.load(path)
    console.show(document.warnings)
    return document
  }
}
