/// The operations that finish one cell, in the order in which their inputs become ready.
struct CellSteps {
  struct Step {
    let operation: Schedule.UnitOperation
    /// Arrival of the part it adds, or -1.
    let arrival: Int32
    let readsState: Bool
  }

  private(set) var operations: [Step] = []
  /// First slot at which the row of operations may start.
  private(set) var earliestStart = 0

  /// `ready` tells from which slot on an operand can be read.
  init(
    _ cell: QuantisedNetwork.Cell, _ index: Int, _ problem: ScheduleProblem,
    _ partArrivals: [[Int32]], _ ready: (Operand) -> Int32
  ) {
    let network = problem.network
    if let bias = cell.argumentBias {
      let time = ScheduleProblem.operands(of: bias).map(ready).max() ?? 0
      append(cell: index, addend: nil, isArgumentBias: true, ready: time)
    }
    func time(of addend: Int) -> Int32 {
      var latest = ScheduleProblem.operands(of: network.addends[addend]).map(ready).max() ?? 0
      if case .sum(let sum) = network.addends[addend].input {
        latest = max(
          latest, (partArrivals[sum].max() ?? 0) + Int32(problem.profile.captureToRead))
      }
      return latest
    }
    var isFirst = true
    for (time, addend) in cell.addends.map({ (time(of: $0), $0) }).sorted(by: { $0 < $1 }) {
      guard case .sum(let sum) = network.addends[addend].input else {
        append(
          cell: index, addend: addend, isFirst: isFirst,
          readsState: network.addends[addend].input == .state, ready: time)
        isFirst = false
        continue
      }
      let parts = partArrivals[sum].sorted()
      for (number, arrival) in parts.enumerated() {
        let isLast = number == parts.count - 1
        append(
          cell: index, addend: isLast ? addend : nil, isFirst: isLast && isFirst,
          part: .init(arrival: 0, isFirst: number == 0), arrival: arrival,
          ready: isLast ? time : arrival + Int32(problem.profile.captureToRead))
      }
      isFirst = false
    }
    let last = operations.count - 1
    var finish = operations[last].operation
    finish.isFinish = true
    operations[last] = Step(
      operation: finish, arrival: operations[last].arrival,
      readsState: operations[last].readsState)
  }

  private mutating func append(
    cell: Int, addend: Int?, isArgumentBias: Bool = false, isFirst: Bool = false,
    part: Schedule.UnitOperation.Part? = nil, arrival: Int32 = -1, readsState: Bool = false,
    ready: Int32
  ) {
    earliestStart = max(earliestStart, Int(ready) - operations.count)
    operations.append(
      Step(
        operation: .init(
          cell: cell, addend: addend, part: part, isArgumentBias: isArgumentBias,
          isFirst: isFirst, isFinish: false),
        arrival: arrival, readsState: readsState))
  }
}
