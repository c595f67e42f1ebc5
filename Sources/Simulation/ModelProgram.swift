import FixedPoint
import Lowering

/// The arithmetic of a fixed-point network laid out for a processor: dependence level after
/// dependence level, in each the sums first, as vectors, then the cells that take them, in runs of
/// equal shape.
///
/// It computes what `FixedPointSimulator` says, every word of it; additions are exact, so that only
/// dependences order them.
struct ModelProgram: Sendable {
  /// What one dependence level does.
  struct Level: Sendable {
    let blocks: Range<Int>
    /// Gates with the logistic function and with tanh, in fours.
    let logistic: Range<Int>
    let tanh: Range<Int>
    let runs: Range<Int>
  }

  /// Cells side by side that differ in places and constants alone.
  struct Run: Sendable {
    let count: Int
    /// The first one's among `cells`.
    let cells: Int
    /// Of one cell.
    let addendCount: Int
    /// The first cell's first among `addends`.
    let addends: Int
    /// The first among `shapes`.
    let shapes: Int
    let hasBias: Bool
    let hasState: Bool
    let isNode: Bool
    let function: CellShape.Function
    let shift: UInt8
  }

  /// Where a cell writes.
  struct CellPlace: Sendable {
    let value: Int32
    /// -1 without one.
    let state: Int32
  }

  private(set) var levels: [Level] = []
  let blocks: DotProductBlocks
  private(set) var gates: [GateVector] = []
  private(set) var runs: [Run] = []
  private(set) var cells: [CellPlace] = []
  private(set) var addends: [AddendPlace] = []
  private(set) var shapes: [AddendShape] = []

  /// `vectorsOfGates` says whether gates become `gates`; otherwise they are runs like other cells.
  init(_ network: QuantisedNetwork, vectorsOfGates: Bool = true) {
    let depths = DependenceDepths(network)
    blocks = DotProductBlocks(
      network, levels: depths.ofSums, of: depths.count, widest: vectorsOfGates ? 16 : 8)
    for (level, members) in depths.cells.enumerated() {
      let start = (gates.count, runs.count)
      // The order of first appearance, not that of a hash table.
      var order: [CellShape] = []
      var byShape: [CellShape: [QuantisedNetwork.Cell]] = [:]
      var logistic: [Gate] = []
      var tanh: [Gate] = []
      for cell in members.map({ network.cells[$0] }) {
        if vectorsOfGates, let gate = Gate(cell, network, blocks) {
          if cell.output == .tanh { tanh.append(gate) } else { logistic.append(gate) }
          continue
        }
        let shape = CellShape(cell, network)
        if byShape[shape] == nil { order.append(shape) }
        byShape[shape, default: []].append(cell)
      }
      gates += GateVector.vectors(logistic, spare: network.initialValues.count, blocks)
      let middle = gates.count
      gates += GateVector.vectors(tanh, spare: network.initialValues.count, blocks)
      for shape in order { add(byShape[shape] ?? [], shape, network) }
      levels.append(
        Level(
          blocks: blocks.levels[level], logistic: start.0..<middle, tanh: middle..<gates.count,
          runs: start.1..<runs.count))
    }
  }

  private mutating func add(
    _ members: [QuantisedNetwork.Cell], _ shape: CellShape, _ network: QuantisedNetwork
  ) {
    runs.append(
      Run(
        count: members.count, cells: cells.count, addendCount: shape.addends.count,
        addends: addends.count, shapes: shapes.count, hasBias: shape.hasBias,
        hasState: shape.hasState, isNode: shape.isNode,
        function: shape.function, shift: shape.shift))
    shapes += shape.addends
    for cell in members {
      cells.append(
        CellPlace(value: Int32(cell.value), state: cell.stateSlot.map(Int32.init) ?? -1))
      addends += network.allAddends(of: cell).map {
        AddendPlace($0, slot: cell.stateSlot, blocks)
      }
    }
  }
}
