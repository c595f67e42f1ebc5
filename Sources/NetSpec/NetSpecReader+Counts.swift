import Diagnostics
import Network

extension NetSpecReader {
  /// The numbers of inputs and outputs, from the spec or else from the options.
  func counts(
    of draft: Draft, inputCount: Int?, outputCount: Int?, reportingTo spec: inout SpecLines
  ) -> (inputs: Int, outputs: Int) {
    guard let counts = draft.counts else {
      return optionCounts(draft, inputCount, outputCount, &spec)
    }
    if let inputCount, inputCount != counts.inputs {
      spec.report(.inputMismatch(inputCount, counts))
    }
    if let outputCount, outputCount != counts.outputs {
      spec.report(.outputMismatch(outputCount, counts))
    }
    return (counts.inputs, counts.outputs)
  }

  private func optionCounts(
    _ draft: Draft, _ inputCount: Int?, _ outputCount: Int?, _ spec: inout SpecLines
  ) -> (inputs: Int, outputs: Int) {
    let file = SourceLocation(file: spec.file)
    let nodeCount = draft.nodes.count
    // Connections are sorted by destination, so the first one ends the prefix without incoming.
    let prefix = draft.connections.first?.destination.index ?? nodeCount
    guard let outputCount else {
      spec.report(.missingOutputCount(at: file))
      return (inputCount ?? prefix, 0)
    }
    if outputCount < 1 { spec.report(.badOption("--num-outputs", outputCount, least: 1, at: file)) }
    if let inputCount, inputCount < 0 {
      spec.report(.badOption("--num-inputs", inputCount, least: 0, at: file))
    }
    let inputs = inputCount ?? min(prefix, max(0, nodeCount - outputCount))
    if inputs > nodeCount || outputCount > nodeCount - max(0, inputs) {
      spec.report(.tooFewNodes(nodeCount, inputs: inputs, outputs: outputCount, at: file))
    }
    if inputCount == nil { spec.report(.assumedInputCount(inputs, at: file)) }
    return (inputs, outputCount)
  }
}

extension Diagnostic {
  fileprivate static func inputMismatch(_ option: Int, _ counts: Draft.Counts) -> Diagnostic {
    let bias = counts.addsBias ? ", the bias included" : ""
    return Diagnostic(
      id: "count-mismatch",
      "the spec has \(counts.inputs) inputs\(bias); --num-inputs is \(option)",
      at: counts.inputsLocation, hint: "leave --num-inputs out", exitCode: .usage)
  }

  fileprivate static func outputMismatch(_ option: Int, _ counts: Draft.Counts) -> Diagnostic {
    Diagnostic(
      id: "count-mismatch", "the spec has \(counts.outputs) outputs; --num-outputs is \(option)",
      at: counts.outputsLocation, hint: "leave --num-outputs out", exitCode: .usage)
  }

  fileprivate static func missingOutputCount(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "missing-output-count",
      "a manual spec of the seed dialect does not say how many of its last nodes are outputs",
      at: location, hint: "add --num-outputs M", exitCode: .usage)
  }

  fileprivate static func badOption(
    _ name: String, _ value: Int, least: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "bad-count", "\(name) is \(value), it must be at least \(least)", at: location,
      exitCode: .usage)
  }

  fileprivate static func tooFewNodes(
    _ nodeCount: Int, inputs: Int, outputs: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "too-few-nodes",
      "\(inputs) inputs and \(outputs) outputs exceed the \(nodeCount) nodes of the spec",
      at: location, hint: "correct --num-inputs or --num-outputs", exitCode: .usage)
  }

  fileprivate static func assumedInputCount(
    _ inputs: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, id: "assumed-input-count",
      "the spec does not say how many inputs it has; taking the first \(inputs) nodes, "
        + "those without incoming connections",
      at: location, hint: "add --num-inputs \(inputs) to confirm it")
  }
}
