/// Widths of the fields of program words and addresses; twin of the word comments in
/// `hdl/lstmg_stream.v`, `hdl/lstmg_unit_program.v` and `hdl/lstmg_node_unit.v`.
public struct WordLayout: Hashable, Sendable {
  public let programDepth: Int
  public let positionBits: Int
  /// Words of a unit's operation memory, one an operation and the idle one; 0 where the program has a
  /// word for every position instead.
  public let operationDepth: Int
  public var operationBits: Int { Self.bits(for: operationDepth) }
  public let stageBits: Int
  public let captureBits: Int
  /// Whether any sum waits for its operation.
  public let hasCaptures: Bool
  public let captureAgeBits: Int
  public let stateSlotBits: Int
  public let slotBits: Int
  /// Bits of a slot inside the window of each kind of copy.
  public let laneSlotBits: Int
  public let gateSlotBits: Int
  public let valueSlotBits: Int
  public let outputBits: Int
  public let outputBankBits: Int
  /// Bits of a linear result's number of integer bits.
  public let integerBits: Int
  let plan: FormatPlan

  init(
    _ plan: FormatPlan, _ schedule: Schedule, _ map: MemoryMap, states: Int,
    program: ProgramForm
  ) {
    self.plan = plan
    programDepth = max(2, schedule.period)
    operationDepth = Self.operationDepth(schedule, program)
    positionBits = Self.bits(for: programDepth)
    stageBits = Self.bits(for: schedule.stages)
    captureBits = Self.bits(for: schedule.capturesPerUnit)
    hasCaptures = schedule.capturesPerUnit > 0
    captureAgeBits = schedule.captureAgeBits
    stateSlotBits = Self.bits(for: states)
    slotBits = Self.bits(for: map.slotCount)
    laneSlotBits = map.window(.lane).bits
    gateSlotBits = map.window(.gate).bits
    valueSlotBits = map.window(.value).bits
    outputBits = Self.bits(for: map.outputIndices.count)
    // A bank is taken from the start of a step until its frame is sent: enough of them that steps
    // never wait for one while the consumer is ready, and at least four for one that lags behind.
    // Between the last beat and the next start the sequencer hears of it and counts: four cycles.
    let occupied =
      schedule.outputResult + schedule.profile.controlStages + schedule.profile.output
      + map.outputIndices.count + 4
    outputBankBits = max(2, Self.bits(for: (occupied + schedule.period - 1) / schedule.period))
    integerBits = Self.bits(for: plan.maxLinearIntegerBits + 1)
  }

  /// Marks are so much narrower than operations that they do not count.
  private static func operationDepth(_ schedule: Schedule, _ program: ProgramForm) -> Int {
    let operations = schedule.operations.map { $0.count { $0 != nil } }.max() ?? 0
    switch program {
    case .positions: return 0
    case .operations: return operations + 1
    case .shortest(let block):
      return operations / block < (schedule.period - 1) / block ? operations + 1 : 0
    }
  }

  /// Bits that number `count` things, at least one.
  static func bits(for count: Int) -> Int {
    count <= 2 ? 1 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}

/// What a unit's program has words for.
public enum ProgramForm: Sendable {
  /// Every position.
  case positions
  /// Every operation; a position only marks that the next one begins.
  case operations
  /// Whichever takes fewer memories of so many words.
  case shortest(block: Int)
}
