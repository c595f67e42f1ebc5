/// A step of a rolling schedule seen as a repeating program.
///
/// Fails, with nil, where the placement of one step would meet itself a period later; the machine
/// that plays the program has to agree anyway, see `ScheduleChecker`.
struct SteadyState: Sendable {
  private let problem: ScheduleProblem
  private let placement: StepPlacement
  private let period: Int
  private let captures: CapturePlan
  let inputRelease: Int
  /// Cycles to the last result.
  let lastResult: Int

  init?(_ problem: ScheduleProblem, _ placement: StepPlacement, period: Int) {
    self.problem = problem
    self.placement = placement
    self.period = period
    guard let captures = CapturePlan(problem, placement, period: period) else { return nil }
    self.captures = captures
    let profile = problem.profile
    var last = 0
    for (index, finish) in placement.finishes.enumerated() {
      let issue = Int(finish - placement.release)
      last = max(last, issue + profile.result(problem.paths[index]))
    }
    lastResult = last
    guard let release = Self.inputRelease(problem, placement, period: period) else { return nil }
    inputRelease = release
    guard inputPort.isReady else { return nil }
  }

  var operationCount: Int { placement.operations.count }

  /// When the program no longer reads inputs of the step before the one just taken; nil if it reads
  /// some other value after the next but one step has written its own to the same place.
  private static func inputRelease(
    _ problem: ScheduleProblem, _ placement: StepPlacement, period: Int
  ) -> Int? {
    let network = problem.network
    var last = 0
    /// By cell: cycles in which the value must have been read.
    let ends = placement.finishes.indices.map {
      Int(placement.finishes[$0]) + problem.profile.result(problem.paths[$0]) + 2 * period
    }
    func read(_ cell: Int32, isPrevious: Bool, at slot: Int32) -> Bool {
      let time = Int(slot) + problem.profile.fetch
      if cell >= 0 { return time + (isPrevious ? period : 0) < ends[Int(cell)] }
      let end = time - Int(placement.release) - 1 + problem.profile.controlStages
      last = max(last, isPrevious ? end : end - period)
      return true
    }
    for run in placement.runs {
      for offset in 0..<run.count {
        let position = Int(placement.order[Int(run.first + offset)])
        guard
          read(
            problem.work.cellOfPosition[position],
            isPrevious: problem.work.readsPrevious[position], at: run.start + offset)
        else { return nil }
      }
    }
    for placed in placement.operations {
      for operand in operands(of: placed.row.operation, network) {
        guard
          read(
            problem.cellOfValue[operand.value], isPrevious: operand.age == .previous,
            at: placed.slot)
        else { return nil }
      }
    }
    return last
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

  private var inputPort: InputPortModel {
    var busy = [Bool](repeating: false, count: period)
    for (index, finish) in placement.finishes.enumerated() {
      let isBusy =
        switch problem.writeBack.scopes[index] {
        case .global: true
        // Where any unit reads inputs, all that write for themselves hold them up.
        case .local: problem.units == 1 || problem.writeBack.unitsReadingInputs != 0
        case .none: false
        }
      guard isBusy else { continue }
      let issue = Int(finish - placement.release) + problem.profile.controlStages
      busy[(issue + problem.profile.busy(problem.paths[index])) % period] = true
    }
    return InputPortModel(
      beats: problem.network.inputs.count, release: inputRelease, period: period, busy: busy)
  }

  func schedule() -> Schedule? {
    let network = problem.network
    var lanes = [[Schedule.LaneSlot]](
      repeating: [Schedule.LaneSlot](repeating: .idle, count: period), count: problem.lanes)
    var isTaken = [[Bool]](
      repeating: [Bool](repeating: false, count: period), count: problem.streams)
    var stages = 1
    for run in placement.runs {
      for offset in 0..<run.count {
        let (stage, slot) = place(run.start + offset)
        stages = max(stages, stage + 1)
        let position = Int(placement.order[Int(run.first + offset)])
        let first = Int(run.stream) * problem.lanesPerStream
        guard !isTaken[Int(run.stream)][slot] else { return nil }
        isTaken[Int(run.stream)][slot] = true
        for member in 0..<problem.lanesPerStream {
          lanes[first + member][slot] = .init(
            term: problem.work.term(at: position, member: member),
            isLast: offset == run.count - 1, stage: UInt8(stage))
        }
      }
    }
    let results = network.cells.indices.map {
      Int(placement.finishes[$0] - placement.release) + problem.profile.result(problem.paths[$0])
    }
    let outputResult = outputResult(results)
    var operations = [[Schedule.UnitOperation?]](
      repeating: [Schedule.UnitOperation?](repeating: nil, count: period), count: problem.units)
    var isMarked = (output: false, step: false)
    for placed in placement.operations {
      let (stage, slot) = place(placed.slot)
      stages = max(stages, stage + 1)
      var operation = placed.row.operation
      operation.stage = stage
      if operation.part != nil {
        (operation.part!.capture, operation.part!.age) = captures.location(placed)
      }
      if operation.isFinish {
        operation.startsOutput = results[operation.cell] == outputResult && !isMarked.output
        operation.completesStep = results[operation.cell] == lastResult && !isMarked.step
        isMarked.output = isMarked.output || operation.startsOutput
        isMarked.step = isMarked.step || operation.completesStep
      }
      guard operations[Int(placed.unit)][slot] == nil else { return nil }
      operations[Int(placed.unit)][slot] = operation
    }
    return Schedule(
      profile: problem.profile, lanes: problem.lanes, units: problem.units,
      lanesPerStream: problem.lanesPerStream, period: period, stages: stages, laneSlots: lanes,
      operations: operations, captures: captures.writes,
      capturesPerUnit: captures.count, captureAgeBits: captures.ageBits,
      writeBack: problem.writeBack, lastResult: lastResult, outputResult: outputResult,
      inputRelease: inputRelease, bound: problem.bound)
  }

  private func place(_ time: Int32) -> (stage: Int, slot: Int) {
    let relative = Int(time - placement.release)
    return (relative / period, relative % period)
  }

  /// The earliest result after which one output can be sent per cycle without overtaking a result.
  private func outputResult(_ results: [Int]) -> Int {
    var needed = 0
    for (index, value) in problem.network.outputs.enumerated() {
      let cell = problem.cellOfValue[value]
      if cell >= 0 { needed = max(needed, results[Int(cell)] - index) }
    }
    return results.filter { $0 >= needed }.min() ?? (results.max() ?? 0)
  }
}
