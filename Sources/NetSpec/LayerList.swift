import Diagnostics
import Network

/// The layers of an automatic netSpec: runs of blocks that are activated together.
struct LayerList {
  private var entries: [(blocks: Range<Int>, line: Int)] = []

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
}
