/// Widths of the fields of program words and addresses; twin of the word comments in
/// `hdl/lstmg_lane.v` and `hdl/lstmg_node_unit.v`.
public struct WordLayout: Hashable, Sendable {
  public let programDepth: Int
  public let positionBits: Int
  public let stageBits: Int
  public let captureBits: Int
  public let captureAgeBits: Int
  public let stateSlotBits: Int
  public let slotBits: Int
  public let outputBits: Int
  public let outputBankBits: Int
  /// Bits of a linear result's number of integer bits.
  public let integerBits: Int
  let plan: FormatPlan

  init(_ plan: FormatPlan, _ schedule: Schedule, _ map: MemoryMap, states: Int) {
    self.plan = plan
    programDepth = max(2, schedule.period)
    positionBits = Self.bits(for: programDepth)
    stageBits = Self.bits(for: schedule.stages)
    captureBits = Self.bits(for: schedule.capturesPerUnit)
    captureAgeBits = schedule.captureAgeBits
    stateSlotBits = Self.bits(for: states)
    slotBits = Self.bits(for: map.slotCount)
    outputBits = Self.bits(for: map.outputIndices.count)
    // A bank is taken from the start of a step until its frame is sent: enough of them that steps
    // never wait for one while the consumer is ready, and at least four for one that lags behind.
    let occupied = schedule.outputResult + 4 + map.outputIndices.count
    outputBankBits = max(2, Self.bits(for: (occupied + schedule.period - 1) / schedule.period))
    integerBits = Self.bits(for: plan.maxLinearIntegerBits + 1)
  }

  /// Bits that number `count` things, at least one.
  static func bits(for count: Int) -> Int {
    count <= 2 ? 1 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}
