extension CyclicPlacement {
  /// Gives every run a lane and puts it off while lanes and capture chain are taken, in the order of
  /// the slots of the program. False if the lanes of a unit cannot take all.
  mutating func placeRuns() -> Bool {
    for unit in 0..<problem.units {
      var attempts = 0
      while !placeRuns(of: unit) {
        attempts += 1
        if attempts > 8 { return false }
      }
    }
    return true
  }

  /// False if some runs did not fit before the program begins again; they now begin with it.
  private mutating func placeRuns(of unit: Int) -> Bool {
    var lanes = CyclicLanes(count: problem.lanesPerUnit, period: period)
    let firstLane = Int32(unit * problem.lanesPerUnit)
    let queue = runsOfUnit[unit].map {
      (slot: runs[Int($0)].start % period, start: runs[Int($0)].start, run: $0)
    }.sorted { ($0.slot, -$0.start, $0.run) < ($1.slot, -$1.start, $1.run) }
    var isComplete = true
    for (slot, start, index) in queue {
      let index = Int(index)
      let base = start - slot
      if let found = lanes.place(runs[index].count, from: slot) {
        runs[index].start = base + found.start
        runs[index].lane = firstLane + found.lane
        continue
      }
      isComplete = false
      if let hole = lanes.fillHole(from: slot, least: minimumRun, of: runs[index].count) {
        runsOfUnit[unit].append(Int32(runs.count))
        runs.append(
          Run(
            sum: runs[index].sum, first: runs[index].first + hole.count,
            count: runs[index].count - hole.count, start: base + period))
        runs[index].count = hole.count
        runs[index].start = base + hole.start
      } else {
        runs[index].start = base + period
      }
    }
    return isComplete
  }
}

/// The lanes of one unit over one period, filled in the order of slots.
private struct CyclicLanes {
  private let period: Int32
  /// By lane: end of its last run, start of its first one.
  private var ends: [Int32]
  private var starts: [Int32]
  /// By slot: a sum arrives at the unit.
  private var arrivals: [Bool]

  init(count: Int, period: Int32) {
    self.period = period
    ends = .init(repeating: 0, count: count)
    starts = .init(repeating: -1, count: count)
    arrivals = .init(repeating: false, count: Int(period))
  }

  /// The earliest start of a run on any lane; the lane that was busy until last has the preference.
  mutating func place(_ count: Int32, from slot: Int32) -> (lane: Int32, start: Int32)? {
    var best: (start: Int32, idle: Int32, lane: Int32)?
    for lane in ends.indices {
      var start = max(slot, ends[lane])
      if let best, start > best.start { continue }
      while isTaken(arrival(start, count, lane)), start < slot + 2 * period { start += 1 }
      guard start + count <= limit(lane, from: start) else { continue }
      let candidate = (start, start - ends[lane], Int32(lane))
      if best.map({ candidate < ($0.start, $0.idle, $0.lane) }) ?? true { best = candidate }
    }
    guard let best else { return nil }
    take(Int(best.lane), best.start, count)
    return (best.lane, best.start)
  }

  /// Takes the longest idle time before the program begins again for a part of a run.
  mutating func fillHole(
    from slot: Int32, least: Int32, of all: Int32
  ) -> (start: Int32, count: Int32)? {
    var best: (start: Int32, count: Int32, lane: Int)?
    for lane in ends.indices {
      let start = max(slot, ends[lane])
      var count = min(all - 1, limit(lane, from: start) - start)
      while count >= least, isTaken(arrival(start, count, lane)) { count -= 1 }
      if count >= least, count > best?.count ?? 0 { best = (start, count, lane) }
    }
    guard let best else { return nil }
    take(best.lane, best.start, best.count)
    return (best.start, best.count)
  }

  private func limit(_ lane: Int, from start: Int32) -> Int32 {
    (starts[lane] < 0 ? start : starts[lane]) + period
  }

  private func arrival(_ start: Int32, _ count: Int32, _ lane: Int) -> Int {
    Int((start + count - 1 + Int32(lane)) % period)
  }

  private func isTaken(_ arrival: Int) -> Bool { arrivals[arrival] }

  private mutating func take(_ lane: Int, _ start: Int32, _ count: Int32) {
    if starts[lane] < 0 { starts[lane] = start }
    ends[lane] = start + count
    arrivals[arrival(start, count, lane)] = true
  }
}
