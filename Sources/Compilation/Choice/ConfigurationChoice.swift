import Lowering

/// How many MAC lanes the user wants.
public enum LaneRequest: Hashable, Sendable {
  case automatic
  case exactly(Int)
}

/// What a choice is about.
public struct Configuration: Hashable, Sendable {
  public let lanes: Int
  public let profile: ProfileName
}

/// A schedule, and why it has its lanes and its profile.
public struct ConfigurationChoice: Sendable {
  public let schedule: Schedule
  public let profile: ProfileName
  /// A clause for people, such as "doubling to 16 lanes saves only 4 %".
  public let reason: String
  /// Everything that was thought about, empty where there was nothing to choose.
  public let considered: [ConsideredConfiguration]
  /// Where weights lie, and a clause for people that says why, if there was something to choose.
  public internal(set) var weightMemory = WeightMemory.block
  public internal(set) var weightMemoryReason: String?
}

/// A configuration and what became of it.
public struct ConsideredConfiguration: Hashable, Codable, Sendable {
  public enum Verdict: String, Codable, Sendable {
    case chosen
    /// Not the best one.
    case worse
    case doesNotFit
    /// Its lower bound said enough.
    case notTried
  }

  public let lanes: Int
  public let profile: ProfileName
  /// What no schedule of it can beat.
  public let boundCycles: Int
  public let boundMicroseconds: Double
  /// Nil if it was not scheduled.
  public internal(set) var nodeUnits: Int?
  public internal(set) var cyclesPerStep: Int?
  public internal(set) var prediction: Prediction?
  public internal(set) var verdict = Verdict.notTried
  /// A clause for people.
  public internal(set) var reason = ""
}
