extension RollingSchedule {
  /// A cell got one of the things that it waits for.
  mutating func satisfy(_ cell: Int32, in step: Int) {
    steps[step].missing[Int(cell)] -= 1
    if steps[step].missing[Int(cell)] == 0 { finishable.append((Int32(step), cell)) }
  }

  mutating func finishCells() {
    while let (step, cell) = finishable.popLast() { finish(Int(cell), Int(step)) }
  }

  private mutating func finish(_ index: Int, _ step: Int) {
    let unit = Int(problem.unitOfCell[index])
    rows.build(
      index, steps[step].partArrivals,
      .init(
        release: steps[step].release, current: steps[step].finishes,
        previous: step == 0 ? nil : steps[step - 1].finishes, offset: 0))
    let start = firstStart(of: index, unit)
    for offset in rows.steps.indices {
      let slot = Int32(start + offset)
      var row = rows.steps[offset]
      row.isDirect = rows.isDirect(offset, at: slot)
      unitSlots[unit].take(Int(slot))
      steps[step].place(.init(slot: slot, unit: Int32(unit), row: row))
    }
    let finish = start + rows.steps.count - 1
    takeResult(finish, of: index, unit)
    steps[step].finishes[index] = Int32(finish)
    steps[step].unplacedCells -= 1
    publish(index, step)
  }

  /// Where the row of a cell's operations can stand.
  private mutating func firstStart(of cell: Int, _ unit: Int) -> Int {
    var start = Int(rows.earliestStart)
    let count = rows.steps.count
    search: while true {
      start = unitSlots[unit].firstFree(from: start)
      for offset in 0..<count {
        guard unitSlots[unit].isFree(start + offset),
          rows.isReady(offset, at: Int32(start + offset))
        else {
          start += 1
          continue search
        }
      }
      if canTakeResult(start + count - 1, of: cell, unit) { return start }
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
    for position in problem.work.currentPositions[index] { learn(position, step, time) }
    for reader in problem.currentCells[index] { satisfy(reader, in: step) }
    guard step + 1 < steps.count else { return }
    for position in problem.work.previousPositions[index] { learn(position, step + 1, time) }
    for reader in problem.previousCells[index] { satisfy(reader, in: step + 1) }
    if problem.network.cells[index].stateSlot != nil { satisfy(Int32(index), in: step + 1) }
  }

  private mutating func learn(_ position: Int32, _ step: Int, _ time: Int32) {
    let bundle = Int(problem.work.bundleOfPosition[Int(position)])
    steps[step].learn(position, ofBundle: bundle, at: max(time, steps[step].release))
    post(step, bundle)
  }
}
