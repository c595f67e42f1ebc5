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
  private var partArrivals: [[Int32]]
  private var missing: [Int32]
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
    partArrivals = [[Int32]](repeating: [], count: problem.network.sums.count)
  }

  /// False if some cell finds no place.
  func place(_ runs: [CyclicPlacement.Run]) -> Bool {
    for run in runs {
      partArrivals[Int(run.sum)].append(
        run.start + run.count - 1 + run.lane % Int32(problem.lanesPerUnit))
    }
    for sum in partArrivals.indices where partArrivals[sum].count > 1 { partArrivals[sum].sort() }
    missing = problem.directMissing
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
