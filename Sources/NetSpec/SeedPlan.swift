import Diagnostics
import Network

/// A network as the automatic format of the seed dialect describes it.
struct SeedPlan {
  /// A block in a list and the line of it.
  struct Mention {
    let block: Int
    let line: Int
  }

  var connectsInputsToOutputs = false
  var connectsBiasToOutputs = false
  var fromInputs: [Mention] = []
  var fromBias: [Mention] = []
  var layers = LayerList()
  var links = LinkList()
  var toOutputs: [Mention] = []

  /// Makes the network; reports what makes it impossible. The settings do not count the bias.
  func build(
    _ settings: Draft.Counts, weights: WeightSource, reportingTo spec: inout SpecLines
  ) -> Draft? {
    let hasBias = connectsBiasToOutputs || !fromBias.isEmpty
    let counts = Draft.Counts(
      inputs: settings.inputs + (hasBias ? 1 : 0), outputs: settings.outputs, addsBias: hasBias,
      inputsLocation: settings.inputsLocation, outputsLocation: settings.outputsLocation)
    let builder = AutomaticBuilder(
      counts, blockCount: blockCount, layers: layers.layers, drawCount: drawCount(settings),
      weights: weights, dialect: .seed, reportingTo: &spec)
    guard var builder else { return nil }
    connectOutputs(settings, with: &builder)
    for block in 0..<blockCount { builder.addSelfConnection(of: block) }
    connectBlocks(settings, with: &builder)
    for link in links.links { connect(link, with: &builder) }
    for mention in toOutputs {
      let cell = builder.layout.node(.cell, of: mention.block)
      let gate = builder.layout.node(.outputGate, of: mention.block)
      for output in builder.layout.outputs {
        builder.connect(cell, to: NodeID(output), gater: gate)
      }
    }
    return builder.draft(
      blockLines: blockLines(settingsLine: settings.inputsLocation.line), reportingTo: &spec)
  }

  /// Blocks that no list mentions exist up to the largest one that is mentioned.
  private var blockCount: Int {
    let mentioned = (fromInputs + fromBias + toOutputs).map(\.block)
    let linked = links.links.map { max($0.from, $0.to) }
    let layered = layers.layers.map { $0.upperBound - 1 }
    return 1 + max(mentioned.max() ?? -1, linked.max() ?? -1, layered.max() ?? -1)
  }

  private func drawCount(_ settings: Draft.Counts) -> Int {
    var count = links.links.reduce(0) { $0 + $1.type.connectionCount }
    if connectsInputsToOutputs { count += settings.inputs * settings.outputs }
    if connectsBiasToOutputs { count += settings.outputs }
    count += 4 * settings.inputs * fromInputs.count + 4 * fromBias.count
    return count + settings.outputs * toOutputs.count
  }

  private func connectOutputs(_ settings: Draft.Counts, with builder: inout AutomaticBuilder) {
    if connectsInputsToOutputs {
      for input in 0..<settings.inputs {
        for output in builder.layout.outputs {
          builder.connect(NodeID(input), to: NodeID(output))
        }
      }
    }
    if connectsBiasToOutputs {
      for output in builder.layout.outputs {
        builder.connect(NodeID(settings.inputs), to: NodeID(output))
      }
    }
  }

  private func connectBlocks(_ settings: Draft.Counts, with builder: inout AutomaticBuilder) {
    for mention in fromInputs {
      for input in 0..<settings.inputs {
        connect(NodeID(input), toBlock: mention.block, with: &builder)
      }
    }
    for mention in fromBias {
      connect(NodeID(settings.inputs), toBlock: mention.block, with: &builder)
    }
  }

  private func connect(
    _ source: NodeID, toBlock block: Int, with builder: inout AutomaticBuilder
  ) {
    let layout = builder.layout
    builder.connect(source, to: layout.node(.inputGate, of: block))
    builder.connect(source, to: layout.node(.forgetGate, of: block))
    builder.connect(
      source, to: layout.node(.cell, of: block), gater: layout.node(.inputGate, of: block))
    builder.connect(source, to: layout.node(.outputGate, of: block))
  }

  private func connect(_ link: LinkList.Link, with builder: inout AutomaticBuilder) {
    let layout = builder.layout
    let source = layout.node(.cell, of: link.from)
    let gater = link.type == .ungatedPeephole ? nil : layout.node(.outputGate, of: link.from)
    let inputGate = layout.node(.inputGate, of: link.to)
    builder.connect(source, to: inputGate, gater: gater)
    builder.connect(source, to: layout.node(.forgetGate, of: link.to), gater: gater)
    if link.type == .downstream {
      builder.connect(source, to: layout.node(.cell, of: link.to), gater: inputGate)
    }
    builder.connect(source, to: layout.node(.outputGate, of: link.to), gater: gater)
  }

  /// The first line that speaks of each block, in the order of the lists.
  private func blockLines(settingsLine: Int?) -> [Int32] {
    var lines = [Int32](repeating: 0, count: blockCount)
    func note(_ block: Int, _ line: Int) {
      if lines[block] == 0 { lines[block] = Int32(clamping: line) }
    }
    for mention in fromInputs + fromBias { note(mention.block, mention.line) }
    for (layer, line) in zip(layers.layers, layers.lines) {
      for block in layer { note(block, line) }
    }
    for link in links.links {
      note(link.from, link.line)
      note(link.to, link.line)
    }
    for mention in toOutputs { note(mention.block, mention.line) }
    return lines.map { $0 == 0 ? Int32(clamping: settingsLine ?? 0) : $0 }
  }
}
