import Diagnostics
import Network

/// Reads the automatic format of the seed dialect: settings and five lists about memory blocks.
struct SeedAutomaticReader {
  private enum List: Int {
    case settings, fromInputs, fromBias, layers, links, toOutputs, surplus
  }

  private let weights: WeightSource
  private var plan = SeedPlan()
  private var settings: Draft.Counts?
  private var hasSettingsLine = false
  private var list = List.settings
  /// Line that lists a block, per list; for the message about the second one.
  private var listed: [List: [Int: Int]] = [:]

  init(weights: WeightSource) { self.weights = weights }

  /// Reads the lists, which begin after the current line.
  mutating func read(_ spec: inout SpecLines) -> Draft? {
    while spec.advance() {
      if spec.isBlank {
        startNextList(&spec)
      } else if list == .surplus {
        spec.report(.surplusList(at: spec.location(0)))
        break
      } else {
        readLine(&spec)
      }
    }
    if list == .settings { startNextList(&spec) }
    plan.layers.reportOverlaps(to: &spec)
    guard spec.findings.errors.isEmpty, let settings else { return nil }
    return plan.build(settings, weights: weights, reportingTo: &spec)
  }

  private mutating func startNextList(_ spec: inout SpecLines) {
    if list == .settings, !hasSettingsLine {
      spec.report(.missingSettings(at: SourceLocation(file: spec.file, line: 3, column: 1)))
    }
    list = List(rawValue: list.rawValue + 1) ?? .surplus
  }

  private mutating func readLine(_ spec: inout SpecLines) {
    if let comma = spec.comma() {
      spec.report(.comma(at: comma))
      hasSettingsLine = true
      return
    }
    switch list {
    case .settings: readSettings(&spec)
    case .fromInputs: readBlock(&spec) { $0.fromInputs.append($1) }
    case .fromBias: readBlock(&spec) { $0.fromBias.append($1) }
    case .toOutputs: readBlock(&spec) { $0.toOutputs.append($1) }
    case .layers: if spec.expect(.layer) { plan.layers.read(&spec) }
    case .links: if spec.expect(.seedLink) { plan.links.read(&spec, dialect: .seed) }
    case .surplus: break
    }
  }

  private mutating func readSettings(_ spec: inout SpecLines) {
    guard !hasSettingsLine else {
      spec.report(.secondSettings(at: spec.location(0)))
      return
    }
    hasSettingsLine = true
    guard spec.expect(.seedSettings) else { return }
    settings = spec.counts()
    plan.connectsInputsToOutputs = spec.flag(2, "inputToOutput") ?? false
    plan.connectsBiasToOutputs = spec.flag(3, "biasToOutput") ?? false
  }

  private mutating func readBlock(
    _ spec: inout SpecLines, append: (inout SeedPlan, SeedPlan.Mention) -> Void
  ) {
    guard spec.expect(.block), let block = spec.block(0) else { return }
    if let first = listed[list, default: [:]][block] {
      spec.report(
        .duplicateBlock(
          block, at: spec.location(0), first: spec.location(line: first, field: 0)))
      return
    }
    listed[list, default: [:]][block] = spec.line
    append(&plan, SeedPlan.Mention(block: block, line: spec.line))
  }
}

extension LineShape {
  fileprivate static let seedSettings = LineShape(
    "the settings line", "numInputs", "numOutputs", "inputToOutput", "biasToOutput")
  fileprivate static let block = LineShape("a line of this list", "block")
  fileprivate static let layer = LineShape("a layer", "firstBlock", "layerSize")
  fileprivate static let seedLink = LineShape(
    "a connection of blocks", "sendingBlock", "receivingBlock", "type")
}

extension Diagnostic {
  fileprivate static func missingSettings(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "missing-settings", "the line of settings is missing", at: location,
      hint: "write numInputs numOutputs inputToOutput biasToOutput")
  }

  fileprivate static func secondSettings(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "second-settings", "the settings are a single line; a blank line must follow it",
      at: location)
  }

  fileprivate static func surplusList(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "surplus-list", "a sixth list begins here; an automatic spec has five", at: location,
      hint: "two blank lines in a row enclose an empty list")
  }

  static func duplicateBlock(
    _ block: Int, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "duplicate-block", "block \(block) is listed twice", at: location,
      notes: [Note("first listed here", at: first)])
  }
}
