import FixedPoint
import Lowering

/// Hardware multipliers of a design: what its products need at the target's factor widths.
struct MultiplierCount {
  let perLane: Int
  let perUnit: Int

  init(_ plan: FormatPlan, _ target: TargetFamily) {
    func tiles(_ a: Int, _ b: Int) -> Int {
      let (wide, narrow) = target.multiplier
      func parts(_ width: Int, _ part: Int) -> Int { (width + part - 1) / part }
      return min(
        parts(a, wide) * parts(b, narrow), parts(a, narrow) * parts(b, wide))
    }
    perLane = tiles(plan.weightBits, plan.activationBits)
    // The gate's product and the table's interpolation.
    perUnit =
      tiles(plan.operand.width, plan.activationBits)
      + tiles(plan.table.slopeBits + 1, plan.table.offsetBits + 1)
  }

  func total(lanes: Int, units: Int) -> Int { lanes * perLane + units * perUnit }
}

/// What a design asks of a device, before any synthesis: an estimate from widths and depths.
public struct ResourcePlan: Sendable {
  /// Memories of one kind.
  public struct Memory: Sendable {
    public let name: String
    public let count: Int
    public let words: Int
    public let width: Int
    /// Block memories of one of them.
    public let blocks: Int
    public var bits: Int { count * words * width }
  }

  public let multipliers: Int
  public let memories: [Memory]
  /// Bits of memories that lie in lookup tables.
  public var tableBits: Int { memories.reduce(0) { $0 + ($1.blocks == 0 ? $1.bits : 0) } }
  public var memoryBits: Int { memories.reduce(0) { $0 + $1.bits } }
  public var memoryBlocks: Int { memories.reduce(0) { $0 + $1.count * $1.blocks } }

  public init(_ design: HardwareDesign, target: TargetFamily) {
    let plan = design.network.plan
    let layout = design.layout
    let (lanes, units) = (design.schedule.lanes, design.schedule.units)
    multipliers = MultiplierCount(plan, target).total(lanes: lanes, units: units)
    func memory(_ name: String, _ count: Int, words: Int, width: Int) -> Memory {
      let blocks = target.blockShapes.map { shape in
        ((width + shape.width - 1) / shape.width) * ((words + shape.depth - 1) / shape.depth)
      }
      return Memory(
        name: name, count: count, words: words, width: width, blocks: blocks.min() ?? 0)
    }
    // Widths of program words are those of the images, which nothing else knows.
    func width(_ suffix: String) -> Int {
      design.images.first { $0.suffix == suffix }?.words.first?.width ?? 0
    }
    memories = [
      memory("lane programs", lanes, words: layout.programDepth, width: width("lane00")),
      memory(
        "activation copies", lanes + 2 * units, words: 3 << layout.slotBits,
        width: plan.activationBits),
      memory("unit programs", units, words: layout.programDepth, width: width("unit00")),
      memory(
        "captured sums", units, words: 1 << (layout.captureBits + layout.captureAgeBits), width: plan.laneAccumulatorBits),
      memory(
        "states", units, words: 2 << layout.stateSlotBits, width: plan.formats.state.width),
      memory(
        "logistic tables", units, words: 1 << plan.table.segmentBits, width: width("logistic")),
      memory(
        "output frames", 1, words: 1 << (layout.outputBits + layout.outputBankBits),
        width: plan.activationBits),
    ]
  }
}
