import HeapModule

/// Places the operations of all cells into the repeating programs of the units, cells whose sums and
/// operands are there first.
struct CyclicRows {
  private let problem: ScheduleProblem
  private let period: Int32
  private(set) var finishes: [Int32]
  private(set) var operations: [StepPlacement.Operation] = []
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

  init(_ placement: CyclicPlacement) {
    problem = placement.problem
    period = placement.period
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
    for run in placement.runs {
      partArrivals[Int(run.sum)].append(
        run.start + run.count - 1 + run.lane % Int32(problem.lanesPerUnit))
    }
  }

  /// False if some cell finds no place.
  mutating func place(_ placement: CyclicPlacement) -> Bool {
    for cell in missing.indices {
      // Sums are there; what is waited for are operands of this step.
      missing[cell] = problem.directMissing[cell]
      if missing[cell] == 0 { push(cell, placement) }
    }
    while let next = queue.popMin() {
      let cell = Int(next.cell)
      guard place(cell, placement) else { return false }
      for reader in problem.currentCells[cell] {
        missing[Int(reader)] -= 1
        if missing[Int(reader)] == 0 { push(Int(reader), placement) }
      }
    }
    return true
  }

  private func row(_ cell: Int, _ placement: CyclicPlacement) -> [CellSteps.Step] {
    let stateReady = placement.promised[cell] + Int32(problem.profile.stateToRead) - period
    return CellSteps(
      problem.network.cells[cell], cell, problem, partArrivals, release: 0,
      stateReady: max(0, stateReady)
    ) { operand in
      let source = Int(problem.cellOfValue[operand.value])
      guard source >= 0 else { return 0 }
      if operand.age == .current { return finishes[source] + placement.toRead[source] }
      return max(0, placement.promised[source] + placement.toRead[source] - period)
    }.operations
  }

  private mutating func push(_ cell: Int, _ placement: CyclicPlacement) {
    queue.insert(
      Waiting(
        ready: earliest(row(cell, placement)), height: placement.heights[cell], cell: Int32(cell)))
  }

  /// First start of a row at which its inputs can be there.
  private func earliest(_ row: [CellSteps.Step]) -> Int32 {
    let toDirect = Int32(problem.profile.captureToDirect)
    var start: Int32 = 0
    for (offset, step) in row.enumerated() {
      let sum = step.arrival < 0 ? 0 : step.arrival + toDirect
      start = max(start, max(step.ready, sum) - Int32(offset))
    }
    return start
  }

  private mutating func place(_ cell: Int, _ placement: CyclicPlacement) -> Bool {
    let unit = Int(problem.unitOfCell[cell])
    let row = row(cell, placement)
    var start = earliest(row)
    let limit = start + period + Int32(problem.profile.captureToRead)
    while !fits(row, at: start, cell, unit) {
      start += 1
      guard start < limit else { return false }
    }
    for (offset, step) in row.enumerated() {
      let slot = start + Int32(offset)
      var operation = step.operation
      operation.part?.isDirect = isDirect(step, at: slot)
      unitSlots[unit][Int(slot % period)] = true
      operations.append(
        .init(slot: slot, unit: Int32(unit), arrival: step.arrival, operation: operation))
    }
    finishes[cell] = start + Int32(row.count) - 1
    takeResult(of: cell, unit)
    return true
  }

  private func isDirect(_ step: CellSteps.Step, at slot: Int32) -> Bool {
    step.arrival >= 0 && slot == step.arrival + Int32(problem.profile.captureToDirect)
  }

  private func fits(_ row: [CellSteps.Step], at start: Int32, _ cell: Int, _ unit: Int) -> Bool {
    guard row.count <= Int(period) else { return false }
    for (offset, step) in row.enumerated() {
      let slot = start + Int32(offset)
      guard !unitSlots[unit][Int(slot % period)], slot >= step.ready,
        step.arrival < 0 || slot >= step.arrival + Int32(problem.profile.captureToRead)
          || isDirect(step, at: slot)
      else { return false }
    }
    return canTakeResult(start + Int32(row.count) - 1, of: cell, unit)
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

  private mutating func takeResult(of cell: Int, _ unit: Int) {
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
