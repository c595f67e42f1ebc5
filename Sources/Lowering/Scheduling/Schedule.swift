/// Which lane and unit does what in which cycle of a program that repeats with every step.
///
/// A step takes longer than a period: while it ends, the next one has begun. What a slot of the
/// program does belongs to the step that began `stage` periods ago.
public struct Schedule: Sendable {
  /// One cycle of a lane's program.
  public struct LaneSlot: Hashable, Sendable {
    /// Index into the network's terms; nil for an idle cycle, or where the lane's sum does not contain
    /// the value that its stream reads.
    public var term: Int32?
    /// Whether the running sum ends with this term.
    public var isLast: Bool
    public var stage: UInt8 = 0

    public static let idle = LaneSlot(term: nil, isLast: false)
  }

  /// One cycle of a node unit's program.
  public struct UnitOperation: Hashable, Sendable {
    /// Captured sum to add to the parts; `isFirst` starts a new sum.
    public struct Part: Hashable, Sendable {
      /// Where it was captured, and how many periods before this operation.
      public var capture: Int
      public var age: Int
      public var isFirst: Bool
      /// It is taken while it arrives.
      public var isDirect: Bool
    }
    /// Index into the network's cells.
    public var cell: Int
    /// Index into the network's addends, or nil when only a part is added; see `isArgumentBias`.
    public var addend: Int?
    public var part: Part?
    /// The addend is the cell's argument bias.
    public var isArgumentBias: Bool
    /// First addend of the cell's sum, and last operation of the cell.
    public var isFirst: Bool
    public var isFinish: Bool
    public var stage = 0
    /// This result completes what the output port needs to start sending, and the whole step.
    public var startsOutput = false
    public var completesStep = false
  }

  public let profile: PipelineProfile
  public let lanes: Int
  public let units: Int
  /// Lanes of a source stream work in lock step: each multiplies the same value by a weight of its
  /// own. Of these lanes, `isLast` and `stage` are alike in every slot.
  public let lanesPerStream: Int
  /// Cycles from one step to the next when inputs never wait.
  public internal(set) var period: Int
  /// Steps in work at the same time.
  public let stages: Int
  /// By lane, `period` slots each.
  public internal(set) var laneSlots: [[LaneSlot]]
  /// By unit, `period` slots each.
  public internal(set) var operations: [[UnitOperation?]]
  /// By unit, `period` slots each: where a sum that arrives while the slot's word leaves the program
  /// memory is captured; nil where none arrives or it is taken as it arrives.
  public internal(set) var captures: [[Int?]]
  /// Captured sums per period of the busiest unit.
  public let capturesPerUnit: Int
  /// Periods that a captured sum is kept are one less than two to this power, at most.
  public let captureAgeBits: Int
  public let writeBack: WriteBackPlan
  /// Cycles from the issue of a step's first slot to the cycle in which its last result is written,
  /// and to that of the result after which its output may start.
  public let lastResult: Int
  public let outputResult: Int
  /// Cycles after a step was taken before inputs of its predecessor may be overwritten.
  public let inputRelease: Int
  public let bound: LowerBound

  public var lanesPerUnit: Int { lanes / units }
  public var streams: Int { lanes / lanesPerStream }
  /// Cycles that a lane's sum arrives at the unit later than that of the lane beside it would.
  func chainDelay(ofLane lane: Int) -> Int {
    lane % lanesPerUnit + lane % lanesPerStream * profile.sourceSkew
  }
  /// Operations per step of all units.
  public var operationCount: Int { operations.joined().count { $0 != nil } }
}
