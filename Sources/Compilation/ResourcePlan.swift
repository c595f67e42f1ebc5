import FixedPoint
import Lowering

/// Hardware multipliers of a design: what its products need at the target's factor widths.
struct MultiplierCount {
  let perLane: Int
  let perUnit: Int

  /// `hasProducts` tells whether units multiply two activations beside everything else.
  init(_ plan: FormatPlan, _ target: TargetFamily, hasProducts: Bool) {
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
      + (hasProducts ? tiles(plan.activationBits, plan.activationBits) : 0)
  }

  func total(lanes: Int, units: Int) -> Int { lanes * perLane + units * perUnit }
}

/// What a design asks of a device, before any synthesis: multipliers and memories follow from widths
/// and depths.
public struct ResourcePlan: Sendable {
  /// Memories of one kind.
  public struct Memory: Sendable {
    public let name: String
    public let count: Int
    public let words: Int
    public let width: Int
    /// Block memories of one of them; none if it lies in lookup tables.
    public let blocks: Int
    /// Single-port memories of one of them.
    public var spramBlocks = 0
    public var bits: Int { count * words * width }
  }

  public let multipliers: Int
  public let memories: [Memory]
  /// Bits of memories that are not single-port ones.
  public var memoryBits: Int { memories.reduce(0) { $0 + ($1.spramBlocks == 0 ? $1.bits : 0) } }
  public var spramBlocks: Int { memories.reduce(0) { $0 + $1.count * $1.spramBlocks } }
  public var memoryBlocks: Int { memories.reduce(0) { $0 + $1.count * $1.blocks } }
  /// Bits of memories that lie in lookup tables.
  public var tableBits: Int {
    memories.reduce(0) { $0 + ($1.blocks + $1.spramBlocks == 0 ? $1.bits : 0) }
  }

  public init(_ design: HardwareDesign, target: TargetFamily) {
    let plan = design.network.plan
    let layout = design.layout
    let (lanes, units) = (design.schedule.lanes, design.schedule.units)
    multipliers = MultiplierCount(
      plan, target, hasProducts: design.schedule.profile.hasProductPath
    ).total(lanes: lanes, units: units)
    func memory(
      _ name: String, _ count: Int, _ use: MemoryUse, words: Int, width: Int
    ) -> Memory {
      let blocks = target.memoryBlocks(use, words: words, width: width)
      return Memory(name: name, count: count, words: words, width: width, blocks: blocks)
    }
    let streams = design.schedule.streams
    let laneMemories =
      design.hasWeightsInProgram
      ? [
        memory(
          "lane programs", lanes, .read, words: layout.programDepth, width: design.laneWordBits)
      ]
      : [
        memory(
          "source programs", streams, .read, words: layout.programDepth,
          width: design.sourceWordBits),
        design.loadsWeights
          ? Memory(
            name: "weights", count: lanes, words: layout.programDepth, width: plan.weightBits,
            blocks: 0, spramBlocks: 1)
          : memory("weights", lanes, .read, words: layout.programDepth, width: plan.weightBits),
      ]
    let others = [
      memory(
        "lane copies", streams, .written, words: 3 << layout.laneSlotBits,
        width: plan.activationBits),
      memory(
        "gate copies", design.map.window(.gate).isRead ? units : 0, .written,
        words: 3 << layout.gateSlotBits, width: plan.activationBits),
      memory(
        "addend copies", design.map.window(.value).isRead ? units : 0, .written,
        words: 3 << layout.valueSlotBits, width: plan.activationBits),
      memory(
        "unit programs", units, .read,
        words: layout.operationDepth > 0 ? layout.operationDepth : layout.programDepth,
        width: design.unitWordBits),
      memory(
        "unit marks", layout.operationDepth > 0 ? units : 0, .read, words: layout.programDepth,
        width: 2),
      memory(
        "captured sums", layout.hasCaptures ? units : 0, .scratch,
        words: 1 << (layout.captureBits + layout.captureAgeBits),
        width: plan.laneAccumulatorBits),
      memory(
        "states", units, .written, words: 2 << layout.stateSlotBits,
        width: plan.formats.state.width),
      memory(
        "logistic tables", units, .read, words: 1 << plan.table.segmentBits,
        width: plan.table.baseBits - 2 + plan.table.slopeBits),
      memory(
        "output frames", 1, .frames, words: 1 << (layout.outputBits + layout.outputBankBits),
        width: plan.activationBits),
    ]
    memories = (laneMemories + others).filter { $0.count > 0 }
  }
}

/// How a memory is used, as far as it decides where it lies.
enum MemoryUse {
  /// Has an image and is never written.
  case read
  /// Has an image and is written.
  case written
  /// Has no image.
  case scratch
  /// Frames on their way out, in the port's own memory.
  case frames
}

extension TargetFamily {
  /// Block memories of a memory; 0 if it lies in lookup tables.
  func memoryBlocks(_ use: MemoryUse, words: Int, width: Int) -> Int {
    switch self {
    case .ecp5: ecp5Blocks(use, words: words, width: width)
    case .generic, .ice40, .gowin, .xilinx: inferredBlocks(words: words, width: width)
    }
  }

  /// What `hdl/ecp5` builds: columns as wide as a block can give at that depth. Where nothing is
  /// written, two columns of 512 words share a block.
  private func ecp5Blocks(_ use: MemoryUse, words: Int, width: Int) -> Int {
    if use == .scratch, words <= 32 { return 0 }
    if use == .frames { return inferredBlocks(words: words, width: width) }
    let column =
      switch words {
      case ...1024: 18
      case ...2048: 9
      case ...4096: 4
      case ...8192: 2
      default: 1
      }
    let columns = (width + column - 1) / column
    return use == .read && words <= 512 && width > 18 ? (columns + 1) / 2 : columns
  }

  /// What synthesis makes of a memory at most.
  private func inferredBlocks(words: Int, width: Int) -> Int {
    // A memory so small is not worth a block where lookup tables can be memories.
    if self == .ecp5, words * width <= 1024 { return 0 }
    return blockShapes.map { shape in
      ((width + shape.width - 1) / shape.width) * ((words + shape.depth - 1) / shape.depth)
    }.min() ?? 0
  }
}
