extension CyclicPlacement {
  private static let maximumLaps = 24

  /// Gives every run a stream and puts it off while streams and capture chain are taken, in the order
  /// of the slots of the program. False if the streams of a unit cannot take all.
  mutating func placeRuns() -> Bool {
    for unit in 0..<problem.units {
      var streams = CyclicStreams(
        count: problem.streamsPerUnit, period: period, lanesPerStream: problem.lanesPerStream,
        arrivalSpacing: problem.arrivalSpacing)
      var laps = 0
      // What crosses the end of the program takes streams at its beginning, and moves what stands there.
      while !placeRuns(of: unit, &streams) {
        laps += 1
        if laps > Self.maximumLaps { return false }
        if cutsAtOnce || laps > 3 { cutCrossing(&streams) }
      }
    }
    return true
  }

  private mutating func placeRuns(of unit: Int, _ streams: inout CyclicStreams) -> Bool {
    streams.beginLap()
    let firstStream = Int32(unit * problem.streamsPerUnit)
    var queue = runsOfUnit[unit].map {
      (slot: runs[Int($0)].start % period, start: runs[Int($0)].start, run: $0)
    }.sorted { ($0.slot, -$0.start, $0.run) < ($1.slot, -$1.start, $1.run) }
    var first = 0
    while first < queue.count {
      // When sums would meet in the chain, one of another length goes first.
      let time = max(streams.earliestEnd, queue[first].slot)
      var chosen = first
      var found = streams.find(runs[Int(queue[first].run)].count, from: queue[first].slot)
      while let start = found?.start, start > time {
        chosen += 1
        guard chosen < min(queue.count, first + 8), queue[chosen].slot <= time else {
          chosen = first
          found = streams.find(runs[Int(queue[first].run)].count, from: queue[first].slot)
          break
        }
        found = streams.find(runs[Int(queue[chosen].run)].count, from: time)
      }
      guard let found else { return false }
      let (slot, start, run) = queue[chosen]
      let index = Int(run)
      streams.take(run, found.stream, found.start, runs[index].count)
      runs[index].start = start - slot + found.start
      runs[index].stream = firstStream + found.stream
      while chosen > first {
        queue[chosen] = queue[chosen - 1]
        chosen -= 1
      }
      first += 1
    }
    return streams.isConsistent
  }

  /// Cuts runs that reach too far into the next period. What is cut off goes to streams that end early,
  /// or into the next period.
  private mutating func cutCrossing(_ streams: inout CyclicStreams) {
    for crossing in streams.crossings {
      let base = runs[Int(crossing.run)].start - crossing.start
      var excess = crossing.excess
      while excess > 0, let hole = streams.largestHole, hole.count >= minimumRun / 2 {
        let count = min(excess, hole.count)
        guard cut(crossing.run, count, start: base + hole.start) else { break }
        streams.extend(hole.stream, by: count)
        streams.shorten(crossing.stream, by: count)
        excess -= count
      }
      let end = runs[Int(crossing.run)].start + runs[Int(crossing.run)].count
      if excess >= minimumRun / 2, cut(crossing.run, excess, start: end - excess) {
        streams.shorten(crossing.stream, by: excess)
      }
    }
  }

  /// Makes the last values of a run a run of their own; false if too few stayed.
  private mutating func cut(_ index: Int32, _ count: Int32, start: Int32) -> Bool {
    let run = runs[Int(index)]
    let least = max(2, problem.shortestRun)
    guard count >= least, run.count - count >= least else { return false }
    runs[Int(index)].count -= count
    runsOfUnit[problem.unit(ofBundle: Int(run.bundle))].append(Int32(runs.count))
    runs.append(
      Run(bundle: run.bundle, first: run.first + run.count - count, count: count, start: start))
    return true
  }
}

/// The streams of one unit over one period, filled in the order of slots.
private struct CyclicStreams {
  private let period: Int32
  private let lanesPerStream: Int32
  private let arrivalSpacing: Int32
  /// By stream: end of its last run, start of its first one.
  private var ends: [Int32]
  private var starts: [Int32]
  /// By stream: its last run.
  private var last: [Int32]
  private var lastStarts: [Int32]
  /// By slot: the lap in which a sum arrives at the unit.
  private var arrivals: [Int32]
  private var lap: Int32 = 0

  init(count: Int, period: Int32, lanesPerStream: Int, arrivalSpacing: Int32) {
    self.period = period
    self.lanesPerStream = Int32(lanesPerStream)
    self.arrivalSpacing = arrivalSpacing
    ends = .init(repeating: 0, count: count)
    starts = ends
    last = ends
    lastStarts = ends
    arrivals = .init(repeating: 0, count: Int(period))
  }

  mutating func beginLap() {
    lap += 1
    for stream in ends.indices {
      ends[stream] = max(0, ends[stream] - period)
      starts[stream] = -1
    }
  }

  /// Whether no run reaches into the first one of its stream a period later.
  var isConsistent: Bool {
    crossings.isEmpty
  }

  /// Runs that reach into the first one of their stream, and by how much.
  var crossings: [(run: Int32, stream: Int, start: Int32, excess: Int32)] {
    ends.indices.compactMap {
      let excess = ends[$0] - period - starts[$0]
      return starts[$0] >= 0 && excess > 0 ? (last[$0], $0, lastStarts[$0], excess) : nil
    }
  }

  /// The longest time between the end of a stream and its beginning a period later.
  var largestHole: (stream: Int, start: Int32, count: Int32)? {
    let holes = ends.indices.lazy.filter { starts[$0] >= 0 }.map {
      (stream: $0, start: ends[$0], count: starts[$0] + period - ends[$0])
    }
    return holes.max { ($0.count, -$0.stream) < ($1.count, -$1.stream) }
  }

  mutating func extend(_ stream: Int, by count: Int32) { ends[stream] += count }

  mutating func shorten(_ stream: Int, by count: Int32) { ends[stream] -= count }

  /// The earliest start of a run on any stream; the one that was busy until last has the preference.
  func find(_ count: Int32, from slot: Int32) -> (stream: Int32, start: Int32)? {
    var best: (start: Int32, idle: Int32, stream: Int32)?
    for stream in ends.indices {
      var start = max(slot, ends[stream])
      if let best, start > best.start { continue }
      while isTaken(start, count, stream) {
        start += 1
        guard start < slot + 3 * period else { return nil }
      }
      let candidate = (start, start - ends[stream], Int32(stream))
      if best.map({ candidate < ($0.start, $0.idle, $0.stream) }) ?? true { best = candidate }
    }
    guard let best, count <= period else { return nil }
    return (best.stream, best.start)
  }

  /// When the first stream is free.
  var earliestEnd: Int32 { ends.min() ?? 0 }

  mutating func take(_ run: Int32, _ stream: Int32, _ start: Int32, _ count: Int32) {
    let stream = Int(stream)
    if starts[stream] < 0 { starts[stream] = start }
    ends[stream] = start + count
    last[stream] = run
    lastStarts[stream] = start
    for member in 0..<lanesPerStream { arrivals[arrival(start, count, stream, member)] = lap }
  }

  private func isTaken(_ start: Int32, _ count: Int32, _ stream: Int) -> Bool {
    for member in 0..<lanesPerStream where arrivals[arrival(start, count, stream, member)] == lap {
      return true
    }
    return false
  }

  /// When the sum of a lane arrives that belongs to a run on its stream.
  private func arrival(_ start: Int32, _ count: Int32, _ stream: Int, _ member: Int32) -> Int {
    let delay = Int32(stream) * lanesPerStream + member * arrivalSpacing
    return Int((start + count - 1 + delay) % period)
  }
}
