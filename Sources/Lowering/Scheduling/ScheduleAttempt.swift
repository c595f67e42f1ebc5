import HeapModule

/// One run of the list scheduler: lanes take the most urgent available terms as time goes on, node
/// units finish cells as soon as their sums and operands are there.
///
/// Terms of one sum are taken in three segments: those available from the start, those of the
/// previous step that are written late, and those of this step. A run of terms on one lane is one
/// captured part of the sum.
struct ScheduleAttempt {
  /// What distinguishes attempts; none of it changes a result.
  struct Settings {
    /// Sums are not cut into shorter runs than this.
    var minimumRun: Int
    /// Issue slot, relative to the step's start, from which values of the previous step can be read.
    var previousAvailable: [Int32]
  }

  /// A run of terms on a lane.
  struct Run {
    let lane: Int32
    let start: Int32
    /// Range in `order`.
    let first: Int32
    let count: Int32
    let sum: Int32
  }

  /// A placed operation; parts are named by their arrival until arrivals are numbered.
  struct Operation {
    let slot: Int32
    let unit: Int32
    let arrival: Int32
    let operation: Schedule.UnitOperation
  }

  private struct Ready: Comparable {
    let priority: Int32
    let sum: Int32
    static func < (a: Ready, b: Ready) -> Bool {
      (a.priority, -a.sum) < (b.priority, -b.sum)
    }
  }

  private struct Timed: Comparable {
    let time: Int32
    let item: Int32
    static func < (a: Timed, b: Timed) -> Bool { (a.time, a.item) < (b.time, b.item) }
  }

  let problem: ScheduleProblem
  let settings: Settings
  /// Term indices, sorted inside every sum by availability.
  private(set) var order: [Int32]
  private(set) var runs: [Run] = []
  private(set) var operations: [Operation] = []
  /// By cell: issue slot of its last operation, and of its state's read.
  private(set) var finishes: [Int32]
  private(set) var stateReads: [Int32]

  private var segmentEnds: [(Int32, Int32)]
  private var secondAvailable: [Int32]
  private var thirdAvailable: [Int32]
  private var sumMissing: [Int32]
  private var cellMissing: [Int32]
  private var available: [Int32]
  private var taken: [Int32]
  private var isQueued: [Bool]
  private var partArrivals: [[Int32]]

  private var readyQueues: [Heap<Ready>]
  private var events: [Heap<Timed>]
  private var readyTerms: [Int]
  private var laneQueue = Heap<Timed>()
  private var parked: [[Timed]]
  private var arrivalSlots: [SlotTimeline]
  private var unitSlots: [SlotTimeline]
  private var busSlots = SlotTimeline()
  private var finishable: [Int32] = []
  /// Time of the lane served last: a woken lane must not act before what others already know.
  private var now: Int32 = 0

  init(_ problem: ScheduleProblem, _ settings: Settings) {
    self.problem = problem
    self.settings = settings
    let sums = problem.network.sums.count
    let cells = problem.network.cells.count
    order = (0..<problem.network.terms.count).map(Int32.init)
    finishes = [Int32](repeating: 0, count: cells)
    stateReads = [Int32](repeating: 0, count: cells)
    segmentEnds = [(Int32, Int32)](repeating: (0, 0), count: sums)
    secondAvailable = [Int32](repeating: 0, count: sums)
    thirdAvailable = [Int32](repeating: 0, count: sums)
    sumMissing = problem.sumMissing
    cellMissing = problem.cellMissing
    available = problem.network.sums.map { Int32($0.terms.lowerBound) }
    taken = available
    isQueued = [Bool](repeating: false, count: sums)
    partArrivals = [[Int32]](repeating: [], count: sums)
    readyQueues = [Heap<Ready>](repeating: Heap(), count: problem.units)
    events = [Heap<Timed>](repeating: Heap(), count: problem.units)
    readyTerms = [Int](repeating: 0, count: problem.units)
    parked = [[Timed]](repeating: [], count: problem.units)
    arrivalSlots = [SlotTimeline](repeating: SlotTimeline(), count: problem.units)
    unitSlots = [SlotTimeline](repeating: SlotTimeline(), count: problem.units)
  }

  /// Places everything.
  mutating func run() {
    for sum in problem.network.sums.indices { sortTerms(of: sum) }
    for cell in cellMissing.indices where cellMissing[cell] == 0 { finishable.append(Int32(cell)) }
    finishable.sort { (problem.heights[Int($0)], $1) < (problem.heights[Int($1)], $0) }
    finishCells()
    for lane in 0..<problem.lanes { laneQueue.insert(Timed(time: 0, item: Int32(lane))) }
    while let lane = laneQueue.popMin() { advance(lane) }
    precondition(cellMissing.allSatisfy { $0 == 0 }, "cells never became ready")
  }

  // MARK: terms

  private func isInput(_ value: ValueID) -> Bool { problem.cellOfValue[value] < 0 }

  private func availability(_ source: Operand) -> Int32 {
    if isInput(source.value) { return 0 }
    return source.age == .current ? .max : settings.previousAvailable[source.value]
  }

  private mutating func sortTerms(of sum: Int) {
    let range = problem.network.sums[sum].terms
    let terms = problem.network.terms
    let keyed = range.map { (availability(terms[$0].source), Int32($0)) }
    let sorted = keyed.allSatisfy { $0.0 == 0 } ? keyed : keyed.sorted { $0 < $1 }
    var first = range.lowerBound
    var second = range.lowerBound
    var latest: Int32 = 0
    for (offset, key) in sorted.enumerated() {
      order[range.lowerBound + offset] = key.1
      if key.0 == 0 { first += 1 }
      if key.0 != .max {
        second += 1
        // A run reaches its later terms later.
        latest = max(latest, key.0 - Int32(range.lowerBound + offset - first))
      }
    }
    segmentEnds[sum] = (Int32(first), Int32(second))
    secondAvailable[sum] = latest
    if first > range.lowerBound { post(sum, at: 0) }
    if second > first { post(sum, at: latest) }
    if sumMissing[sum] == 0, second < range.upperBound { post(sum, at: latest) }
  }

  private func unit(of sum: Int) -> Int {
    Int(problem.unitOfCell[Int(problem.cellOfSum[sum])])
  }

  private mutating func post(_ sum: Int, at time: Int32) {
    let unit = unit(of: sum)
    events[unit].insert(Timed(time: time, item: Int32(sum)))
    for lane in parked[unit] {
      laneQueue.insert(Timed(time: max(lane.time, time, now), item: lane.item))
    }
    parked[unit].removeAll(keepingCapacity: true)
  }

  /// How far the terms of a sum are available at a time.
  private func frontier(of sum: Int, at time: Int32) -> Int32 {
    let (first, second) = segmentEnds[sum]
    if time < secondAvailable[sum] { return first }
    if sumMissing[sum] > 0 || time < max(thirdAvailable[sum], secondAvailable[sum]) {
      return second
    }
    return Int32(problem.network.sums[sum].terms.upperBound)
  }

  private mutating func refresh(_ sum: Int, at time: Int32) {
    let end = frontier(of: sum, at: time)
    guard end > available[sum] else { return }
    readyTerms[unit(of: sum)] += Int(end - available[sum])
    available[sum] = end
  }

  private mutating func enqueue(_ sum: Int) {
    guard !isQueued[sum], available[sum] > taken[sum] else { return }
    isQueued[sum] = true
    readyQueues[unit(of: sum)].insert(
      Ready(priority: problem.heights[Int(problem.cellOfSum[sum])], sum: Int32(sum)))
  }

  // MARK: lanes

  private mutating func advance(_ lane: Timed) {
    now = lane.time
    let unit = Int(lane.item) / problem.lanesPerUnit
    while let event = events[unit].min, event.time <= lane.time {
      events[unit].removeMin()
      refresh(Int(event.item), at: lane.time)
      enqueue(Int(event.item))
    }
    guard let ready = readyQueues[unit].popMax() else {
      if let event = events[unit].min {
        laneQueue.insert(Timed(time: event.time, item: lane.item))
      } else {
        parked[unit].append(lane)
      }
      return
    }
    isQueued[Int(ready.sum)] = false
    place(Int(ready.sum), ready.priority, on: lane, unit)
  }

  private mutating func place(_ sum: Int, _ priority: Int32, on lane: Timed, _ unit: Int) {
    let position = Int(lane.item) % problem.lanesPerUnit
    var start = lane.time
    refresh(sum, at: start)
    var count = runLength(sum, priority, at: start, unit)
    // Two sums may not meet in the capture chain: wait until the arrival is free.
    let arrival = arrivalSlots[unit].firstFree(from: Int(start + count) - 1 + position)
    start = Int32(arrival - position + 1) - count
    // What becomes available during the run joins it if its arrival is free too.
    if count == available[sum] - taken[sum] {
      let all = frontier(of: sum, at: start + count) - taken[sum]
      if all > count, arrivalSlots[unit].isFree(Int(start + all) - 1 + position) {
        refresh(sum, at: start + count)
        count = all
      }
    }
    let end = Int(start + count) - 1 + position
    arrivalSlots[unit].take(end)
    runs.append(
      Run(lane: lane.item, start: start, first: taken[sum], count: count, sum: Int32(sum)))
    partArrivals[sum].append(Int32(end))
    taken[sum] += count
    readyTerms[unit] -= Int(count)
    laneQueue.insert(Timed(time: start + count, item: lane.item))
    if Int(taken[sum]) == problem.network.sums[sum].terms.upperBound {
      let cell = Int(problem.cellOfSum[sum])
      cellMissing[cell] -= 1
      if cellMissing[cell] == 0 {
        finishable.append(Int32(cell))
        finishCells()
      }
    } else {
      enqueue(sum)
    }
  }

  /// Long runs cost fewer operations; short ones let the lanes of a unit end together.
  private func runLength(_ sum: Int, _ priority: Int32, at time: Int32, _ unit: Int) -> Int32 {
    let all = Int(available[sum] - taken[sum])
    let share = (readyTerms[unit] + problem.lanesPerUnit - 1) / problem.lanesPerUnit
    var count = min(all, max(settings.minimumRun, share))
    // A more urgent sum that becomes available during the run should not wait for its end.
    if let event = events[unit].min, Int(event.time - time) >= settings.minimumRun,
      Int(event.time - time) < count,
      problem.heights[Int(problem.cellOfSum[Int(event.item)])] > priority
    {
      count = Int(event.time - time)
    }
    if all - count < max(2, settings.minimumRun / 2) { count = all }
    return Int32(count)
  }

  // MARK: node units

  private mutating func finishCells() {
    while let cell = finishable.popLast() { finish(Int(cell)) }
  }

  private func ready(_ operand: Operand) -> Int32 {
    let cell = problem.cellOfValue[operand.value]
    guard cell >= 0 else { return 0 }
    if operand.age == .previous { return settings.previousAvailable[operand.value] }
    return finishes[Int(cell)] + Int32(problem.profile.resultToRead)
  }

  private mutating func finish(_ index: Int) {
    let cell = problem.network.cells[index]
    let unit = Int(problem.unitOfCell[index])
    let steps = CellSteps(cell, index, problem, partArrivals, ready)
    var start = steps.earliestStart
    let length = steps.operations.count
    let usesBus =
      problem.map.slots[cell.value] != nil || problem.map.outputIndices[cell.value] != nil
    search: while true {
      start = unitSlots[unit].firstFree(from: start)
      for offset in 1..<max(1, length) where !unitSlots[unit].isFree(start + offset) {
        start += offset
        continue search
      }
      if usesBus && !busSlots.isFree(start + length - 1) {
        start += 1
        continue search
      }
      break
    }
    for (offset, step) in steps.operations.enumerated() {
      unitSlots[unit].take(start + offset)
      operations.append(
        Operation(
          slot: Int32(start + offset), unit: Int32(unit), arrival: step.arrival,
          operation: step.operation))
      if step.readsState { stateReads[index] = Int32(start + offset) }
    }
    if usesBus { busSlots.take(start + length - 1) }
    finishes[index] = Int32(start + length - 1)
    publish(index)
  }

  private mutating func publish(_ index: Int) {
    let time = finishes[index] + Int32(problem.profile.resultToRead)
    for sum in problem.sumReaders[index] {
      let sum = Int(sum)
      sumMissing[sum] -= 1
      thirdAvailable[sum] = max(thirdAvailable[sum], time)
      if sumMissing[sum] == 0 { post(sum, at: max(thirdAvailable[sum], secondAvailable[sum])) }
    }
    for reader in problem.cellReaders[index] {
      cellMissing[Int(reader)] -= 1
      if cellMissing[Int(reader)] == 0 { finishable.append(reader) }
    }
  }
}
