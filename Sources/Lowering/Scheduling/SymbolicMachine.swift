/// The lanes, units and memories of a core with tags for contents; see `ScheduleChecker`.
struct SymbolicMachine {
  private typealias Tag = ScheduleChecker.Tag
  private typealias Violation = ScheduleChecker.Violation

  /// A word of the activation or state memory.
  private struct Cell {
    var tag: Tag
    var written: Int
  }

  /// Progress of the node that a unit works on.
  private struct Node {
    var parts: UInt64 = 0
    var addends: Set<Int> = []
    var hasBias = false
  }

  private let checker: ScheduleChecker
  private let network: QuantisedNetwork
  private let schedule: Schedule
  private let profile: PipelineProfile
  private let slotCount: Int
  /// Banks 0 and 1, then the initial image.
  private var values: [Cell]
  /// By state slot: live word; the initial image needs no cell.
  private var states: [Cell]
  private var laneSums: [UInt64]
  /// By unit, by arrival: fingerprint, cycle of writing.
  private var captures: [[(sum: UInt64, written: Int)]]
  private var arrivals: [[Int: Int]]
  private var nodes: [Node]
  /// Results to be written, by cycle.
  private var pendingValues: [Int: (address: Int, tag: Tag)] = [:]
  private var pendingStates: [Int: [(slot: Int, tag: Tag)]] = [:]
  private var pendingCaptures: [Int: [(unit: Int, arrival: Int, sum: UInt64)]] = [:]
  private var results: [Tag: Int] = [:]

  init(_ checker: ScheduleChecker) {
    self.checker = checker
    network = checker.network
    schedule = checker.schedule
    profile = checker.schedule.profile
    slotCount = max(1, checker.map.slotCount)
    let nothing = Cell(tag: Tag(value: -1, step: -2), written: -1)
    values = [Cell](repeating: nothing, count: 3 * slotCount)
    for (value, slot) in checker.map.slots.enumerated() {
      guard let slot else { continue }
      values[2 * slotCount + slot] = Cell(
        tag: Tag(value: value, step: Tag.initialStep), written: -1)
    }
    states = [Cell](repeating: nothing, count: network.initialStates.count)
    laneSums = [UInt64](repeating: 0, count: schedule.lanes)
    captures = [[(sum: UInt64, written: Int)]](
      repeating: Array(repeating: (0, -1), count: schedule.capturesPerUnit),
      count: schedule.units)
    nodes = [Node](repeating: Node(), count: schedule.units)
    // Captures are numbered in the order in which the chain delivers them.
    let schedule = checker.schedule
    arrivals = (0..<schedule.units).map { unit in
      var times: [Int] = []
      for member in 0..<schedule.lanesPerUnit {
        let slots = schedule.laneSlots[unit * schedule.lanesPerUnit + member]
        for (slot, word) in slots.enumerated() where word.isLast { times.append(slot + member) }
      }
      return Dictionary(times.sorted().enumerated().map { ($1, $0) }) { first, _ in first }
    }
  }

  // MARK: reads

  /// Everything whose read addresses reach the memories in this cycle.
  mutating func readPhase(_ cycle: Int) throws(ScheduleChecker.Violation) {
    let issue = cycle - profile.fetch
    guard issue >= 0, issue / schedule.period < ScheduleChecker.freshSteps.count else { return }
    let step = issue / schedule.period
    let slot = issue % schedule.period
    for lane in 0..<schedule.lanes { try readLane(lane, slot, step, cycle) }
    for unit in 0..<schedule.units {
      guard let operation = schedule.operations[unit][slot] else { continue }
      try perform(operation, unit, step, cycle)
    }
  }

  private mutating func readLane(
    _ lane: Int, _ slot: Int, _ step: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    let word = schedule.laneSlots[lane][slot]
    if slot == 0 { laneSums[lane] = 0 }
    if let index = word.term {
      let term = network.terms[Int(index)]
      let tag = try read(term.source, step, cycle)
      laneSums[lane] &+= ScheduleChecker.fingerprint(term.weight, tag)
    }
    guard word.isLast else { return }
    let unit = lane / schedule.lanesPerUnit
    let member = lane % schedule.lanesPerUnit
    let writeCycle = cycle - profile.fetch + profile.capture + member
    if pendingCaptures[writeCycle]?.contains(where: { $0.unit == unit }) == true {
      throw Violation(cycle: writeCycle, description: "two sums meet in the chain of unit \(unit)")
    }
    let arrival = arrivals[unit][slot + member] ?? -1
    pendingCaptures[writeCycle, default: []].append((unit, arrival, laneSums[lane]))
    laneSums[lane] = 0
    if slot + member >= schedule.period {
      throw Violation(cycle: cycle, description: "a sum arrives after the next step began")
    }
  }

  /// Reads a value, and checks that it is the one the network asks for.
  private func read(
    _ operand: Operand, _ step: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) -> ScheduleChecker.Tag {
    guard let slot = checker.map.slots[operand.value] else {
      throw Violation(cycle: cycle, description: "value \(operand.value) has no slot")
    }
    let expected = checker.expectedTag(operand, in: step)
    if operand.age == .current, network.inputs.contains(prefix: slot) {
      // Inputs are there from the start; the frame after next overwrites them as soon as the next
      // step runs, two cycles after the port may accept it.
      let overwritten = (step + 1) * schedule.period + profile.releaseLatency + 2
      if cycle >= overwritten {
        throw Violation(cycle: cycle, description: "input \(operand.value) may be overwritten")
      }
      return expected
    }
    let isInitial = operand.age == .previous && ScheduleChecker.freshSteps[step]
    let bank = isInitial ? 2 : (operand.age == .current ? step : step + 1) % 2
    let cell = values[bank * slotCount + slot]
    if cell.tag != expected || cell.written >= cycle {
      throw Violation(
        cycle: cycle,
        description: "value \(operand.value) of step \(expected.step) is not there, but value"
          + " \(cell.tag.value) of step \(cell.tag.step)")
    }
    if let pending = pendingValues[cycle], pending.address == bank * slotCount + slot {
      throw Violation(cycle: cycle, description: "value \(operand.value) is read while written")
    }
    return cell.tag
  }

  // MARK: node units

  private mutating func perform(
    _ operation: Schedule.UnitOperation, _ unit: Int, _ step: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    let cell = network.cells[operation.cell]
    if let part = operation.part {
      let isKnown = captures[unit].indices.contains(part.arrival)
      guard isKnown, captures[unit][part.arrival].written < cycle,
        captures[unit][part.arrival].written >= step * schedule.period
      else {
        throw Violation(cycle: cycle, description: "captured sum \(part.arrival) is not there")
      }
      if pendingCaptures[cycle]?.contains(where: { $0.unit == unit && $0.arrival == part.arrival })
        == true
      {
        throw Violation(
          cycle: cycle, description: "captured sum \(part.arrival) is read while written")
      }
      if part.isFirst { nodes[unit].parts = 0 }
      nodes[unit].parts &+= captures[unit][part.arrival].sum
    }
    if operation.isArgumentBias {
      guard let bias = cell.argumentBias else {
        throw Violation(cycle: cycle, description: "cell \(operation.cell) has no argument bias")
      }
      try fetch(bias, of: cell, unit, step, cycle)
      nodes[unit].hasBias = true
    }
    if let addend = operation.addend {
      if operation.isFirst != nodes[unit].addends.isEmpty {
        throw Violation(cycle: cycle, description: "cell \(operation.cell) starts at a wrong place")
      }
      try fetch(network.addends[addend], of: cell, unit, step, cycle)
      guard cell.addends.contains(addend), nodes[unit].addends.insert(addend).inserted else {
        throw Violation(cycle: cycle, description: "addend \(addend) does not belong here")
      }
    }
    if operation.isFinish { try finish(operation.cell, unit, step, cycle) }
  }

  private func fetch(
    _ addend: QuantisedNetwork.Addend, of cell: QuantisedNetwork.Cell, _ unit: Int, _ step: Int,
    _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    if let gater = addend.gater { _ = try read(gater, step, cycle) }
    switch addend.input {
    case .nothing: break
    case .value(let operand): _ = try read(operand, step, cycle)
    case .sum(let sum):
      if nodes[unit].parts != checker.expectedSum(sum, in: step) {
        throw Violation(cycle: cycle, description: "sum \(sum) is incomplete or wrong")
      }
    case .state:
      guard let slot = cell.stateSlot else {
        throw Violation(cycle: cycle, description: "value \(cell.value) keeps no state")
      }
      // After a reset the initial image is read, which nothing writes.
      if ScheduleChecker.freshSteps[step] { break }
      if states[slot].tag != Tag(value: cell.value, step: step - 1) || states[slot].written >= cycle
      {
        throw Violation(cycle: cycle, description: "state of value \(cell.value) is not there")
      }
    }
  }

  private mutating func finish(
    _ index: Int, _ unit: Int, _ step: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    let cell = network.cells[index]
    guard nodes[unit].addends.count == cell.addends.count,
      nodes[unit].hasBias == (cell.argumentBias != nil)
    else { throw Violation(cycle: cycle, description: "cell \(index) finishes incomplete") }
    nodes[unit] = Node()
    let tag = Tag(value: cell.value, step: step)
    results[tag, default: 0] += 1
    let issue = cycle - profile.fetch
    if let slot = cell.stateSlot {
      pendingStates[issue + profile.state, default: []].append((slot, tag))
    }
    let slot = checker.map.slots[cell.value]
    guard slot != nil || checker.map.outputIndices[cell.value] != nil else { return }
    let writeCycle = issue + profile.result
    guard pendingValues[writeCycle] == nil else {
      throw Violation(cycle: writeCycle, description: "two results meet on the write-back bus")
    }
    let address = slot.map { step % 2 * slotCount + $0 } ?? -1
    pendingValues[writeCycle] = (address, tag)
  }

  // MARK: writes

  mutating func writePhase(_ cycle: Int) throws(ScheduleChecker.Violation) {
    if let result = pendingValues.removeValue(forKey: cycle), result.address >= 0 {
      values[result.address] = Cell(tag: result.tag, written: cycle)
    }
    for state in pendingStates.removeValue(forKey: cycle) ?? [] {
      states[state.slot] = Cell(tag: state.tag, written: cycle)
    }
    for capture in pendingCaptures.removeValue(forKey: cycle) ?? [] {
      guard captures[capture.unit].indices.contains(capture.arrival) else {
        throw Violation(cycle: cycle, description: "more sums arrive than the unit holds")
      }
      captures[capture.unit][capture.arrival] = (capture.sum, cycle)
    }
  }

  /// Every cell must have been finished once in every step.
  func finish() throws(ScheduleChecker.Violation) {
    for cell in network.cells {
      for step in ScheduleChecker.freshSteps.indices {
        let count = results[Tag(value: cell.value, step: step)] ?? 0
        guard count != 1 else { continue }
        throw Violation(
          cycle: 0, description: "value \(cell.value) is made \(count) times in step \(step)")
      }
    }
  }
}

extension [ValueID] {
  /// Inputs take the first slots, in order.
  fileprivate func contains(prefix slot: Int) -> Bool { slot < count }
}
