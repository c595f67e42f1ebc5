/// Where sums are captured.
///
/// Sums that an operation takes as they arrive have no place. Those of the others are numbered in the
/// order of arrival inside a period, which the unit counts itself: it is told one cycle before a sum
/// arrives that there is one to keep. As many periods as needed are kept apart.
struct CapturePlan {
  /// By unit and slot of the program whose word leaves its memory while the sum arrives.
  let writes: [[Int?]]
  /// Captured sums per period of the busiest unit.
  let count: Int
  let ageBits: Int
  private let release: Int
  private let period: Int
  /// From the arrival's slot to that of the word.
  private let offset: Int

  /// Nil where two sums would be captured at once.
  init?(_ problem: ScheduleProblem, _ placement: StepPlacement, period: Int) {
    let profile = problem.profile
    release = Int(placement.release)
    self.period = period
    offset = profile.capture - profile.romLatency
    var writes = [[Int?]](
      repeating: [Int?](repeating: nil, count: period), count: problem.units)
    var arrivals = writes
    var direct = Set<[Int32]>()
    for placed in placement.operations where placed.row.isDirect {
      direct.insert([placed.unit, placed.row.arrival])
    }
    for run in placement.runs {
      let unit = Int(run.stream) / problem.streamsPerUnit
      let first = Int(run.start + run.count - 1 + problem.chainDelay(ofStream: run.stream))
      // Zeros of lanes without a sum arrive too, but have no place.
      let sums = problem.work.members[Int(run.bundle)].count
      for member in 0..<problem.lanesPerStream {
        let arrival = first + member * Int(problem.arrivalSpacing)
        let slot = (arrival - release + offset) % period
        guard arrivals[unit][slot] == nil else { return nil }
        arrivals[unit][slot] = 0
        if member < sums, !direct.contains([Int32(unit), Int32(arrival)]) {
          writes[unit][slot] = 0
        }
      }
    }
    var count = 0
    for unit in writes.indices {
      var next = 0
      // The word of slot 0 is announced in the period before.
      for slot in (1...period).map({ $0 % period }) where writes[unit][slot] != nil {
        writes[unit][slot] = next
        next += 1
      }
      count = max(count, next)
    }
    self.writes = writes
    self.count = count
    // A sum is kept until the next one is written to the same place of a later period.
    var periods = 1
    for placed in placement.operations where placed.row.arrival >= 0 && !placed.row.isDirect {
      let read = Int(placed.slot) + profile.romLatency
      let written = Int(placed.row.arrival) + profile.capture
      periods = max(periods, (read - written) / period + 1)
      let word = Int(placed.row.arrival) + offset
      periods = max(
        periods, (Int(placed.slot) - release) / period - (word - release) / period + 1)
    }
    ageBits = max(1, Int.bitWidth - (periods - 1).leadingZeroBitCount)
  }

  /// Place of the sum that an operation takes, and how many periods before it was captured.
  func location(_ placed: StepPlacement.Operation) -> (capture: Int, age: Int) {
    let word = Int(placed.row.arrival) - release + offset
    guard !placed.row.isDirect else { return (0, 0) }
    let capture = writes[Int(placed.unit)][word % period] ?? 0
    return (capture, (Int(placed.slot) - release) / period - word / period)
  }
}
