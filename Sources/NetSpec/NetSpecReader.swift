import Diagnostics
import Network

/// Turns the text of a netSpec into a network, or into everything that is wrong with it.
public struct NetSpecReader: Sendable {
  private let dialect: Dialect?
  private let inputCount: Int?
  private let outputCount: Int?
  private let weights: WeightSource

  /// Without a dialect the text decides. The counts include a bias; a manual netSpec of the seed
  /// dialect needs them, all others know their own and may only be confirmed.
  public init(
    dialect: Dialect? = nil, inputCount: Int? = nil, outputCount: Int? = nil,
    weights: WeightSource = .seeded(1)
  ) {
    self.dialect = dialect
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.weights = weights
  }

  /// Reads a text; the file's name is for messages and for telling the dialect where the text
  /// leaves it open.
  public func read(_ bytes: [UInt8], file: String) throws(DiagnosticList) -> NetSpecDocument {
    let dialect = dialect ?? Dialect.detected(in: bytes, file: file)
    var spec = SpecLines(bytes, file: file, dialect: dialect)
    let draft = dialect == .seed ? readSeed(&spec) : readCsv(&spec)
    try spec.findings.throwErrors()
    guard let draft else { preconditionFailure("a netSpec was refused without a reason") }
    let counts = counts(
      of: draft, inputCount: inputCount, outputCount: outputCount, reportingTo: &spec)
    try spec.findings.throwErrors()
    return NetSpecDocument(
      network: Network(
        nodes: draft.nodes, inputCount: counts.inputs, outputCount: counts.outputs,
        connections: draft.connections, extendedTraces: draft.extendedTraces),
      dialect: dialect, isAutomatic: draft.isAutomatic, carriesStates: draft.carriesStates,
      warnings: spec.findings.warnings)
  }

  private func readSeed(_ spec: inout SpecLines) -> Draft? {
    let start = SourceLocation(file: spec.file, line: 1, column: 1)
    guard spec.advance() else {
      spec.report(.emptySpec(at: start))
      return nil
    }
    guard spec.fieldCount == 1, spec.fieldIs("0") || spec.fieldIs("1") else {
      let shown = spec.isBlank ? "blank" : "'\(spec.shown(0))'"
      spec.report(.firstLine(shown, at: spec.location(0)))
      return nil
    }
    let isAutomatic = spec.fieldIs("1")
    if spec.nextHasText {
      spec.report(.secondLine(at: SourceLocation(file: spec.file, line: 2, column: 1)))
    } else {
      _ = spec.advance()
    }
    if isAutomatic {
      var reader = SeedAutomaticReader(weights: weights)
      return reader.read(&spec)
    }
    warnOfUnusedWeights(&spec)
    var reader = SeedManualReader(inputCount: inputCount)
    return reader.read(&spec)
  }

  private func readCsv(_ spec: inout SpecLines) -> Draft? {
    var hasLine = spec.advance()
    while hasLine, spec.isBlank { hasLine = spec.advance() }
    guard hasLine else {
      spec.report(.emptySpec(at: SourceLocation(file: spec.file, line: 1, column: 1)))
      return nil
    }
    switch spec.fieldCount {
    case 2:
      guard let counts = spec.counts() else { return nil }
      warnOfUnusedWeights(&spec)
      var reader = CsvManualReader(counts: counts)
      return reader.read(&spec)
    case 4:
      var reader = CsvAutomaticReader(weights: weights, &spec)
      return reader?.read(&spec)
    default:
      let surplus = spec.fieldCount < 2 ? 1 : spec.fieldCount < 4 ? 2 : 4
      spec.report(.csvFirstLine(spec.fieldCount, at: spec.location(surplus)))
      return nil
    }
  }

  private func warnOfUnusedWeights(_ spec: inout SpecLines) {
    guard case .values(_, let file) = weights else { return }
    spec.report(.unusedWeights(file, at: SourceLocation(file: spec.file)))
  }
}

extension Diagnostic {
  fileprivate static func emptySpec(at location: SourceLocation) -> Diagnostic {
    Diagnostic(id: "empty-spec", "the file is empty", at: location)
  }

  fileprivate static func firstLine(_ shown: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "first-line", "the first line must be 0 (manual) or 1 (automatic), not \(shown)",
      at: location,
      hint: "for a spec whose fields are separated by commas give --dialect csv")
  }

  fileprivate static func secondLine(at location: SourceLocation) -> Diagnostic {
    Diagnostic(id: "second-line", "the second line must be blank", at: location)
  }

  fileprivate static func csvFirstLine(_ actual: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "field-count", "the first line has 2 or 4 fields, not \(actual)", at: location,
      hint: "a manual spec begins with numInputs, numOutputs; "
        + "an automatic one with numInputs, numOutputs, inputToOutput, biasOutput")
  }

  fileprivate static func unusedWeights(_ file: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, id: "unused-weights",
      "the spec is manual and has its own weights; those of \(file) are not used", at: location)
  }
}
