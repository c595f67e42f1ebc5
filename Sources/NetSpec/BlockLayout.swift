import Diagnostics
import Network

/// Where an automatic netSpec puts the nodes of its memory blocks and outputs.
struct BlockLayout {
  /// The nodes of a memory block, in the order in which they are laid out.
  enum Unit: Int, CaseIterable { case inputGate, forgetGate, cell, outputGate }

  /// Number of nodes before the first block: the inputs and the bias.
  let base: Int
  let blockCount: Int
  let outputCount: Int
  /// For each block the first block and the size of its layer; a block outside is a layer alone.
  private var layerFirst: [Int32]
  private var layerSize: [Int32]

  /// The layers must lie within the blocks and not overlap.
  init(base: Int, blockCount: Int, outputCount: Int, layers: [Range<Int>]) {
    self.base = base
    self.blockCount = blockCount
    self.outputCount = outputCount
    layerFirst = (0..<blockCount).map(Int32.init)
    layerSize = [Int32](repeating: 1, count: blockCount)
    for layer in layers {
      for block in layer {
        layerFirst[block] = Int32(layer.lowerBound)
        layerSize[block] = Int32(layer.count)
      }
    }
  }

  var nodeCount: Int { base + 4 * blockCount + outputCount }

  var outputs: Range<Int> { base + 4 * blockCount..<nodeCount }

  /// The units of a layer follow each other by kind: all input gates, then all forget gates, ...
  func node(_ unit: Unit, of block: Int) -> NodeID {
    let first = Int(layerFirst[block])
    return NodeID(base + 4 * first + Int(layerSize[block]) * unit.rawValue + block - first)
  }

  /// The block that a node is part of, nil for inputs and outputs.
  func block(of node: NodeID) -> Int? {
    (0..<blockCount).first { block in
      Unit.allCases.contains { self.node($0, of: block) == node }
    }
  }

  /// The nodes of a network with that layout; each block is declared by one line.
  func nodes(
    initialActivation: Double, settingsLine: Int?, blockLines: [Int32]
  ) -> [Node] {
    let outer = Node(
      state: 0, function: .logistic, initialActivation: initialActivation, line: settingsLine)
    var nodes = [Node](repeating: outer, count: nodeCount)
    for block in 0..<blockCount {
      for unit in Unit.allCases {
        nodes[node(unit, of: block).index].line = Int(blockLines[block])
      }
    }
    return nodes
  }
}
