import Diagnostics
import Network

/// The layers of an automatic netSpec: runs of blocks that are activated together.
struct LayerList {
  private var entries: [(blocks: Range<Int>, line: Int)] = []

  var isEmpty: Bool { entries.isEmpty }
  var layers: [Range<Int>] { entries.map(\.blocks) }
  var lines: [Int] { entries.map(\.line) }

  /// Reads a layer from the current line, which has two fields.
  mutating func read(_ spec: inout SpecLines) {
    let first = spec.block(0)
    guard let size = spec.integer(1) else { return }
    guard size >= 1 else {
      spec.report(.layerSize(spec.shown(1), at: spec.location(1)))
      return
    }
    guard let first else { return }
    let (end, overflowed) = first.addingReportingOverflow(size)
    guard !overflowed, end <= Limits.blocks else {
      spec.report(.tooManyBlocks(overflowed ? Int.max : end, at: spec.location(1)))
      return
    }
    entries.append((first..<end, spec.line))
  }

  /// Reports every layer that shares a block with another one.
  func reportOverlaps(to spec: inout SpecLines) {
    let sorted = entries.sorted {
      ($0.blocks.lowerBound, $0.line) < ($1.blocks.lowerBound, $1.line)
    }
    guard var widest = sorted.first else { return }
    for layer in sorted.dropFirst() {
      if layer.blocks.lowerBound < widest.blocks.upperBound {
        let (early, late) = layer.line < widest.line ? (layer, widest) : (widest, layer)
        spec.report(
          .overlappingLayers(
            layer.blocks.lowerBound, at: spec.location(line: late.line, field: 0),
            other: spec.location(line: early.line, field: 0)))
      }
      if layer.blocks.upperBound > widest.blocks.upperBound { widest = layer }
    }
  }
}

extension Limits {
  /// A block has four nodes.
  static let blocks = nodes / 4
}

extension SpecLines {
  /// The index of a memory block.
  mutating func block(_ field: Int) -> Int? {
    guard let block = integer(field) else { return nil }
    guard block >= 0 else {
      report(.negativeBlock(shown(field), at: location(field)))
      return nil
    }
    guard block < Limits.blocks else {
      report(.tooManyBlocks(block == Int.max ? block : block + 1, at: location(field)))
      return nil
    }
    return block
  }

  /// A setting that is 0 or 1.
  mutating func flag(_ field: Int, _ name: String) -> Bool? {
    guard let value = integer(field) else { return nil }
    guard value == 0 || value == 1 else {
      report(.badFlag(name, shown(field), at: location(field)))
      return nil
    }
    return value == 1
  }

  /// A number of inputs or outputs.
  mutating func count(_ field: Int, _ name: String, atLeast least: Int) -> Int? {
    guard let value = integer(field) else { return nil }
    guard value >= least else {
      report(.badCount(name, shown(field), least: least, at: location(field)))
      return nil
    }
    guard value <= Limits.nodes else {
      report(.tooLarge("nodes", value, limit: Limits.nodes, at: location(field)))
      return nil
    }
    return value
  }

  /// Numbers of inputs and outputs in the first two fields of the current line.
  mutating func counts(addsBias: Bool = false) -> Draft.Counts? {
    let inputs = count(0, "numInputs", atLeast: 0)
    let outputs = count(1, "numOutputs", atLeast: 1)
    guard let inputs, let outputs else { return nil }
    return Draft.Counts(
      inputs: inputs, outputs: outputs, addsBias: addsBias, inputsLocation: location(0),
      outputsLocation: location(1))
  }
}

extension Diagnostic {
  fileprivate static func layerSize(_ token: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(id: "layer-size", "layer size \(token) must be at least 1", at: location)
  }

  fileprivate static func overlappingLayers(
    _ block: Int, at location: SourceLocation, other: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "overlapping-layers", "block \(block) is in two layers", at: location,
      notes: [Note("the other layer is here", at: other)])
  }

  fileprivate static func negativeBlock(
    _ token: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "negative-block", "block \(token) does not exist: blocks are numbered from 0",
      at: location)
  }

  static func tooManyBlocks(_ count: Int, at location: SourceLocation) -> Diagnostic {
    tooLarge("memory blocks", count, limit: Limits.blocks, at: location)
  }

  fileprivate static func badFlag(
    _ name: String, _ token: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(id: "bad-flag", "\(name) is \(token), it must be 0 or 1", at: location)
  }

  static func badCount(
    _ name: String, _ token: String, least: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "bad-count", "\(name) is \(token), it must be at least \(least)", at: location)
  }
}
