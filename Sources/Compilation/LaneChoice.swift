import FixedPoint
import Lowering

/// How many MAC lanes the user wants.
public enum LaneRequest: Hashable, Sendable {
  case automatic
  case exactly(Int)
}

/// A schedule, and why it has its number of lanes.
public struct LaneChoice: Sendable {
  public let schedule: Schedule
  /// A clause for people, such as "doubling to 16 lanes saves only 4 %".
  public let reason: String
}

/// Chooses the number of lanes: the shortest period at which doubling still pays, within the
/// target's multipliers.
public struct LaneChooser: Sendable {
  /// What an automatic choice may take.
  static let candidates = [1, 2, 4, 8, 16, 32, 64]
  /// Doubling the lanes must shorten the period by this part.
  static let worthwhile = 0.1

  let request: LaneRequest
  let target: TargetFamily
  let profile: PipelineProfile

  func choose(_ network: QuantisedNetwork) -> LaneChoice {
    if case .exactly(let lanes) = request {
      return LaneChoice(schedule: schedule(network, lanes), reason: "as asked for")
    }
    // The first candidates are not worth a schedule where even the lower bounds say that doubling
    // pays: with few lanes, schedules come close to their bounds.
    var index = 0
    while index + 1 < Self.candidates.count, isAffordable(index + 1, network),
      bound(network, index + 1) * 10 < bound(network, index) * 8
    {
      index += 1
    }
    var best = schedule(network, Self.candidates[index])
    while index + 1 < Self.candidates.count {
      guard isAffordable(index + 1, network) else {
        let lanes = Self.candidates[index + 1]
        return LaneChoice(schedule: best, reason: exhausted(lanes, fewestUnits(lanes), network))
      }
      if Task.isCancelled { break }
      let next = schedule(network, Self.candidates[index + 1])
      // Short sums may have asked for more node units than was assumed.
      guard fits(next, network) else {
        return LaneChoice(schedule: best, reason: exhausted(next.lanes, next.units, network))
      }
      let gain = 1 - Double(next.period) / Double(best.period)
      guard gain >= Self.worthwhile else {
        let percent = Int((gain * 100).rounded())
        return LaneChoice(
          schedule: best,
          reason: percent > 0
            ? "doubling to \(next.lanes) would save only \(percent) % of the period"
            : "doubling to \(next.lanes) would not shorten the period")
      }
      best = next
      index += 1
    }
    return LaneChoice(schedule: best, reason: "the most that an automatic choice takes")
  }

  private func schedule(_ network: QuantisedNetwork, _ lanes: Int) -> Schedule {
    Scheduler(lanes: lanes, profile: profile).schedule(network)
  }

  private func bound(_ network: QuantisedNetwork, _ index: Int) -> Int {
    Scheduler(lanes: Self.candidates[index], profile: profile).lowerBound(network).value
  }

  private func isAffordable(_ index: Int, _ network: QuantisedNetwork) -> Bool {
    let lanes = Self.candidates[index]
    return fits(lanes, fewestUnits(lanes), network)
  }

  private func fits(_ schedule: Schedule, _ network: QuantisedNetwork) -> Bool {
    fits(schedule.lanes, schedule.units, network)
  }

  private func fits(_ lanes: Int, _ units: Int, _ network: QuantisedNetwork) -> Bool {
    guard let device = target.device else { return true }
    return multipliers(lanes, units, network) <= device.multipliers
  }

  private func fewestUnits(_ lanes: Int) -> Int { (lanes + 15) / 16 }

  private func multipliers(_ lanes: Int, _ units: Int, _ network: QuantisedNetwork) -> Int {
    MultiplierCount(network.plan, target).total(lanes: lanes, units: units)
  }

  private func exhausted(_ lanes: Int, _ units: Int, _ network: QuantisedNetwork) -> String {
    let device = target.device
    return "\(lanes) would need \(multipliers(lanes, units, network)) multipliers, "
      + "\(device?.name ?? "the device") has \(device?.multipliers ?? 0)"
  }
}
