import FixedPoint
import Lowering
import ModelKernels

/// A `ModelProgram` as the kernels read it.
final class LaneProgram {
  let network: QuantisedNetwork
  /// Rows of sums, and those of them that are always zero and one.
  let sums: DotProductBlocks

  private let levels: UnsafeMutableBufferPointer<lstmg_level>
  private let blocks: UnsafeMutableBufferPointer<lstmg_block>
  private let runs: UnsafeMutableBufferPointer<lstmg_run>
  private let cells: UnsafeMutableBufferPointer<lstmg_cell>
  private let addends: UnsafeMutableBufferPointer<lstmg_addend>
  private let shapes: UnsafeMutableBufferPointer<lstmg_addend_shape>
  private let sources: UnsafeMutableBufferPointer<Int32>
  private let weights: UnsafeMutableBufferPointer<Double>
  private let lines: UnsafeMutableBufferPointer<SIMD2<Double>>

  init(_ network: QuantisedNetwork) {
    self.network = network
    let program = ModelProgram(network, vectorsOfGates: false)
    let sums = program.blocks
    self.sums = sums
    levels = .aligned(program.levels.map(lstmg_level.init))
    blocks = .aligned(sums.blocks.map(lstmg_block.init))
    runs = .aligned(program.runs.map { lstmg_run($0, program) })
    cells = .aligned(program.cells.map { lstmg_cell(value: $0.value, state: $0.state) })
    addends = .aligned(
      program.addends.map {
        lstmg_addend(row: $0.index, gater_row: $0.gater, constant: Double($0.constant))
      })
    shapes = .aligned(program.shapes.map(lstmg_addend_shape.init))
    sources = .aligned(sums.sources)
    weights = .aligned(sums.weights)
    let half = Double.power(network.plan.table.productFractionBits - 1)
    lines = .aligned(
      GateEvaluator.lines(network.plan.table).map { SIMD2($0.x - half, $0.y) })
  }

  deinit {
    levels.deallocate()
    blocks.deallocate()
    runs.deallocate()
    cells.deallocate()
    addends.deallocate()
    shapes.deallocate()
    sources.deallocate()
    weights.deallocate()
    lines.deallocate()
  }

  /// Valid as long as this object lives.
  var kernel: lstmg_program {
    let plan = network.plan
    let table = plan.table
    let shift = LogisticTable.guardBits + table.slopeFractionBits
    let result = lstmg_rounding(right: shift)
    return lstmg_program(
      levels: levels.start, blocks: blocks.start, runs: runs.start, cells: cells.start,
      addends: addends.start, shapes: shapes.start, sources: sources.start,
      weights: weights.start,
      lines: UnsafeRawPointer(lines.start).assumingMemoryBound(to: Double.self),
      level_count: Int32(levels.count), offset_bits: Int32(table.offsetBits),
      gain: .init(right: plan.activationBits - 1), state: .init(right: plan.stateShift),
      logistic: result, tanh: .init(scale: 2 * result.scale, tie: result.tie),
      logistic_half: .power(table.productFractionBits - 1 - shift),
      wide_top: .top(plan.wideState.width), state_top: .top(plan.formats.state.width),
      argument_top: .top(table.argument.width), activation_top: .top(plan.activationBits))
  }
}

extension LogisticTable {
  /// Fraction bits of slope * offset.
  fileprivate var productFractionBits: Int { baseFractionBits + slopeFractionBits }
}

extension Double {
  fileprivate static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// The largest word of a width.
  fileprivate static func top(_ width: Int) -> Double { power(width - 1) - 1 }
}

extension lstmg_rounding {
  /// A shift to the left, or a rounded one to the right.
  init(left: Int = 0, right: Int) {
    self.init(scale: .power(left - max(0, right)), tie: Rounding.tie(right))
  }
}

extension lstmg_level {
  fileprivate init(_ level: ModelProgram.Level) {
    self.init(
      blocks: Int32(level.blocks.lowerBound), blocks_end: Int32(level.blocks.upperBound),
      runs: Int32(level.runs.lowerBound), runs_end: Int32(level.runs.upperBound))
  }
}

extension lstmg_block {
  fileprivate init(_ block: DotProductBlocks.Block) {
    self.init(
      width: Int32(block.width), current_count: Int32(block.current.count),
      previous_count: Int32(block.previous.count), sources: Int32(block.current.lowerBound),
      weights: Int32(block.weights), results: Int32(block.results))
  }
}

extension lstmg_addend_shape {
  fileprivate init(_ shape: AddendShape) {
    self.init(
      base: Int32(shape.base.rawValue), gater_base: Int32(shape.gaterBase.rawValue),
      alignment: .init(left: Int(shape.left), right: Int(shape.right)))
  }
}

extension lstmg_run {
  fileprivate init(_ run: ModelProgram.Run, _ program: ModelProgram) {
    let count = run.addendCount - (run.hasBias ? 1 : 0)
    // Without any gater the sum would be multiplied by a power of two and divided by it again.
    let isGated = (0..<count).contains { place in
      program.shapes[run.shapes + place].gaterBase != .sums
    }
    self.init(
      count: Int32(run.count), cells: Int32(run.cells), addends: Int32(run.addends),
      shapes: Int32(run.shapes), addend_count: Int32(count), is_gated: isGated ? 1 : 0,
      has_bias: run.hasBias ? 1 : 0, has_state: run.hasState ? 1 : 0,
      is_node: run.isNode ? 1 : 0, function: Int32(run.function.rawValue),
      result: .init(right: Int(run.shift)))
  }
}
