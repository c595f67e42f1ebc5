import Diagnostics
import Network

/// Reads the automatic format of the csv dialect: settings, then memory blocks, connections of
/// blocks and layers, told apart by their field counts.
struct CsvAutomaticReader {
  private let weights: WeightSource
  private let counts: Draft.Counts
  private var plan: CsvPlan
  private var lineOfBlock: [Int: Int] = [:]
  /// False after a line that may have been that of a block.
  private var blocksAreComplete = true

  /// The current line must be that of the settings, with its four fields; nil if it is unusable.
  init?(weights: WeightSource, _ spec: inout SpecLines) {
    let counts = spec.counts()
    let inputToOutput = spec.flag(2, "inputToOutput")
    let biasOutput = spec.flag(3, "biasOutput")
    guard let counts else { return nil }
    self.weights = weights
    self.counts = counts
    plan = CsvPlan(
      counts: counts, connectsInputsToOutputs: inputToOutput ?? false,
      connectsBiasToOutputs: biasOutput ?? false)
  }

  /// Reads what follows the settings.
  mutating func read(_ spec: inout SpecLines) -> Draft? {
    while spec.advance() {
      switch spec.fieldCount {
      case 0: continue
      case 2: plan.layers.read(&spec)
      case 3: plan.links.read(&spec, dialect: .csv)
      case 4: readBlock(&spec)
      default:
        spec.report(.automaticFieldCount(spec.fieldCount, at: spec.location(4)))
        blocksAreComplete = false
      }
    }
    guard !spec.findings.isFull else { return nil }
    if blocksAreComplete { checkBlocks(&spec) }
    plan.layers.reportOverlaps(to: &spec)
    if plan.usesBias, counts.inputs == 0 {
      spec.report(.missingBias(at: counts.inputsLocation))
    }
    return spec.findings.errors.isEmpty ? plan.build(weights: weights, reportingTo: &spec) : nil
  }

  private mutating func readBlock(_ spec: inout SpecLines) {
    let index = spec.block(0)
    let receivesInput = spec.flag(1, "receiveInput") ?? false
    let sendsToOutput = spec.flag(2, "sendToOutput") ?? false
    let isBiased = spec.flag(3, "biased") ?? false
    guard let index else {
      blocksAreComplete = false
      return
    }
    if let first = lineOfBlock[index] {
      spec.report(
        .duplicateBlock(
          index, at: spec.location(0), first: spec.location(line: first, field: 0)))
      return
    }
    lineOfBlock[index] = spec.line
    plan.blocks.append(
      CsvPlan.Block(
        index: index, receivesInput: receivesInput, sendsToOutput: sendsToOutput,
        isBiased: isBiased, line: spec.line))
  }

  /// The blocks must be 0, 1, ... without a gap, and nothing may speak of others.
  private func checkBlocks(_ spec: inout SpecLines) {
    let count = lineOfBlock.count
    let missing = (0..<count).filter { lineOfBlock[$0] == nil }
    if let first = missing.first, let later = lineOfBlock.keys.filter({ $0 > first }).min() {
      spec.report(
        .missingBlock(
          first, at: spec.location(line: lineOfBlock[later] ?? 1, field: 0)))
      return
    }
    for link in plan.links.links {
      for (block, field) in [(link.to, 0), (link.from, 1)] where block >= count {
        let place = spec.location(line: link.line, field: field)
        spec.report(.unknownBlock(block, count: count, at: place))
      }
    }
    for (layer, line) in zip(plan.layers.layers, plan.layers.lines) where layer.upperBound > count {
      let field = layer.lowerBound < count ? 1 : 0
      let place = spec.location(line: line, field: field)
      spec.report(.unknownBlock(layer.upperBound - 1, count: count, at: place))
    }
  }
}

extension Diagnostic {
  fileprivate static func automaticFieldCount(
    _ actual: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "field-count", "a line has 2, 3 or 4 fields, not \(actual)", at: location,
      hint: "blocks are memoryBlock, receiveInput, sendToOutput, biased; connections of blocks "
        + "toBlock, fromBlock, type; layers firstBlock, layerSize")
  }

  fileprivate static func missingBlock(_ block: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "missing-block", "memory block \(block) is missing", at: location,
      hint: "the memory blocks are numbered 0, 1, 2, ... and each has a line")
  }

  fileprivate static func unknownBlock(
    _ block: Int, count: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-block",
      "block \(block) does not exist: "
        + (count == 0 ? "there are none" : "the blocks are 0 to \(count - 1)"),
      at: location)
  }

  fileprivate static func missingBias(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "missing-bias", "a bias is used, but there are 0 inputs", at: location,
      hint: "numInputs counts the bias, which is the last input")
  }
}
