/// Places every multiplication and every node operation in time: `QuantisedNetwork` -> `Schedule`.
///
/// Runs the list scheduler several times, with shorter and longer runs and with the times at which
/// the last attempt wrote the values that the next step reads, and keeps the shortest period. Every
/// choice is fixed by the network and the options, so the result is the same in every run.
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
    // A large network is bound by its lanes, which one pass fills as well as any.
    let isLarge = network.terms.count > 100_000
    var best: ScheduleAssembly?
    for minimumRun in isLarge ? [16] : [4, 8, 16, 1 << 20] {
      var available = [Int32](repeating: 0, count: network.valueFormats.count)
      for _ in 0..<(isLarge ? 1 : 5) {
        var attempt = ScheduleAttempt(
          problem, .init(minimumRun: minimumRun, previousAvailable: available))
        attempt.run()
        let assembly = ScheduleAssembly(attempt)
        if assembly.isBetter(than: best) { best = assembly }
        available = assembly.availability(forPeriod: max(assembly.length, bound.value))
      }
    }
    guard let best else { preconditionFailure("no attempt was made") }
    return best.schedule()
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
