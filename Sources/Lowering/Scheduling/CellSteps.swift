/// The operations that finish one cell, in the order in which their inputs become ready.
struct CellSteps {
  struct Step {
    var operation: Schedule.UnitOperation
    /// Slot in which the part it adds arrives at the unit, or -1.
    let arrival: Int32
    /// First slot in which its other operands can be read.
    let ready: Int32
    let readsState: Bool
  }

  private(set) var operations: [Step] = []

  /// `ready` tells from which slot on an operand can be read, `stateReady` the same of the state;
  /// nothing may be issued before `release`.
  init(
    _ cell: QuantisedNetwork.Cell, _ index: Int, _ problem: ScheduleProblem,
    _ partArrivals: [[Int32]], release: Int32, stateReady: Int32, _ ready: (Operand) -> Int32
  ) {
    let network = problem.network
    let toRead = Int32(problem.profile.captureToRead)
    if let bias = cell.argumentBias {
      let time = ScheduleProblem.operands(of: bias).map(ready).max() ?? release
      append(cell: index, addend: nil, isArgumentBias: true, ready: time)
    }
    /// Readiness of the operands, and with it that of the whole addend.
    func times(of addend: Int) -> (Int32, Int32) {
      let operands = ScheduleProblem.operands(of: network.addends[addend]).map(ready)
      let isState = network.addends[addend].input == .state
      let own = max(operands.max() ?? release, isState ? stateReady : release)
      guard case .sum(let sum) = network.addends[addend].input else { return (own, own) }
      return (own, max(own, (partArrivals[sum].max() ?? 0) + toRead))
    }
    var isFirst = true
    let ordered = cell.addends.map { (times(of: $0), $0) }.sorted {
      ($0.0.1, $0.1) < ($1.0.1, $1.1)
    }
    for ((own, _), addend) in ordered {
      guard case .sum(let sum) = network.addends[addend].input else {
        append(
          cell: index, addend: addend, isFirst: isFirst,
          readsState: network.addends[addend].input == .state, ready: own)
        isFirst = false
        continue
      }
      let parts = partArrivals[sum].sorted()
      for (number, arrival) in parts.enumerated() {
        let isLast = number == parts.count - 1
        append(
          cell: index, addend: isLast ? addend : nil, isFirst: isLast && isFirst,
          part: .init(capture: 0, age: 0, isFirst: number == 0, isDirect: false),
          arrival: arrival, ready: isLast ? own : arrival)
      }
      isFirst = false
    }
    operations[operations.count - 1].operation.isFinish = true
  }

  private mutating func append(
    cell: Int, addend: Int?, isArgumentBias: Bool = false, isFirst: Bool = false,
    part: Schedule.UnitOperation.Part? = nil, arrival: Int32 = -1, readsState: Bool = false,
    ready: Int32
  ) {
    operations.append(
      Step(
        operation: .init(
          cell: cell, addend: addend, part: part, isArgumentBias: isArgumentBias,
          isFirst: isFirst, isFinish: false),
        arrival: arrival, ready: ready, readsState: readsState))
  }
}
