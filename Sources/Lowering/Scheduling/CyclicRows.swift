import HeapModule

/// Places the operations of all cells into the repeating programs of the units, cells whose sums and
/// operands are there first.
final class CyclicRows {
  private let problem: ScheduleProblem
  private let period: Int32
  private(set) var finishes: [Int32]
  private(set) var operations: [StepPlacement.Operation] = []
  private let promised: [Int32]
  private let heights: [Int32]
  private let rows: RowBuilder
  /// By bundle: arrivals of the parts of its first sum, in rising order.
  private var partArrivals: [[Int32]]
  private var missing: [Int32]
  /// By cell of a long row: slots that are kept for it.
  private var reserved: [Int: (start: Int32, count: Int32)] = [:]
  private var queue = Heap<Waiting>()
  /// By unit and slot.
  private var unitSlots: [[Bool]]
  private var wideSlots: [[Bool]]
  private var resultSlots: [[Bool]]
  /// By slot of writing.
  private var busSlots: [Bool]
  private var busReaders: [UInt64]
  private var localWriters: [UInt64]

  private struct Waiting: Comparable {
    let ready: Int32
    let height: Int32
    let cell: Int32
    static func < (a: Waiting, b: Waiting) -> Bool {
      (a.ready, -a.height, a.cell) < (b.ready, -b.height, b.cell)
    }
  }

  init(_ problem: ScheduleProblem, period: Int32, heights: [Int32], promised: [Int32]) {
    self.problem = problem
    self.period = period
    self.heights = heights
    self.promised = promised
    rows = RowBuilder(problem)
    let slots = Int(period)
    finishes = [Int32](repeating: -1, count: problem.network.cells.count)
    missing = finishes
    let free = [[Bool]](
      repeating: [Bool](repeating: false, count: slots), count: problem.units)
    unitSlots = free
    wideSlots = free
    resultSlots = free
    busSlots = [Bool](repeating: false, count: slots)
    busReaders = [UInt64](repeating: 0, count: slots)
    localWriters = busReaders
    partArrivals = [[Int32]](repeating: [], count: problem.work.members.count)
  }

  /// False if some cell finds no place. Long rows are kept free a place where they stood last, at
  /// `former` finishes: there would be none once all others are placed.
  func place(_ runs: [CyclicPlacement.Run], near former: [Int32]) -> Bool {
    for run in runs {
      partArrivals[Int(run.bundle)].append(
        run.start + run.count - 1 + problem.chainDelay(ofStream: run.stream))
    }
    for bundle in partArrivals.indices where partArrivals[bundle].count > 1 {
      partArrivals[bundle].sort()
    }
    missing = problem.directMissing
    reserve(former)
    // Sums are there; what is waited for are operands of this step.
    for cell in missing.indices where missing[cell] == 0 { push(cell) }
    while let next = queue.popMin() {
      let cell = Int(next.cell)
      guard place(cell) else { return false }
      for reader in problem.currentCells[cell] {
        missing[Int(reader)] -= 1
        if missing[Int(reader)] == 0 { push(Int(reader)) }
      }
    }
    return true
  }

  private func reserve(_ former: [Int32]) {
    let long = problem.network.cells.indices.filter {
      problem.network.cells[$0].addends.count > ScheduleProblem.longRow
    }
    for cell in long.sorted(by: { (former[$0], $0) < (former[$1], $1) }) {
      let count = Int32(
        problem.network.cells[cell].addends.reduce(0) { total, addend in
          let sum = Int(problem.addendReads[addend].sum)
          return total + (sum < 0 ? 1 : partArrivals[Int(problem.work.bundleOfSum[sum])].count)
        } + (problem.biasReads[cell] == nil ? 0 : 1))
      let first = max(0, former[cell] - count + 1)
      let unit = Int(problem.unitOfCell[cell])
      guard count <= period,
        let start = (first..<first + period).first(where: { isFree($0, count, cell, unit) })
      else { continue }
      setTaken(start, count, unit, true)
      reserved[cell] = (start, count)
    }
  }

  private func isFree(_ start: Int32, _ count: Int32, _ cell: Int, _ unit: Int) -> Bool {
    (start..<start + count).allSatisfy { !unitSlots[unit][Int($0 % period)] }
      && canTakeResult(start + count - 1, of: cell, unit)
  }

  private func setTaken(_ start: Int32, _ count: Int32, _ unit: Int, _ isTaken: Bool) {
    for slot in start..<start + count { unitSlots[unit][Int(slot % period)] = isTaken }
  }

  private func build(_ cell: Int) {
    rows.build(
      cell, partArrivals,
      .init(release: 0, current: finishes, previous: promised, offset: -period))
  }

  private func push(_ cell: Int) {
    build(cell)
    queue.insert(
      Waiting(ready: rows.earliestStart, height: heights[cell], cell: Int32(cell)))
  }

  private func place(_ cell: Int) -> Bool {
    let unit = Int(problem.unitOfCell[cell])
    build(cell)
    var start = rows.earliestStart
    if let (place, count) = reserved[cell] {
      setTaken(place, count, unit, false)
      if place >= start, fits(at: place, cell, unit) { start = place }
    }
    let limit = start + period + Int32(problem.profile.captureToRead)
    while !fits(at: start, cell, unit) {
      start += 1
      guard start < limit else { return false }
    }
    for offset in rows.steps.indices {
      let slot = start + Int32(offset)
      var row = rows.steps[offset]
      row.isDirect = rows.isDirect(offset, at: slot)
      unitSlots[unit][Int(slot % period)] = true
      operations.append(.init(slot: slot, unit: Int32(unit), row: row))
    }
    finishes[cell] = start + Int32(rows.steps.count) - 1
    takeResult(of: cell, unit)
    return true
  }

  private func fits(at start: Int32, _ cell: Int, _ unit: Int) -> Bool {
    let count = rows.steps.count
    guard count <= Int(period) else { return false }
    for offset in 0..<count {
      let slot = start + Int32(offset)
      guard !unitSlots[unit][Int(slot % period)], rows.isReady(offset, at: slot) else {
        return false
      }
    }
    return canTakeResult(start + Int32(count) - 1, of: cell, unit)
  }

  // MARK: results

  private func slots(_ finish: Int32, of cell: Int) -> (wide: Int, result: Int) {
    let path = problem.paths[cell]
    return (
      (Int(finish) + problem.profile.biased(path)) % Int(period),
      (Int(finish) + problem.profile.result(path)) % Int(period)
    )
  }

  private func canTakeResult(_ finish: Int32, of cell: Int, _ unit: Int) -> Bool {
    let (wide, result) = slots(finish, of: cell)
    if problem.paths[cell] != .product, wideSlots[unit][wide] { return false }
    guard !resultSlots[unit][result] else { return false }
    switch problem.writeBack.scopes[cell] {
    case .none: return true
    case .local: return busReaders[result] & (1 << UInt64(unit)) == 0
    case .global:
      return !busSlots[result]
        && localWriters[result] & problem.writeBack.readingUnits[cell] == 0
    }
  }

  private func takeResult(of cell: Int, _ unit: Int) {
    let (wide, result) = slots(finishes[cell], of: cell)
    if problem.paths[cell] != .product { wideSlots[unit][wide] = true }
    resultSlots[unit][result] = true
    switch problem.writeBack.scopes[cell] {
    case .none: break
    case .local: localWriters[result] |= 1 << UInt64(unit)
    case .global:
      busSlots[result] = true
      busReaders[result] |= problem.writeBack.readingUnits[cell]
    }
  }
}
