/// A finished attempt seen as a repeating program: its period and, on demand, its tables.
struct ScheduleAssembly {
  private let attempt: ScheduleAttempt
  private let problem: ScheduleProblem
  /// Last issue slot plus one.
  let length: Int
  /// Cycles after which the program can repeat.
  let period: Int

  init(_ attempt: ScheduleAttempt) {
    self.attempt = attempt
    problem = attempt.problem
    let profile = problem.profile
    var length = 1
    for run in attempt.runs { length = max(length, Int(run.start + run.count)) }
    for operation in attempt.operations { length = max(length, Int(operation.slot) + 1) }
    self.length = length
    var period = length
    func require(_ operand: Operand, readAt slot: Int) {
      let cell = attempt.problem.cellOfValue[operand.value]
      guard operand.age == .previous, cell >= 0 else { return }
      period = max(period, Int(attempt.finishes[Int(cell)]) + profile.resultToRead - slot)
    }
    let network = problem.network
    for run in attempt.runs {
      for offset in 0..<Int(run.count) {
        let term = Int(attempt.order[Int(run.first) + offset])
        require(network.terms[term].source, readAt: Int(run.start) + offset)
      }
    }
    for placed in attempt.operations {
      for operand in Self.operands(of: placed.operation, network) {
        require(operand, readAt: Int(placed.slot))
      }
    }
    for (index, cell) in network.cells.enumerated() where cell.stateSlot != nil {
      period = max(
        period, Int(attempt.finishes[index] - attempt.stateReads[index]) + profile.stateToRead)
    }
    // While a step runs, its results and the next frame share the write-back bus.
    let bound = problem.bound.cycles
    let bus = (bound[.writeBack] ?? 0) - network.inputs.count + (bound[.inputBeats] ?? 0)
    self.period = max(period, bus, bound[.inputBeats] ?? 0, bound[.outputBeats] ?? 0)
  }

  func isBetter(than other: ScheduleAssembly?) -> Bool {
    guard let other else { return true }
    return (period, length, attempt.operations.count)
      < (other.period, other.length, other.attempt.operations.count)
  }

  /// When a step of a given period can read each value of its predecessor.
  func availability(forPeriod period: Int) -> [Int32] {
    problem.cellOfValue.map { cell in
      guard cell >= 0 else { return 0 }
      return max(
        0, attempt.finishes[Int(cell)] + Int32(problem.profile.resultToRead) - Int32(period))
    }
  }

  /// Operands that an operation reads from the activation memory.
  static func operands(
    of operation: Schedule.UnitOperation, _ network: QuantisedNetwork
  ) -> [Operand] {
    if operation.isArgumentBias {
      return network.cells[operation.cell].argumentBias.map(ScheduleProblem.operands) ?? []
    }
    return operation.addend.map { ScheduleProblem.operands(of: network.addends[$0]) } ?? []
  }

  func schedule() -> Schedule {
    let idle = Schedule.LaneSlot(term: nil, isLast: false)
    var lanes = [[Schedule.LaneSlot]](
      repeating: [Schedule.LaneSlot](repeating: idle, count: period), count: problem.lanes)
    for run in attempt.runs {
      for offset in 0..<Int(run.count) {
        lanes[Int(run.lane)][Int(run.start) + offset] = .init(
          term: attempt.order[Int(run.first) + offset], isLast: offset == Int(run.count) - 1)
      }
    }
    let finishes = attempt.finishes.map(Int.init)
    let lastFinish = finishes.max() ?? 0
    let outputStart = outputStart(finishes)
    let arrivals = numberedArrivals()
    var operations = [[Schedule.UnitOperation?]](
      repeating: [Schedule.UnitOperation?](repeating: nil, count: period), count: problem.units)
    for placed in attempt.operations {
      var operation = placed.operation
      if placed.arrival >= 0 {
        operation.part?.arrival = arrivals[Int(placed.unit)][placed.arrival] ?? -1
      }
      let isResult = operation.isFinish
      operation.startsOutput = isResult && Int(placed.slot) == outputStart
      operation.completesStep = isResult && Int(placed.slot) == lastFinish
      operations[Int(placed.unit)][Int(placed.slot)] = operation
    }
    return Schedule(
      profile: problem.profile, lanes: problem.lanes, units: problem.units, period: period,
      laneSlots: lanes, operations: operations,
      capturesPerUnit: arrivals.map(\.count).max() ?? 0, lastFinish: lastFinish,
      outputStart: outputStart, bound: problem.bound)
  }

  /// The earliest result after which one output can be sent per cycle without overtaking a result.
  private func outputStart(_ finishes: [Int]) -> Int {
    var needed = 0
    for (index, value) in problem.network.outputs.enumerated() {
      let cell = problem.cellOfValue[value]
      if cell >= 0 { needed = max(needed, finishes[Int(cell)] - index) }
    }
    return finishes.filter { $0 >= needed }.min() ?? (finishes.max() ?? 0)
  }

  /// By unit: order of every arrival time.
  private func numberedArrivals() -> [[Int32: Int]] {
    var times = [[Int32]](repeating: [], count: problem.units)
    for run in attempt.runs {
      let unit = Int(run.lane) / problem.lanesPerUnit
      let position = run.lane % Int32(problem.lanesPerUnit)
      times[unit].append(run.start + run.count - 1 + position)
    }
    return times.map { arrivals in
      Dictionary(uniqueKeysWithValues: arrivals.sorted().enumerated().map { ($1, $0) })
    }
  }
}
