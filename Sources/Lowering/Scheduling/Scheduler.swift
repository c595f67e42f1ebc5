/// Places every multiplication and every node operation in time: `QuantisedNetwork` -> `Schedule`.
///
/// Tries one period after another, from the lower bound up, with several settings of the rolling
/// scheduler, and takes the first that becomes steady. Every choice is fixed by the network and the
/// options, so the result is the same in every run.
public struct Scheduler: Sendable {
  /// Numbers of lanes that can be asked for.
  public static let laneCounts = 1...64

  public let lanes: Int
  public let profile: PipelineProfile

  public init(lanes: Int, profile: PipelineProfile = .shallow) {
    precondition(Self.laneCounts.contains(lanes))
    self.lanes = lanes
    self.profile = profile
  }

  public func schedule(_ network: QuantisedNetwork) -> Schedule {
    let map = MemoryMap(network)
    let recurrence = RecurrenceAnalysis.cycles(network, profile)
    let (units, bound) = nodeUnits(network, map, recurrence: recurrence)
    let problem = ScheduleProblem(
      network, map, profile: profile, lanes: lanes, units: units, bound: bound)
    var period = bound.value
    while true {
      if let schedule = schedule(problem, period: period) { return schedule }
      // Small networks are cheap to try again; large ones need few tries.
      period += max(1, period * (network.terms.count > 100_000 ? 8 : 4) / 1000)
    }
  }

  /// The best steady schedule of a period, if there is one.
  private func schedule(_ problem: ScheduleProblem, period: Int) -> Schedule? {
    let isLarge = problem.network.terms.count > 100_000
    var best: SteadyState?
    for settings in isLarge ? [Self.settings[0]] : Self.settings {
      var rolling = RollingSchedule(problem, period: period, settings)
      guard let step = rolling.run(maximumSteps: isLarge ? 8 : 24),
        let state = SteadyState(rolling, step: step)
      else { continue }
      let isBetter =
        best.map { (state.lastResult, state.operationCount) < ($0.lastResult, $0.operationCount) }
      if isBetter ?? true { best = state }
    }
    return best?.schedule()
  }

  private static let settings: [RollingSchedule.Settings] = [8, 4, 2, 16, 1 << 20].flatMap { run in
    [
      .init(minimumRun: run, isEager: false, cutsSums: false),
      .init(minimumRun: run, isEager: true, cutsSums: false),
      .init(minimumRun: run, isEager: true, cutsSums: true),
    ]
  }

  /// What no schedule with these lanes can be faster than.
  public func lowerBound(_ network: QuantisedNetwork) -> LowerBound {
    nodeUnits(
      network, MemoryMap(network), recurrence: RecurrenceAnalysis.cycles(network, profile)
    ).1
  }

  /// One unit for up to 16 lanes, more until they are not what limits the period.
  private func nodeUnits(
    _ network: QuantisedNetwork, _ map: MemoryMap, recurrence: Int
  ) -> (Int, LowerBound) {
    var result: (Int, LowerBound)?
    for units in 1...lanes where lanes % units == 0 && lanes / units <= 16 {
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
