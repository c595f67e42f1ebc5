/// Widths of the fields of program words and addresses; twin of the word comments in
/// `hdl/lstmg_lane.v` and `hdl/lstmg_node_unit.v`.
public struct WordLayout: Hashable, Sendable {
  /// Four banks let a slow consumer lag behind by several frames.
  public static let outputBankBits = 2

  public let programDepth: Int
  public let positionBits: Int
  public let captureBits: Int
  public let stateSlotBits: Int
  public let slotBits: Int
  public let outputBits: Int
  /// Bits of a linear result's number of integer bits.
  public let integerBits: Int
  let plan: FormatPlan

  init(_ plan: FormatPlan, _ schedule: Schedule, _ map: MemoryMap, states: Int) {
    self.plan = plan
    programDepth = max(2, schedule.period)
    positionBits = Self.bits(for: programDepth)
    captureBits = Self.bits(for: schedule.capturesPerUnit)
    stateSlotBits = Self.bits(for: states)
    slotBits = Self.bits(for: map.slotCount)
    outputBits = Self.bits(for: map.outputIndices.count)
    integerBits = Self.bits(for: plan.maxLinearIntegerBits + 1)
  }

  /// Bits that number `count` things, at least one.
  static func bits(for count: Int) -> Int {
    count <= 2 ? 1 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}
