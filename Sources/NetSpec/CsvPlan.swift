import Diagnostics
import Network

/// A network as the automatic format of the csv dialect describes it.
struct CsvPlan {
  struct Block {
    let index: Int
    let receivesInput: Bool
    let sendsToOutput: Bool
    let isBiased: Bool
    let line: Int
  }

  /// The inputs include the bias, if there is one.
  let counts: Draft.Counts
  let connectsInputsToOutputs: Bool
  let connectsBiasToOutputs: Bool
  /// In the order of their lines, which is that of the draws.
  var blocks: [Block] = []
  var links = LinkList()
  var layers = LayerList()

  /// Whether the last input is a bias.
  var usesBias: Bool { connectsBiasToOutputs || blocks.contains(where: \.isBiased) }

  /// Makes the network; reports what makes it impossible.
  func build(weights: WeightSource, reportingTo spec: inout SpecLines) -> Draft? {
    let builder = AutomaticBuilder(
      counts, blockCount: blocks.count, layers: layers.layers, drawCount: drawCount,
      weights: weights, dialect: .csv, reportingTo: &spec)
    guard var builder else { return nil }
    for output in builder.layout.outputs { connectOutput(NodeID(output), with: &builder) }
    for block in blocks { connect(block, with: &builder) }
    for link in links.links { connect(link, with: &builder) }
    var blockLines = [Int32](repeating: 0, count: blocks.count)
    for block in blocks { blockLines[block.index] = Int32(clamping: block.line) }
    return builder.draft(blockLines: blockLines, reportingTo: &spec)
  }

  /// The inputs without the bias.
  private var trueInputs: Range<Int> { 0..<counts.inputs - (usesBias ? 1 : 0) }
  private var bias: NodeID { NodeID(counts.inputs - 1) }

  private var drawCount: Int {
    var count = links.links.reduce(0) { $0 + $1.type.connectionCount }
    if connectsInputsToOutputs { count += trueInputs.count * counts.outputs }
    if connectsBiasToOutputs { count += counts.outputs }
    for block in blocks {
      if block.receivesInput { count += 4 * trueInputs.count }
      if block.sendsToOutput { count += counts.outputs }
      if block.isBiased { count += 4 }
    }
    return count
  }

  private func connectOutput(_ output: NodeID, with builder: inout AutomaticBuilder) {
    if connectsInputsToOutputs {
      for input in trueInputs { builder.connect(NodeID(input), to: output) }
    }
    if connectsBiasToOutputs { builder.connect(bias, to: output) }
  }

  private func connect(_ block: Block, with builder: inout AutomaticBuilder) {
    let layout = builder.layout
    let inputGate = layout.node(.inputGate, of: block.index)
    let forgetGate = layout.node(.forgetGate, of: block.index)
    let outputGate = layout.node(.outputGate, of: block.index)
    let cell = layout.node(.cell, of: block.index)
    if block.receivesInput {
      for input in trueInputs {
        builder.connect(NodeID(input), to: inputGate)
        builder.connect(NodeID(input), to: forgetGate)
        builder.connect(NodeID(input), to: outputGate)
        builder.connect(NodeID(input), to: cell, gater: inputGate)
      }
    }
    if block.sendsToOutput {
      for output in layout.outputs {
        builder.connect(cell, to: NodeID(output), gater: outputGate)
      }
    }
    if block.isBiased {
      for unit in [inputGate, forgetGate, cell, outputGate] { builder.connect(bias, to: unit) }
    }
    builder.addSelfConnection(of: block.index)
  }

  private func connect(_ link: LinkList.Link, with builder: inout AutomaticBuilder) {
    let layout = builder.layout
    let source = layout.node(.cell, of: link.from)
    let gater = link.type == .ungatedPeephole ? nil : layout.node(.outputGate, of: link.from)
    let inputGate = layout.node(.inputGate, of: link.to)
    for unit in [.inputGate, .forgetGate, .outputGate] as [BlockLayout.Unit] {
      builder.connect(source, to: layout.node(unit, of: link.to), gater: gater)
    }
    guard link.type == .downstream else { return }
    if link.from == link.to {
      // The first program stored both under one key, so the later one took the place of the other.
      builder.replaceSelfConnection(of: link.to, gater: inputGate)
    } else {
      builder.connect(source, to: layout.node(.cell, of: link.to), gater: inputGate)
    }
  }
}
