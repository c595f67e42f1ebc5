/// One step of a rolling schedule while it is placed; times are slots since the first step began.
struct StepPlacement {
  /// A run of values on a source stream: one captured part of every sum of a bundle.
  struct Run {
    let stream: Int32
    let start: Int32
    /// Range in `order`.
    let first: Int32
    let count: Int32
    let bundle: Int32
  }

  /// A placed operation; its part is named by its arrival.
  struct Operation {
    let slot: Int32
    let unit: Int32
    let row: RowStep
  }

  let release: Int32
  /// Positions, sorted inside every bundle by availability; `times` stands beside it.
  var order: [Int32]
  var times: [Int32]
  /// By bundle: ends, in `order`, of the positions whose availability is known, and of those placed.
  var known: [Int32]
  var taken: [Int32]
  /// By bundle: what was taken when an event for a part of it was posted last, or -1.
  var posted: [Int32]
  /// By bundle: arrivals of the parts of its first sum, in rising order.
  var partArrivals: [[Int32]]
  /// By cell: what it still waits for, the slot of its last operation.
  var missing: [Int32]
  var finishes: [Int32]
  var runs: [Run] = []
  var operations: [Operation] = []
  var unplacedCells: Int
  /// Identifies the placement relative to `release`, in whatever order it was found.
  var fingerprint: UInt64 = 0

  init(_ problem: ScheduleProblem, release: Int32, isFirst: Bool) {
    self.release = release
    let work = problem.work
    order = (0..<work.positionCount).map(Int32.init)
    times = [Int32](repeating: 0, count: order.count)
    known = work.positions.map { Int32($0.lowerBound) }
    taken = known
    posted = [Int32](repeating: -1, count: known.count)
    partArrivals = [[Int32]](repeating: [], count: known.count)
    missing = problem.currentMissing
    if !isFirst {
      for cell in missing.indices { missing[cell] += problem.previousMissing[cell] }
    }
    finishes = [Int32](repeating: -1, count: missing.count)
    unplacedCells = missing.count
  }

  /// A step that is completely placed already; times are slots since its release.
  init(order: [Int32], runs: [Run], operations: [Operation], finishes: [Int32]) {
    release = 0
    self.order = order
    self.runs = runs
    self.operations = operations
    self.finishes = finishes
    times = []
    known = []
    taken = []
    posted = []
    partArrivals = []
    missing = []
    unplacedCells = 0
  }

  /// The value at a position can be read from `time` on.
  mutating func learn(_ value: Int32, ofBundle bundle: Int, at time: Int32) {
    var position = Int(known[bundle])
    known[bundle] += 1
    let first = Int(taken[bundle])
    while position > first, times[position - 1] > time {
      times[position] = times[position - 1]
      order[position] = order[position - 1]
      position -= 1
    }
    times[position] = time
    order[position] = value
  }

  /// How many values in a row can be read from `time` on, one each cycle.
  func available(_ bundle: Int, at time: Int32) -> Int32 {
    let first = taken[bundle]
    var position = first
    while position < known[bundle], times[Int(position)] <= time + (position - first) {
      position += 1
    }
    return position - first
  }

  /// When the next `count` values can be read one each cycle.
  func start(_ bundle: Int, count: Int32) -> Int32 {
    let first = taken[bundle]
    var time = release
    for offset in 0..<count { time = max(time, times[Int(first + offset)] - offset) }
    return time
  }

  mutating func place(_ run: Run, arrival: Int32) {
    runs.append(run)
    let bundle = Int(run.bundle)
    var place = partArrivals[bundle].count
    partArrivals[bundle].append(arrival)
    while place > 0, partArrivals[bundle][place - 1] > arrival {
      partArrivals[bundle].swapAt(place - 1, place)
      place -= 1
    }
    mark(UInt64(run.stream), run.start, UInt64(run.bundle) << 32 | UInt64(run.count))
  }

  mutating func place(_ operation: Operation) {
    operations.append(operation)
    mark(
      UInt64(operation.unit) | 1 << 32, operation.slot,
      UInt64(operation.row.cell) << 32 | UInt64(UInt32(bitPattern: operation.row.addend)))
  }

  private mutating func mark(_ resource: UInt64, _ slot: Int32, _ what: UInt64) {
    var hash = resource &* 0x9E37_79B9_7F4A_7C15
    hash ^= UInt64(slot - release) &* 0xC2B2_AE3D_27D4_EB4F
    hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
    hash ^= what &* 0x94D0_49BB_1331_11EB
    fingerprint &+= (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
  }
}
