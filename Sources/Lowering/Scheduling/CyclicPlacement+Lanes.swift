extension CyclicPlacement {
  private static let maximumLaps = 24

  /// Gives every run a lane and puts it off while lanes and capture chain are taken, in the order of
  /// the slots of the program. False if the lanes of a unit cannot take all.
  mutating func placeRuns() -> Bool {
    for unit in 0..<problem.units {
      var lanes = CyclicLanes(count: problem.lanesPerUnit, period: period)
      var laps = 0
      // What crosses the end of the program takes lanes at its beginning, and moves what stands there.
      while !placeRuns(of: unit, &lanes) {
        laps += 1
        if laps > Self.maximumLaps { return false }
        if cutsAtOnce || laps > 3 { cutCrossing(&lanes) }
      }
    }
    return true
  }

  private mutating func placeRuns(of unit: Int, _ lanes: inout CyclicLanes) -> Bool {
    lanes.beginLap()
    let firstLane = Int32(unit * problem.lanesPerUnit)
    var queue = runsOfUnit[unit].map {
      (slot: runs[Int($0)].start % period, start: runs[Int($0)].start, run: $0)
    }.sorted { ($0.slot, -$0.start, $0.run) < ($1.slot, -$1.start, $1.run) }
    var first = 0
    while first < queue.count {
      // When sums would meet in the chain, one of another length goes first.
      let time = max(lanes.earliestEnd, queue[first].slot)
      var chosen = first
      var found = lanes.find(runs[Int(queue[first].run)].count, from: queue[first].slot)
      while let start = found?.start, start > time {
        chosen += 1
        guard chosen < min(queue.count, first + 8), queue[chosen].slot <= time else {
          chosen = first
          found = lanes.find(runs[Int(queue[first].run)].count, from: queue[first].slot)
          break
        }
        found = lanes.find(runs[Int(queue[chosen].run)].count, from: time)
      }
      guard let found else { return false }
      let (slot, start, run) = queue[chosen]
      let index = Int(run)
      lanes.take(run, found.lane, found.start, runs[index].count)
      runs[index].start = start - slot + found.start
      runs[index].lane = firstLane + found.lane
      while chosen > first {
        queue[chosen] = queue[chosen - 1]
        chosen -= 1
      }
      first += 1
    }
    return lanes.isConsistent
  }

  /// Cuts runs that reach too far into the next period. What is cut off goes to lanes that end early,
  /// or into the next period.
  private mutating func cutCrossing(_ lanes: inout CyclicLanes) {
    for crossing in lanes.crossings {
      let base = runs[Int(crossing.run)].start - crossing.start
      var excess = crossing.excess
      while excess > 0, let hole = lanes.largestHole, hole.count >= minimumRun / 2 {
        let count = min(excess, hole.count)
        guard cut(crossing.run, count, start: base + hole.start) else { break }
        lanes.extend(hole.lane, by: count)
        lanes.shorten(crossing.lane, by: count)
        excess -= count
      }
      let end = runs[Int(crossing.run)].start + runs[Int(crossing.run)].count
      if excess >= minimumRun / 2, cut(crossing.run, excess, start: end - excess) {
        lanes.shorten(crossing.lane, by: excess)
      }
    }
  }

  /// Makes the last terms of a run a run of their own; false if too few stayed.
  private mutating func cut(_ index: Int32, _ count: Int32, start: Int32) -> Bool {
    let run = runs[Int(index)]
    guard count >= 2, run.count - count >= 2 else { return false }
    runs[Int(index)].count -= count
    runsOfUnit[problem.unit(ofSum: Int(run.sum))].append(Int32(runs.count))
    runs.append(Run(sum: run.sum, first: run.first + run.count - count, count: count, start: start))
    return true
  }
}

/// The lanes of one unit over one period, filled in the order of slots.
private struct CyclicLanes {
  private let period: Int32
  /// By lane: end of its last run, start of its first one.
  private var ends: [Int32]
  private var starts: [Int32]
  /// By lane: its last run.
  private var last: [Int32]
  private var lastStarts: [Int32]
  /// By slot: the lap in which a sum arrives at the unit.
  private var arrivals: [Int32]
  private var lap: Int32 = 0

  init(count: Int, period: Int32) {
    self.period = period
    ends = .init(repeating: 0, count: count)
    starts = ends
    last = ends
    lastStarts = ends
    arrivals = .init(repeating: 0, count: Int(period))
  }

  mutating func beginLap() {
    lap += 1
    for lane in ends.indices {
      ends[lane] = max(0, ends[lane] - period)
      starts[lane] = -1
    }
  }

  /// Whether no run reaches into the first one of its lane a period later.
  var isConsistent: Bool {
    crossings.isEmpty
  }

  /// Runs that reach into the first one of their lane, and by how much.
  var crossings: [(run: Int32, lane: Int, start: Int32, excess: Int32)] {
    ends.indices.compactMap {
      let excess = ends[$0] - period - starts[$0]
      return starts[$0] >= 0 && excess > 0 ? (last[$0], $0, lastStarts[$0], excess) : nil
    }
  }

  /// The longest time between the end of a lane and its beginning a period later.
  var largestHole: (lane: Int, start: Int32, count: Int32)? {
    let holes = ends.indices.lazy.filter { starts[$0] >= 0 }.map {
      (lane: $0, start: ends[$0], count: starts[$0] + period - ends[$0])
    }
    return holes.max { ($0.count, -$0.lane) < ($1.count, -$1.lane) }
  }

  mutating func extend(_ lane: Int, by count: Int32) { ends[lane] += count }

  mutating func shorten(_ lane: Int, by count: Int32) { ends[lane] -= count }

  /// The earliest start of a run on any lane; the lane that was busy until last has the preference.
  func find(_ count: Int32, from slot: Int32) -> (lane: Int32, start: Int32)? {
    var best: (start: Int32, idle: Int32, lane: Int32)?
    for lane in ends.indices {
      var start = max(slot, ends[lane])
      if let best, start > best.start { continue }
      while arrivals[arrival(start, count, lane)] == lap {
        start += 1
        guard start < slot + 3 * period else { return nil }
      }
      let candidate = (start, start - ends[lane], Int32(lane))
      if best.map({ candidate < ($0.start, $0.idle, $0.lane) }) ?? true { best = candidate }
    }
    guard let best, count <= period else { return nil }
    return (best.lane, best.start)
  }

  /// When the first lane is free.
  var earliestEnd: Int32 { ends.min() ?? 0 }

  mutating func take(_ run: Int32, _ lane: Int32, _ start: Int32, _ count: Int32) {
    let lane = Int(lane)
    if starts[lane] < 0 { starts[lane] = start }
    ends[lane] = start + count
    last[lane] = run
    lastStarts[lane] = start
    arrivals[arrival(start, count, lane)] = lap
  }

  private func arrival(_ start: Int32, _ count: Int32, _ lane: Int) -> Int {
    Int((start + count - 1 + Int32(lane)) % period)
  }
}
