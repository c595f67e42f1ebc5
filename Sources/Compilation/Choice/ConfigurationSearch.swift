import Diagnostics
import Lowering

/// Searches lanes and profiles of a target whose clock rates are known: for the least time of a step
/// on a device, or for the smallest configuration that keeps a time.
///
/// Lower bounds spare most schedules: they are cheap, and what cannot be better is not tried. Nor is
/// what has more lanes than something that does not fit, unless nothing else fits.
struct ConfigurationSearch {
  /// What an automatic choice may take: numbers that node units share evenly.
  static let laneCounts = [
    1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64,
  ]
  /// Of configurations that differ by less than this part, the smaller one is better.
  static let tolerance = 0.02
  /// Schedules cost time: no more than these are made.
  static let mostAttempts = 16

  let network: QuantisedNetwork
  let device: Device
  /// One for each profile that may be taken.
  let models: [FittedModel]
  let sources: SourceChooser
  private var considered: [ConsideredConfiguration]
  /// What was scheduled, by index into `considered`.
  private var schedules: [Int: Schedule] = [:]

  init(
    _ network: QuantisedNetwork, device: Device, lanes: [Int], models: [FittedModel],
    sources: SourceChooser? = nil
  ) {
    self.network = network
    self.sources =
      sources ?? SourceChooser(request: .own, target: device.family, device: device)
    self.device = device
    self.models = models
    considered = lanes.flatMap { lanes in
      models.map { model in
        let scheduler = Scheduler(lanes: lanes, profile: model.profile.profile)
        let bound = scheduler.lowerBound(network).value
        return ConsideredConfiguration(
          lanes: lanes, profile: model.profile, boundCycles: bound,
          boundMicroseconds: Double(bound) / model.clock.megahertz(lanes: lanes))
      }
    }
  }

  /// The fastest configuration that fits; among equals the smallest. Without any that fits, the one
  /// that comes closest.
  mutating func fastest() -> ConfigurationChoice {
    attemptWhatMayFit()
    guard let best = bestTime else { return closest() }
    let limit = best * (1 + Self.tolerance)
    let equals = fitting.filter { time($0) <= limit }
    return choice(
      smallest(of: equals), isOpen ? "the fastest that fits \(device.part)" : "as asked for", limit,
      beyond: "slower")
  }

  /// The one with the least time that fits, before memory is saved; nil if nothing fits.
  mutating func leastTime() -> ConsideredConfiguration? {
    attemptWhatMayFit()
    return fitting.min { (time($0), $0) < (time($1), $1) }.map { considered[$0] }
  }

  private mutating func attemptWhatMayFit() {
    attemptAll(lanesBelow: fewestUnfit() ?? .max)
    // Sizes do not always grow with lanes: nothing is given up before all has been thought about.
    if fitting.isEmpty { attemptAll(lanesBelow: .max) }
  }

  /// Tries what may be the fastest of the configurations with fewer lanes, by their bounds.
  private mutating func attemptAll(lanesBelow tooMany: Int) {
    let order = considered.indices.filter { considered[$0].lanes < tooMany }.sorted {
      (considered[$0].boundMicroseconds, $0) < (considered[$1].boundMicroseconds, $1)
    }
    for index in order {
      if let best = bestTime {
        let bound = considered[index].boundMicroseconds
        let fewest = fitting.map { considered[$0].lanes }.min() ?? 1
        // Neither slower ones nor larger ones that gain nothing are of any use.
        let isLarger = considered[index].lanes >= fewest
        guard bound <= best * (1 + Self.tolerance),
          !isLarger || bound * (1 + Self.tolerance) < best
        else { continue }
      }
      attempt(index)
    }
  }

  /// The fewest lanes, of powers of two, with which no profile fits; found by halving, as designs
  /// mostly grow with their lanes. Nil if all fit, and where all can be tried.
  private mutating func fewestUnfit() -> Int? {
    guard considered.count > Self.mostAttempts else { return nil }
    let powers = Set(considered.map(\.lanes)).filter { $0 & ($0 - 1) == 0 }.sorted()
    var (low, high) = (0, powers.count)
    while low < high {
      let middle = (low + high) / 2
      let candidates = considered.indices.filter { considered[$0].lanes == powers[middle] }
        .sorted { (considered[$0].boundMicroseconds, $0) < (considered[$1].boundMicroseconds, $1) }
      let fits = candidates.contains { index in
        attempt(index)
        return considered[index].verdict != .doesNotFit
      }
      if fits { low = middle + 1 } else { high = middle }
    }
    return low < powers.count ? powers[low] : nil
  }

  /// The configuration of the fewest lanes that fits and makes a step in so many microseconds, and
  /// of its profiles the smallest; nil if there is none.
  mutating func smallest(within limit: Double) -> ConfigurationChoice? {
    for lanes in Set(considered.map(\.lanes)).sorted() {
      for index in considered.indices where considered[index].lanes == lanes {
        if considered[index].boundMicroseconds <= limit { attempt(index) }
      }
      let found = fitting.filter { time($0) <= limit }
      guard found.isEmpty else {
        return choice(
          smallest(of: found), "the smallest that makes a step in \(limit) us", limit,
          beyond: "too slow")
      }
    }
    return nil
  }

  /// Schedules a configuration, unless its multipliers or its weights alone are too many.
  private mutating func attempt(_ index: Int) {
    guard considered[index].verdict == .notTried, tried.count < Self.mostAttempts,
      !Task.isCancelled
    else { return }
    let lanes = considered[index].lanes
    let fewest = MultiplierCount(
      network.plan, device.family, hasProducts: network.hasProducts
    )
    .total(lanes: lanes, units: (lanes + 15) / 16)
    guard fewest <= device.multipliers else {
      considered[index].verdict = .doesNotFit
      considered[index].reason = "at least \(fewest) of \(device.multipliers) multipliers"
      return
    }
    let block = device.family.blockShapes[0]
    let weights = sources.loadsWeights ? 0 : network.macsPerStep * network.plan.weightBits
    let blocks = (weights + block.width * block.depth - 1) / (block.width * block.depth)
    guard blocks <= device.memoryBlocks else {
      considered[index].verdict = .doesNotFit
      considered[index].reason = "at least \(blocks) of \(device.memoryBlocks) memory blocks"
      return
    }
    schedule(index)
  }

  private mutating func schedule(_ index: Int) {
    let (lanes, profile) = (considered[index].lanes, considered[index].profile)
    let schedule = sources.firstSchedule(network, lanes: lanes, profile: profile.profile)
    let prediction = prediction(schedule, profile)
    considered[index].nodeUnits = schedule.units
    considered[index].cyclesPerStep = schedule.period
    considered[index].prediction = prediction
    schedules[index] = schedule
    if let shortage = device.shortage(prediction) {
      considered[index].verdict = .doesNotFit
      considered[index].reason = shortage
    } else {
      considered[index].verdict = .worse
    }
  }

  private func prediction(_ schedule: Schedule, _ profile: ProfileName) -> Prediction {
    Prediction(
      HardwareDesign(
        network, schedule, program: device.family.programForm,
        loadsWeights: sources.loadsWeights),
      target: device.family, model: models.model(of: device.family, profile))
  }

  /// The schedule of what is chosen, with less memory if that costs hardly any time.
  private mutating func refined(_ index: Int, within limit: Double) -> Schedule {
    guard let schedule = schedules[index] else { preconditionFailure("what is chosen was tried") }
    guard let smaller = sources.smaller(than: schedule, network) else { return schedule }
    let prediction = prediction(smaller, considered[index].profile)
    // Where nothing fits, less is better too.
    let fitted = considered[index].prediction.map { device.shortage($0) == nil } ?? true
    guard !fitted || device.shortage(prediction) == nil,
      prediction.periodMicroseconds ?? .infinity <= limit
    else { return schedule }
    considered[index].nodeUnits = smaller.units
    considered[index].cyclesPerStep = smaller.period
    considered[index].prediction = prediction
    return smaller
  }

  /// Whether there are lanes to choose from.
  private var isOpen: Bool { Set(considered.map(\.lanes)).count > 1 }
  private var tried: [Int] { considered.indices.filter { considered[$0].prediction != nil } }
  private var fitting: [Int] { tried.filter { considered[$0].verdict == .worse } }
  private var bestTime: Double? { fitting.map(time).min() }

  private func time(_ index: Int) -> Double {
    considered[index].prediction?.periodMicroseconds ?? .infinity
  }

  private func share(_ index: Int) -> Double {
    considered[index].prediction.map(device.share) ?? .infinity
  }

  /// The one that takes the least part of the device; ties go to the first.
  private func smallest(of indices: [Int]) -> Int {
    guard let best = indices.min(by: { (share($0), $0) < (share($1), $1) }) else {
      preconditionFailure("there is nothing to choose from")
    }
    return best
  }

  /// Nothing fits: what takes the least.
  private mutating func closest() -> ConfigurationChoice {
    if tried.isEmpty { schedule(considered.startIndex) }
    let best = smallest(of: tried)
    let reason = considered[best].reason
    return choice(
      best, "nothing fits \(device.part), this needs \(reason)", .infinity, beyond: "")
  }

  /// The choice of a configuration; those within the limit are larger, those beyond it something
  /// else.
  private mutating func choice(
    _ index: Int, _ reason: String, _ limit: Double, beyond: String
  ) -> ConfigurationChoice {
    for other in considered.indices {
      switch considered[other].verdict {
      case .worse: considered[other].reason = time(other) <= limit ? "larger" : beyond
      case .notTried:
        considered[other].reason =
          considered[other].boundMicroseconds > limit
          ? "its bound is \(beyond)" : "cannot be better"
      case .chosen, .doesNotFit: break
      }
    }
    considered[index].verdict = .chosen
    considered[index].reason = reason
    return ConfigurationChoice(
      schedule: refined(index, within: limit), profile: considered[index].profile, reason: reason,
      considered: considered)
  }
}
