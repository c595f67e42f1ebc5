extension RollingSchedule {
  /// A cell got one of the things that it waits for.
  mutating func satisfy(_ cell: Int32, in step: Int) {
    steps[step].missing[Int(cell)] -= 1
    if steps[step].missing[Int(cell)] == 0 { finishable.append((Int32(step), cell)) }
  }

  mutating func finishCells() {
    while let (step, cell) = finishable.popLast() { finish(Int(cell), Int(step)) }
  }

  private func ready(_ operand: Operand, in step: Int) -> Int32 {
    let release = steps[step].release
    let cell = Int(problem.cellOfValue[operand.value])
    guard cell >= 0 else { return release }
    if operand.age == .current { return max(release, availability(cell, step: step)) }
    return step == 0 ? release : max(release, availability(cell, step: step - 1))
  }

  private mutating func finish(_ index: Int, _ step: Int) {
    let cell = problem.network.cells[index]
    let unit = Int(problem.unitOfCell[index])
    let release = steps[step].release
    let stateReady =
      step == 0
      ? release
      : max(release, steps[step - 1].finishes[index] + Int32(problem.profile.stateToRead))
    let row = CellSteps(
      cell, index, problem, steps[step].partArrivals, release: release, stateReady: stateReady
    ) { ready($0, in: step) }
    let start = firstStart(row.operations, of: index, unit)
    for (offset, placed) in row.operations.enumerated() {
      let slot = start + offset
      var operation = placed.operation
      operation.part?.isDirect = isDirect(placed, at: slot)
      unitSlots[unit].take(slot)
      steps[step].place(
        .init(
          slot: Int32(slot), unit: Int32(unit), arrival: placed.arrival, operation: operation))
    }
    takeResult(start + row.operations.count - 1, of: index, unit)
    steps[step].finishes[index] = Int32(start + row.operations.count - 1)
    steps[step].unplacedCells -= 1
    publish(index, step)
  }

  private func isDirect(_ placed: CellSteps.Step, at slot: Int) -> Bool {
    placed.arrival >= 0 && slot == Int(placed.arrival) + problem.profile.captureToDirect
  }

  private func isReady(_ placed: CellSteps.Step, at slot: Int) -> Bool {
    guard slot >= Int(placed.ready) else { return false }
    return placed.arrival < 0 || slot >= Int(placed.arrival) + problem.profile.captureToRead
      || isDirect(placed, at: slot)
  }

  /// Where the row of a cell's operations can stand.
  private mutating func firstStart(_ row: [CellSteps.Step], of cell: Int, _ unit: Int) -> Int {
    var start = 0
    for (offset, placed) in row.enumerated() {
      let sum = Int(placed.arrival) + problem.profile.captureToDirect
      start = max(start, Int(placed.ready) - offset, placed.arrival < 0 ? 0 : sum - offset)
    }
    search: while true {
      start = unitSlots[unit].firstFree(from: start)
      for (offset, placed) in row.enumerated() {
        guard unitSlots[unit].isFree(start + offset), isReady(placed, at: start + offset) else {
          start += 1
          continue search
        }
      }
      if canTakeResult(start + row.count - 1, of: cell, unit) { return start }
      start += 1
    }
  }

  // MARK: results

  private mutating func canTakeResult(_ slot: Int, of cell: Int, _ unit: Int) -> Bool {
    let path = problem.paths[cell]
    let profile = problem.profile
    if path != .product, !wideSlots[unit].isFree(slot + profile.biased(path)) { return false }
    let time = slot + profile.result(path)
    let scope = problem.writeBack.scopes[cell]
    guard resultSlots[unit].isFree(time) else { return false }
    grow(to: time)
    switch scope {
    case .none: return true
    case .local: return busReaders[time] & (1 << UInt64(unit)) == 0
    case .global:
      return busSlots.isFree(time)
        && localWriters[time] & problem.writeBack.readingUnits[cell] == 0
    }
  }

  private mutating func takeResult(_ slot: Int, of cell: Int, _ unit: Int) {
    let path = problem.paths[cell]
    let time = slot + problem.profile.result(path)
    if path != .product { wideSlots[unit].take(slot + problem.profile.biased(path)) }
    resultSlots[unit].take(time)
    switch problem.writeBack.scopes[cell] {
    case .none: break
    case .local: localWriters[time] |= 1 << UInt64(unit)
    case .global:
      busSlots.take(time)
      busReaders[time] = problem.writeBack.readingUnits[cell]
    }
  }

  private mutating func grow(to time: Int) {
    while busReaders.count <= time {
      busReaders.append(0)
      localWriters.append(0)
    }
  }

  /// Tells readers of this step and the next one when the value will be there.
  private mutating func publish(_ index: Int, _ step: Int) {
    let time = availability(index, step: step)
    for term in problem.currentTerms[index] { learn(term, step, time) }
    for reader in problem.currentCells[index] { satisfy(reader, in: step) }
    guard step + 1 < steps.count else { return }
    for term in problem.previousTerms[index] { learn(term, step + 1, time) }
    for reader in problem.previousCells[index] { satisfy(reader, in: step + 1) }
    if problem.network.cells[index].stateSlot != nil { satisfy(Int32(index), in: step + 1) }
  }

  private mutating func learn(_ term: Int32, _ step: Int, _ time: Int32) {
    let sum = Int(problem.sumOfTerm[Int(term)])
    steps[step].learn(term, ofSum: sum, at: max(time, steps[step].release))
    post(step, sum)
  }
}
