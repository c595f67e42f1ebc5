/// A copy of the activation memory: banks 0 and 1, then the initial image.
struct ValueCopy {
  var cells: [(tag: ScheduleChecker.Tag, written: Int)]
  private let slotCount: Int

  init(_ map: MemoryMap) {
    slotCount = max(1, map.slotCount)
    cells = .init(repeating: (.init(value: -1, step: -2), -1), count: 3 * slotCount)
    for (value, slot) in map.slots.enumerated() {
      guard let slot else { continue }
      cells[2 * slotCount + slot].tag = .init(
        value: value, step: ScheduleChecker.Tag.initialStep)
    }
  }

  func address(bank: Int, slot: Int) -> Int { bank * slotCount + slot }
}

/// The capture memory of a unit: as many places as a period captures sums, for a power of two of
/// periods.
struct CaptureStore {
  private let schedule: Schedule
  private var places: [(sum: UInt64, written: Int, period: Int)]

  init(_ schedule: Schedule) {
    self.schedule = schedule
    places = .init(
      repeating: (0, -1, -1),
      count: max(1, schedule.capturesPerUnit) << schedule.captureAgeBits)
  }

  func place(_ capture: Int, period: Int) -> Int {
    (period & (1 << schedule.captureAgeBits - 1)) * schedule.capturesPerUnit + capture
  }

  /// What was captured in a period; nil if it is not there, or overwritten.
  func read(_ capture: Int, period: Int) -> (sum: UInt64, written: Int)? {
    guard (0..<schedule.capturesPerUnit).contains(capture), period >= 0 else { return nil }
    let found = places[place(capture, period: period)]
    return found.period == period ? (found.sum, found.written) : nil
  }

  /// Place of what the unit captures in a cycle, if its program has one.
  func place(writtenIn cycle: Int, unit: Int) -> Int? {
    let word = cycle - schedule.profile.romLatency
    guard let capture = schedule.captures[unit][word % schedule.period] else { return nil }
    return place(capture, period: word / schedule.period)
  }

  /// Keeps a sum that has a place; any other is lost unless it was taken as it arrived.
  mutating func write(_ sum: UInt64, unit: Int, cycle: Int) {
    guard let place = place(writtenIn: cycle, unit: unit) else { return }
    let word = cycle - schedule.profile.romLatency
    places[place] = (sum, cycle, word / schedule.period)
  }
}

/// Progress of the node that a unit works on.
struct NodeProgress {
  var parts: UInt64 = 0
  var addends: Set<Int> = []
  var hasBias = false
}
