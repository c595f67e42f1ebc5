/// What an addend reads, by index.
struct AddendReads {
  /// The lanes' sum, or -1.
  var sum: Int32 = -1
  /// Cells that make the gater and the value, or -1 where there is none or it is an input.
  var gater: Int32 = -1
  var value: Int32 = -1
  var isGaterPrevious = false
  var isValuePrevious = false
  var isState = false

  init(_ addend: QuantisedNetwork.Addend, cellOfValue: [Int32]) {
    if let operand = addend.gater {
      gater = cellOfValue[operand.value]
      isGaterPrevious = operand.age == .previous
    }
    switch addend.input {
    case .sum(let index): sum = Int32(index)
    case .value(let operand):
      value = cellOfValue[operand.value]
      isValuePrevious = operand.age == .previous
    case .state: isState = true
    case .nothing: break
    }
  }
}

/// One operation of a cell's row.
struct RowStep {
  let cell: Int32
  /// Index into the addends, or -1.
  let addend: Int32
  /// Slot in which the part that it adds arrives at the unit, or -1.
  let arrival: Int32
  /// First slot in which its other operands can be read.
  let ready: Int32
  var isBias = false
  var isFirst = false
  var isFirstPart = false
  var isFinish = false
  /// Set when it is placed: takes the part as it arrives.
  var isDirect = false

  var operation: Schedule.UnitOperation {
    .init(
      cell: Int(cell), addend: addend < 0 ? nil : Int(addend),
      part: arrival < 0
        ? nil : .init(capture: 0, age: 0, isFirst: isFirstPart, isDirect: isDirect),
      isArgumentBias: isBias, isFirst: isFirst, isFinish: isFinish)
  }
}

/// Makes the rows of operations that finish cells, in the order in which inputs become ready.
///
/// An object that keeps its buffers: rows are made very often.
final class RowBuilder {
  /// When operands can be read.
  struct Times {
    /// The step begins, before anything is issued for it.
    let release: Int32
    /// By cell: finishes in this step and in the one before; none before the first step.
    let current: [Int32]
    let previous: [Int32]?
    /// To add to finishes of the step before.
    let offset: Int32
  }

  private let problem: ScheduleProblem
  private(set) var steps: [RowStep] = []
  private var ordered: [(time: Int32, own: Int32, addend: Int)] = []

  init(_ problem: ScheduleProblem) { self.problem = problem }

  /// `arrivals` are, by bundle, those of the parts of its first sum in rising order.
  func build(_ cell: Int, _ arrivals: [[Int32]], _ times: Times) {
    let first = times.release + Int32(problem.profile.firstOperation)
    steps.removeAll(keepingCapacity: true)
    ordered.removeAll(keepingCapacity: true)
    let index = Int32(cell)
    if let bias = problem.biasReads[cell] {
      steps.append(
        RowStep(
          cell: index, addend: -1, arrival: -1, ready: ready(bias, cell, times), isBias: true))
    }
    let toRead = Int32(problem.profile.captureToRead)
    for addend in problem.network.cells[cell].addends {
      let reads = problem.addendReads[addend]
      let own = ready(reads, cell, times)
      var time = own
      if reads.sum >= 0, let last = arrivals[bundle(of: reads.sum)].last {
        time = max(time, last + delay(of: reads.sum) + toRead)
      }
      var place = ordered.count
      ordered.append((time, own, addend))
      while place > 0, ordered[place - 1].time > time {
        ordered.swapAt(place - 1, place)
        place -= 1
      }
    }
    for (number, entry) in ordered.enumerated() {
      let sum = problem.addendReads[entry.addend].sum
      let addend = Int32(entry.addend)
      guard sum >= 0 else {
        steps.append(
          RowStep(
            cell: index, addend: addend, arrival: -1, ready: entry.own, isFirst: number == 0))
        continue
      }
      let count = arrivals[bundle(of: sum)].count
      for part in 0..<count {
        let arrival = arrivals[bundle(of: sum)][part] + delay(of: sum)
        let isLast = part == count - 1
        steps.append(
          RowStep(
            cell: index, addend: isLast ? addend : -1, arrival: arrival,
            ready: isLast ? entry.own : max(first, arrival), isFirst: isLast && number == 0,
            isFirstPart: part == 0))
      }
    }
    steps[steps.count - 1].isFinish = true
  }

  private func bundle(of sum: Int32) -> Int { Int(problem.work.bundleOfSum[Int(sum)]) }

  /// Cycles that a sum arrives after the first one of its bundle.
  private func delay(of sum: Int32) -> Int32 {
    problem.work.memberOfSum[Int(sum)] * problem.arrivalSpacing
  }

  private func ready(_ reads: AddendReads, _ cell: Int, _ times: Times) -> Int32 {
    var ready = times.release + Int32(problem.profile.firstOperation)
    func wait(for source: Int32, isPrevious: Bool) {
      guard source >= 0 else { return }
      let source = Int(source)
      if !isPrevious {
        ready = max(ready, times.current[source] + problem.toRead[source])
      } else if let previous = times.previous {
        ready = max(ready, previous[source] + problem.toRead[source] + times.offset)
      }
    }
    wait(for: reads.gater, isPrevious: reads.isGaterPrevious)
    wait(for: reads.value, isPrevious: reads.isValuePrevious)
    if reads.isState, let previous = times.previous {
      ready = max(ready, previous[cell] + Int32(problem.profile.stateToRead) + times.offset)
    }
    return ready
  }

  // MARK: places for rows

  /// The first start at which the inputs of the row can be there.
  var earliestStart: Int32 {
    let toDirect = Int32(problem.profile.captureToDirect)
    var start: Int32 = 0
    for offset in steps.indices {
      let arrival = steps[offset].arrival
      let time = max(steps[offset].ready, arrival < 0 ? 0 : arrival + toDirect)
      start = max(start, time - Int32(offset))
    }
    return start
  }

  /// Whether an operation's inputs are there in a slot.
  func isReady(_ offset: Int, at slot: Int32) -> Bool {
    let step = steps[offset]
    guard slot >= step.ready else { return false }
    return step.arrival < 0 || slot >= step.arrival + Int32(problem.profile.captureToRead)
      || isDirect(offset, at: slot)
  }

  func isDirect(_ offset: Int, at slot: Int32) -> Bool {
    let arrival = steps[offset].arrival
    return arrival >= 0 && slot == arrival + Int32(problem.profile.captureToDirect)
  }
}
