/// Places every multiplication and every node operation in time: `QuantisedNetwork` -> `Schedule`.
///
/// Tries one period after another, from the lower bound up, with several settings of the rolling
/// scheduler, and takes the first that becomes steady. Every choice is fixed by the network and the
/// options, so the result is the same in every run.
public struct Scheduler: Hashable, Sendable {
  /// Numbers of lanes that can be asked for.
  public static let laneCounts = 1...64
  /// Numbers of lanes that can share a source stream.
  public static let laneCountsOfStreams = 1...largestGroup

  public let lanes: Int
  public let profile: PipelineProfile
  /// Lanes that read one source stream; it divides `lanes`.
  public let lanesPerStream: Int

  public init(lanes: Int, profile: PipelineProfile = .shallow, lanesPerStream: Int = 1) {
    precondition(Self.laneCounts.contains(lanes))
    precondition((1...Self.largestGroup).contains(lanesPerStream) && lanes % lanesPerStream == 0)
    self.lanes = lanes
    self.profile = profile
    self.lanesPerStream = lanesPerStream
  }

  public func schedule(_ network: QuantisedNetwork) -> Schedule {
    let profile = profile.fitting(network)
    let map = MemoryMap(network)
    let recurrence = RecurrenceAnalysis.cycles(network, profile)
    let (units, bound) = nodeUnits(network, map, profile, recurrence: recurrence)
    let problem = ScheduleProblem(
      network, map, profile: profile, lanes: lanes, units: units, lanesPerStream: lanesPerStream,
      bound: bound)
    let least = max(bound.value, SerialRecurrence.cycles(network, profile))
    guard var best = search(problem, from: least, below: .max) else {
      preconditionFailure("no period is long enough")
    }
    // Sums that are cut ask for more operations than the bound knows of, and sums that end at the
    // same time for more places where they arrive.
    for more in unitCounts
    where more > units && lanes / more >= Self.smallestGroup && best.period * 50 > least * 51 {
      if Task.isCancelled { break }
      let wider = ScheduleProblem(
        network, map, profile: profile, lanes: lanes, units: more, lanesPerStream: lanesPerStream,
        bound: bound)
      let limit = best.period * 63 / 64
      if let better = search(wider, from: least, below: limit) {
        best = better
      } else if problem.effort > Self.largeEffort {
        break
      }
    }
    return fewerLanes(network, map, recurrence, least: least, below: best.period) ?? best
  }

  /// A shorter period with half of the lanes, if that is possible.
  private func fewerLanes(
    _ network: QuantisedNetwork, _ map: MemoryMap, _ recurrence: Int, least: Int,
    below limit: Int
  ) -> Schedule? {
    guard lanes % (2 * lanesPerStream) == 0, limit * 50 > least * 51, !Task.isCancelled
    else { return nil }
    let half = Scheduler(lanes: lanes / 2, profile: profile, lanesPerStream: lanesPerStream)
    guard half.tightBound(network) < limit else { return nil }
    let narrow = half.schedule(network)
    guard narrow.period < limit else { return nil }
    return narrow.widened(to: lanes, largestGroup: Self.largestGroup) { units in
      LowerBound(
        network, map, lanes: lanes, units: units, profile: narrow.profile, recurrence: recurrence)
    }
  }

  /// Schedulers of the same lanes that share source streams, those of the most lanes a stream first.
  public var sharingLanes: [Scheduler] {
    (2...Self.largestGroup).reversed().filter { lanes % $0 == 0 }.map {
      Scheduler(lanes: lanes, profile: profile, lanesPerStream: $0)
    }
  }

  /// What no schedule of these streams can be faster than: a stream is as long as the sums that read
  /// it make it, however few they are.
  public func streamBound(_ network: QuantisedNetwork) -> Int {
    let profile = profile.fitting(network)
    let map = MemoryMap(network)
    let (units, bound) = nodeUnits(network, map, profile, recurrence: 1)
    let problem = ScheduleProblem(
      network, map, profile: profile, lanes: lanes, units: units, lanesPerStream: lanesPerStream,
      bound: bound)
    return max(bound.value, problem.streamBound)
  }

  /// What no schedule can be faster than, tighter than the terms of `LowerBound`.
  public func tightBound(_ network: QuantisedNetwork) -> Int {
    max(
      lowerBound(network).value,
      SerialRecurrence.cycles(network, profile.fitting(network)))
  }

  /// A schedule of about the shortest period that some attempt makes steady.
  ///
  /// Tries longer and longer periods until one works, then halves the way back to the last one that
  /// did not.
  private func search(_ problem: ScheduleProblem, from bound: Int, below limit: Int) -> Schedule? {
    let resolution = max(1, bound / Self.resolution(problem.effort))
    // Bundles may leave lanes without work, which the bound knows nothing of.
    let first = problem.lanesPerStream == 1 ? bound : max(bound, problem.streamBound)
    var failed = first - 1
    var step = resolution
    var period = first
    var found: Schedule?
    while found == nil {
      guard period < limit else { return nil }
      found = schedule(problem, period: period)
      if found != nil { break }
      failed = period
      if Task.isCancelled { step += bound / 4 }
      period = min(period + step, max(limit - 1, period + 1))
      step *= 2
    }
    while let best = found, best.period - failed > resolution {
      let middle = (best.period + failed) / 2
      if let better = schedule(problem, period: middle) {
        found = better
      } else {
        failed = middle
      }
    }
    return found
  }

  /// Periods are found to one part in so many of the bound.
  private static func resolution(_ effort: Int) -> Int {
    effort > hugeEffort ? 80 : effort > largeEffort ? 160 : 400
  }

  /// The best steady schedule of a period, if there is one.
  private func schedule(_ problem: ScheduleProblem, period: Int) -> Schedule? {
    let attempts = problem.effort > Self.largeEffort ? 2 : Self.settings.count
    let states = ParallelMap.results(of: Array(Self.settings.prefix(attempts))) {
      steadyState(problem, period, $0)
    }
    // Ties go to the first one: the result does not depend on who was done first.
    let best = states.compactMap { $0 }.min {
      ($0.lastResult, $0.operationCount) < ($1.lastResult, $1.operationCount)
    }
    return best?.schedule()
  }

  private func steadyState(
    _ problem: ScheduleProblem, _ period: Int, _ settings: RollingSchedule.Settings
  ) -> SteadyState? {
    var rolling = RollingSchedule(problem, period: period, settings)
    if let step = rolling.run(maximumSteps: Self.maximumSteps) {
      return SteadyState(problem, rolling.steps[step], period: period)
    }
    guard let step = rolling.lastCompleteStep else { return nil }
    for cutsAtOnce in [false, true] {
      var cyclic = CyclicPlacement(
        problem, rolling.steps[step], period: Int32(period), heights: rolling.heights,
        minimumRun: settings.minimumRun, cutsAtOnce: cutsAtOnce)
      if let placement = cyclic.settled(maximumSweeps: Self.maximumSweeps),
        let state = SteadyState(problem, placement, period: period)
      {
        return state
      }
    }
    return nil
  }

  /// Lanes that one unit can serve.
  static let largestGroup = 16
  /// Units are large: none is added for fewer lanes than these.
  private static let smallestGroup = 4
  /// Networks beyond this are tried with few settings.
  private static let largeEffort = 12_000
  /// Periods of those beyond this are found less exactly.
  private static let hugeEffort = 200_000
  private static let maximumSteps = 7
  private static let maximumSweeps = 20

  private static let settings: [RollingSchedule.Settings] = [
    .init(minimumRun: 8, isEager: false, stagger: 1, cutsBundles: false),
    .init(minimumRun: 8, isEager: true, stagger: 0, cutsBundles: true),
    .init(minimumRun: 4, isEager: true, stagger: 1, cutsBundles: true),
    .init(minimumRun: 4, isEager: true, stagger: 0, cutsBundles: false),
    .init(minimumRun: 2, isEager: true, stagger: 0, cutsBundles: true),
    .init(minimumRun: 2, isEager: true, stagger: 1, cutsBundles: true),
    .init(minimumRun: 16, isEager: true, stagger: 1, cutsBundles: false),
    .init(minimumRun: 6, isEager: true, stagger: 0.5, cutsBundles: true),
    .init(minimumRun: 3, isEager: true, stagger: 0.5, cutsBundles: true),
    .init(minimumRun: 12, isEager: false, stagger: 0.75, cutsBundles: false),
  ]

  private var unitCounts: [Int] {
    (1...lanes).filter {
      lanes % $0 == 0 && lanes / $0 <= Self.largestGroup && lanes / $0 % lanesPerStream == 0
    }
  }

  /// What no schedule with these lanes can be faster than.
  public func lowerBound(_ network: QuantisedNetwork) -> LowerBound {
    let profile = profile.fitting(network)
    let recurrence = RecurrenceAnalysis.cycles(network, profile)
    return nodeUnits(network, MemoryMap(network), profile, recurrence: recurrence).1
  }

  /// One unit for up to 16 lanes, more until they are not what limits the period.
  private func nodeUnits(
    _ network: QuantisedNetwork, _ map: MemoryMap, _ profile: PipelineProfile, recurrence: Int
  ) -> (Int, LowerBound) {
    var result: (Int, LowerBound)?
    for units in unitCounts {
      let bound = LowerBound(
        network, map, lanes: lanes, units: units, profile: profile, recurrence: recurrence)
      let others = bound.cycles.filter { $0.key != .nodeUnits }.values.max() ?? 1
      // The operations that split sums add are not known yet: leave them some room.
      let isLimiting = (bound.cycles[.nodeUnits] ?? 0) * 9 > others * 8
      result = (units, bound)
      if !isLimiting { break }
    }
    guard let result else { preconditionFailure("no number of units divides \(lanes) lanes") }
    return result
  }
}
