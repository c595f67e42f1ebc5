import FixedPoint
import Lowering

/// Chooses the number of lanes where no clock rate is known: the shortest period at which doubling
/// still pays, within the device's multipliers and memory blocks.
struct LaneDoubling: Sendable {
  /// What an automatic choice may take.
  static let candidates = [1, 2, 4, 8, 16, 32, 64]
  /// Doubling the lanes must shorten the period by this part.
  static let worthwhile = 0.1

  let target: TargetFamily
  let device: Device?
  let profile: ProfileName
  var sources: SourceChooser?

  func choose(_ network: QuantisedNetwork) -> ConfigurationChoice {
    // The first candidates are not worth a schedule where even the lower bounds say that doubling
    // pays: with few lanes, schedules come close to their bounds.
    var index = 0
    while index + 1 < Self.candidates.count, isAffordable(index + 1, network),
      bound(network, index + 1) * 10 < bound(network, index) * 8
    {
      index += 1
    }
    var best = schedule(network, Self.candidates[index])
    // Short sums may have asked for more node units than was assumed.
    var tooLarge: Schedule?
    while index > 0, !fits(best, network) {
      tooLarge = best
      index -= 1
      best = schedule(network, Self.candidates[index])
    }
    if let tooLarge { return choice(best, exhausted(tooLarge, network)) }
    while index + 1 < Self.candidates.count {
      guard isAffordable(index + 1, network) else {
        let lanes = Self.candidates[index + 1]
        return choice(best, exhausted(lanes, fewestUnits(lanes), network))
      }
      if Task.isCancelled { break }
      let next = schedule(network, Self.candidates[index + 1])
      guard fits(next, network) else {
        return choice(best, exhausted(next, network))
      }
      let gain = 1 - Double(next.period) / Double(best.period)
      guard gain >= Self.worthwhile else {
        let percent = Int((gain * 100).rounded())
        return choice(
          best,
          percent > 0
            ? "doubling to \(next.lanes) would save only \(percent) % of the period"
            : "doubling to \(next.lanes) would not shorten the period")
      }
      best = next
      index += 1
    }
    return choice(best, "the most that an automatic choice takes")
  }

  private func choice(_ schedule: Schedule, _ reason: String) -> ConfigurationChoice {
    ConfigurationChoice(schedule: schedule, profile: profile, reason: reason, considered: [])
  }

  private func schedule(_ network: QuantisedNetwork, _ lanes: Int) -> Schedule {
    let sources = sources ?? SourceChooser(request: .own, target: target, device: device)
    return sources.schedule(network, lanes: lanes, profile: profile.profile)
  }

  private func bound(_ network: QuantisedNetwork, _ index: Int) -> Int {
    Scheduler(lanes: Self.candidates[index], profile: profile.profile).lowerBound(network).value
  }

  /// Lanes that can have memories for loaded weights; nil: as many as one likes.
  private var mostLanes: Int? {
    sources?.loadsWeights == true ? device?.singlePortMemories?.count ?? 0 : nil
  }

  private func isAffordable(_ index: Int, _ network: QuantisedNetwork) -> Bool {
    let lanes = Self.candidates[index]
    return lanes <= mostLanes ?? lanes && fits(lanes, fewestUnits(lanes), network)
  }

  private func fits(_ schedule: Schedule, _ network: QuantisedNetwork) -> Bool {
    guard let device else { return true }
    return fits(schedule.lanes, schedule.units, network)
      && memoryBlocks(schedule, network) <= device.memoryBlocks
  }

  private func memoryBlocks(_ schedule: Schedule, _ network: QuantisedNetwork) -> Int {
    ResourcePlan(
      HardwareDesign(
        network, schedule, program: target.programForm,
        loadsWeights: sources?.loadsWeights == true),
      target: target
    ).memoryBlocks
  }

  private func fits(_ lanes: Int, _ units: Int, _ network: QuantisedNetwork) -> Bool {
    guard let device else { return true }
    return multipliers(lanes, units, network) <= device.multipliers
  }

  private func fewestUnits(_ lanes: Int) -> Int { (lanes + 15) / 16 }

  private func multipliers(_ lanes: Int, _ units: Int, _ network: QuantisedNetwork) -> Int {
    MultiplierCount(network.plan, target, hasProducts: network.hasProducts).total(
      lanes: lanes, units: units)
  }

  private func exhausted(_ schedule: Schedule, _ network: QuantisedNetwork) -> String {
    guard fits(schedule.lanes, schedule.units, network) else {
      return exhausted(schedule.lanes, schedule.units, network)
    }
    return "\(schedule.lanes) would need up to \(memoryBlocks(schedule, network)) memory blocks,"
      + " \(device?.part ?? "the device") has \(device?.memoryBlocks ?? 0)"
  }

  private func exhausted(_ lanes: Int, _ units: Int, _ network: QuantisedNetwork) -> String {
    if let mostLanes, lanes > mostLanes, fits(lanes, units, network) {
      return "\(lanes) would need \(lanes) SPRAM blocks, \(device?.part ?? "the device") has"
        + " \(mostLanes)"
    }
    return "\(lanes) would need \(multipliers(lanes, units, network)) multipliers, "
      + "\(device?.part ?? "the device") has \(device?.multipliers ?? 0)"
  }
}
