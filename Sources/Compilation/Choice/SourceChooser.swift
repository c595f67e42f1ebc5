import Lowering

/// How lanes get the values that they multiply by.
public enum SourceRequest: Hashable, Sendable {
  case automatic
  /// As many lanes share a stream as cost no time.
  case shared
  /// So many lanes share a stream; 1: each has a program and a copy of all values of its own.
  case exactly(Int)

  public static let own = SourceRequest.exactly(1)
}

/// Schedules a network on lanes that share source streams or do not, as the user wishes.
///
/// Streams of their own make any network fast. Shared ones save memories, which costs no time where
/// many sums have the same sources, as in layers that are fully connected.
struct SourceChooser: Sendable {
  /// A shared stream may lengthen the period by this part, and the latency by that one.
  static let tolerance = 0.02
  static let latencyTolerance = 0.05
  /// Multiplications from which on a second schedule takes longer than it is worth where the first
  /// one fits.
  static let largeNetwork = 20_000

  let request: SourceRequest
  let target: TargetFamily
  let device: Device?
  /// Whether weights are loaded: lanes have memories of their own for them then, outside of blocks.
  var loadsWeights = false
  /// Schedules that need not be made again.
  var schedules = ScheduleCache()
  /// Told what is being done, for people who wait.
  var progress: @Sendable (String) -> Void = { _ in }

  func schedule(
    _ network: QuantisedNetwork, lanes: Int, profile: PipelineProfile
  ) -> Schedule {
    let own = Scheduler(lanes: lanes, profile: profile)
    if request != .automatic || loadsWeights { progress(Self.words(lanes)) }
    switch request {
    case .exactly(let count):
      return schedules.schedule(
        Scheduler(
          lanes: lanes, profile: profile, lanesPerStream: Self.commonDivisor(lanes, count)),
        network)
    case .shared:
      let schedules = own.sharingLanes.map { self.schedules.schedule($0, network) }
      return leastMemory(schedules) ?? self.schedules.schedule(own, network)
    case .automatic where loadsWeights:
      let schedules = own.sharingLanes.map { self.schedules.schedule($0, network) }
      let fitting = schedules.filter { schedule in
        device.map { memoryBlocks(schedule, network) <= $0.memoryBlocks } ?? true
      }
      return leastMemory(fitting.isEmpty ? schedules : fitting)
        ?? self.schedules.schedule(own, network)
    case .automatic:
      let first = firstSchedule(network, lanes: lanes, profile: profile)
      return smaller(than: first, network) ?? first
    }
  }

  /// A schedule that tells whether these lanes fit and how fast they are; where sharing is a choice,
  /// `smaller` may save memory afterwards.
  func firstSchedule(
    _ network: QuantisedNetwork, lanes: Int, profile: PipelineProfile
  ) -> Schedule {
    guard request == .automatic, !loadsWeights else {
      return schedule(network, lanes: lanes, profile: profile)
    }
    progress(Self.words(lanes))
    let scheduler = Scheduler(lanes: lanes, profile: profile)
    let own = schedules.schedule(scheduler, network)
    guard let device, memoryBlocks(own, network) > device.memoryBlocks,
      weightBlocks(own, network) <= device.memoryBlocks
    else { return own }
    let fitting = scheduler.sharingLanes.map { schedules.schedule($0, network) }.filter {
      memoryBlocks($0, network) <= device.memoryBlocks
    }
    return leastMemory(fitting) ?? own
  }

  /// What takes less memory than a schedule whose lanes have streams of their own, and hardly more time;
  /// nil if nothing does or nothing may be chosen.
  func smaller(than own: Schedule, _ network: QuantisedNetwork) -> Schedule? {
    guard request == .automatic, !loadsWeights, own.lanes > 1, own.lanesPerStream == 1,
      network.terms.count < Self.largeNetwork
    else { return nil }
    progress("\(Self.words(own.lanes)) with shared programs")
    let schedulers = Scheduler(lanes: own.lanes, profile: own.profile).sharingLanes
    let memory = memoryBlocks(own, network)
    let limit = Int(Double(own.period) * (1 + Self.tolerance))
    let latency = Int(Double(own.lastResult) * (1 + Self.latencyTolerance))
    // The fewer lanes share a stream, the less they wait for one another.
    let promising = schedulers.reversed().prefix { $0.streamBound(network) <= limit }
    for scheduler in promising.reversed() {
      let schedule = schedules.schedule(scheduler, network)
      if schedule.period <= limit, schedule.lastResult <= latency,
        memoryBlocks(schedule, network) < memory
      {
        return schedule
      }
    }
    return nil
  }

  /// Of those that are nearly as fast as the fastest the one of the most lanes a stream; schedules
  /// come in this order.
  private func leastMemory(_ schedules: [Schedule]) -> Schedule? {
    guard let fastest = schedules.map(\.period).min() else { return nil }
    return schedules.first { Double($0.period) <= Double(fastest) * (1 + Self.tolerance) }
  }

  private func memoryBlocks(_ schedule: Schedule, _ network: QuantisedNetwork) -> Int {
    ResourcePlan(
      HardwareDesign(
        network, schedule, program: target.programForm, loadsWeights: loadsWeights),
      target: target
    ).memoryBlocks
  }

  /// What lanes need for their weights alone, however they find their values.
  private func weightBlocks(_ schedule: Schedule, _ network: QuantisedNetwork) -> Int {
    let words = (network.terms.count + schedule.lanes - 1) / schedule.lanes
    return schedule.lanes
      * target.memoryBlocks(.read, words: words, width: network.plan.weightBits)
  }

  private static func words(_ lanes: Int) -> String {
    "scheduling \(lanes) lane\(lanes == 1 ? "" : "s")"
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : commonDivisor(b, a % b)
  }
}
