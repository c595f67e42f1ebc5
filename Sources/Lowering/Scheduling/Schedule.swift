/// Which lane and unit does what in which cycle of a step; the same for every step.
public struct Schedule: Sendable {
  /// One cycle of a lane's program.
  public struct LaneSlot: Hashable, Sendable {
    /// Index into the network's terms; nil for an idle cycle.
    public var term: Int32?
    /// Whether the running sum ends with this term.
    public var isLast: Bool
  }

  /// One cycle of a node unit's program.
  public struct UnitOperation: Hashable, Sendable {
    /// Captured sum to add to the parts, by order of arrival; `first` starts a new sum.
    public struct Part: Hashable, Sendable {
      public var arrival: Int
      public var isFirst: Bool
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
    /// This result completes what the output port needs to start sending, and the whole step.
    public var startsOutput: Bool = false
    public var completesStep: Bool = false
  }

  public let profile: PipelineProfile
  public let lanes: Int
  public let units: Int
  /// Cycles from one step to the next when inputs never wait.
  public internal(set) var period: Int
  /// By lane, `period` slots each.
  public internal(set) var laneSlots: [[LaneSlot]]
  /// By unit, `period` slots each.
  public internal(set) var operations: [[UnitOperation?]]
  /// Captured sums per step of the busiest unit.
  public let capturesPerUnit: Int
  /// Issue cycle of the step's last result, and of the one that starts the output.
  public let lastFinish: Int
  public let outputStart: Int
  public let bound: LowerBound

  public var lanesPerUnit: Int { lanes / units }
  /// Operations per step of all units.
  public var operationCount: Int { operations.joined().count { $0 != nil } }
}
