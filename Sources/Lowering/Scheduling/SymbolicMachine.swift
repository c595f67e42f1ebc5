/// The lanes, units and memories of a core with tags for contents; see `ScheduleChecker`.
struct SymbolicMachine {
  /// A sum on its way through a capture chain.
  private struct Captured {
    let unit: Int
    let sum: UInt64
  }

  /// A result on its way to the activation memories.
  private struct Result {
    let unit: Int
    let scope: WriteBackPlan.Scope
    /// Bank times slots plus slot, or -1 for an output that nothing reads.
    let address: Int
    let tag: ScheduleChecker.Tag
  }

  private let checker: ScheduleChecker
  private let network: QuantisedNetwork
  private let schedule: Schedule
  private let profile: PipelineProfile
  /// Copies of the activation memory: that of all lanes, then one by unit.
  private var copies: [ValueCopy]
  private var states: [(tag: ScheduleChecker.Tag, written: Int)]
  private var laneSums: [UInt64]
  private var captures: [CaptureStore]
  private var nodes: [NodeProgress]
  private var pendingCaptures: [Int: [Captured]] = [:]
  private var pendingResults: [Int: [Result]] = [:]
  private var pendingStates: [Int: [(slot: Int, tag: ScheduleChecker.Tag)]] = [:]
  private var wideCycles: [Int: Set<Int>] = [:]
  private var results: [ScheduleChecker.Tag: Int] = [:]

  init(_ checker: ScheduleChecker) {
    self.checker = checker
    network = checker.network
    schedule = checker.schedule
    profile = checker.schedule.profile
    copies = .init(repeating: ValueCopy(checker.map), count: schedule.units + 1)
    states = .init(
      repeating: (.init(value: -1, step: -2), -1), count: network.initialStates.count)
    laneSums = [UInt64](repeating: 0, count: schedule.lanes)
    captures = .init(repeating: CaptureStore(schedule), count: schedule.units)
    nodes = .init(repeating: NodeProgress(), count: schedule.units)
  }

  // MARK: reads

  /// Everything whose read addresses reach the memories in this cycle.
  mutating func readPhase(_ cycle: Int) throws(ScheduleChecker.Violation) {
    let issue = cycle - profile.fetch
    guard issue >= 0 else { return }
    let slot = issue % schedule.period
    for stream in 0..<schedule.streams { try compareLanes(stream, slot, cycle) }
    for lane in 0..<schedule.lanes { try readLane(lane, slot, issue / schedule.period, cycle) }
    for unit in 0..<schedule.units {
      guard let operation = schedule.operations[unit][slot] else { continue }
      let step = issue / schedule.period - operation.stage
      if ScheduleChecker.freshSteps.indices.contains(step) {
        try perform(operation, unit, step, cycle)
      }
    }
  }

  /// The lanes of a stream have one program word and one value between them.
  private func compareLanes(
    _ stream: Int, _ slot: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    let first = stream * schedule.lanesPerStream
    var source: Operand?
    for lane in first..<first + schedule.lanesPerStream {
      let word = schedule.laneSlots[lane][slot]
      let shared = schedule.laneSlots[first][slot]
      guard word.isLast == shared.isLast, word.stage == shared.stage else {
        throw .init(cycle: cycle, description: "lanes of stream \(stream) do different things")
      }
      guard let term = word.term else { continue }
      let own = network.terms[Int(term)].source
      guard source == nil || source == own else {
        throw .init(cycle: cycle, description: "lanes of stream \(stream) read different values")
      }
      source = own
    }
  }

  private mutating func readLane(
    _ lane: Int, _ slot: Int, _ period: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    let word = schedule.laneSlots[lane][slot]
    let step = period - Int(word.stage)
    let isActive = ScheduleChecker.freshSteps.indices.contains(step)
    if isActive, let index = word.term {
      let term = network.terms[Int(index)]
      let tag = try read(term.source, copy: 0, step, cycle)
      laneSums[lane] &+= ScheduleChecker.fingerprint(term.weight, tag)
    }
    guard word.isLast else { return }
    defer { laneSums[lane] = 0 }
    guard isActive else { return }
    let unit = lane / schedule.lanesPerUnit
    let written = cycle - profile.fetch + profile.capture + schedule.chainDelay(ofLane: lane)
    if pendingCaptures[written]?.contains(where: { $0.unit == unit }) == true {
      throw .init(cycle: written, description: "two sums meet in the chain of unit \(unit)")
    }
    pendingCaptures[written, default: []].append(Captured(unit: unit, sum: laneSums[lane]))
  }

  /// Reads a value, and checks that it is the one the network asks for.
  private func read(
    _ operand: Operand, copy: Int, _ step: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) -> ScheduleChecker.Tag {
    guard let slot = checker.map.slots[operand.value] else {
      throw .init(cycle: cycle, description: "value \(operand.value) has no slot")
    }
    let expected = checker.expectedTag(operand, in: step)
    if slot < network.inputs.count, expected.step >= 0 {
      // Inputs are there from the start; the frame after next overwrites them as soon as the next
      // step runs, two cycles after the port may accept it.
      let released = schedule.inputRelease - schedule.profile.controlStages
      if cycle >= (expected.step + 1) * schedule.period + released + 2 {
        throw .init(cycle: cycle, description: "input \(operand.value) may be overwritten")
      }
      return expected
    }
    let isInitial = operand.age == .previous && ScheduleChecker.freshSteps[step]
    let bank = isInitial ? 2 : (operand.age == .current ? step : step + 1) % 2
    let address = copies[copy].address(bank: bank, slot: slot)
    let cell = copies[copy].cells[address]
    if cell.tag != expected || cell.written >= cycle {
      throw .init(
        cycle: cycle,
        description: "value \(operand.value) of step \(expected.step) is not there, but value"
          + " \(cell.tag.value) of step \(cell.tag.step)")
    }
    let isWritten = pendingResults[cycle]?.contains {
      $0.address == address && ($0.scope == .global || $0.unit == copy - 1)
    }
    if isWritten == true {
      throw .init(cycle: cycle, description: "value \(operand.value) is read while written")
    }
    return cell.tag
  }

  // MARK: node units

  private mutating func perform(
    _ operation: Schedule.UnitOperation, _ unit: Int, _ step: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    let cell = network.cells[operation.cell]
    if cycle - profile.fetch < step * schedule.period + profile.firstOperation {
      throw .init(cycle: cycle, description: "an operation is looked up before its step begins")
    }
    if let part = operation.part {
      if part.isFirst { nodes[unit].parts = 0 }
      nodes[unit].parts &+= try take(part, unit, cycle)
    }
    if operation.isArgumentBias {
      guard let bias = cell.argumentBias else {
        throw .init(cycle: cycle, description: "cell \(operation.cell) has no argument bias")
      }
      try fetch(bias, of: cell, unit, step, cycle)
      nodes[unit].hasBias = true
    }
    if let addend = operation.addend {
      if operation.isFirst != nodes[unit].addends.isEmpty {
        throw .init(cycle: cycle, description: "cell \(operation.cell) starts at a wrong place")
      }
      try fetch(network.addends[addend], of: cell, unit, step, cycle)
      guard cell.addends.contains(addend), nodes[unit].addends.insert(addend).inserted else {
        throw .init(cycle: cycle, description: "addend \(addend) does not belong here")
      }
    }
    if operation.isFinish { try finish(operation.cell, unit, step, cycle) }
  }

  /// The captured sum that an operation adds.
  private func take(
    _ part: Schedule.UnitOperation.Part, _ unit: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) -> UInt64 {
    if part.isDirect {
      let arrivals = pendingCaptures[cycle + profile.ramLatency] ?? []
      guard let captured = arrivals.first(where: { $0.unit == unit }) else {
        throw .init(cycle: cycle, description: "no sum arrives to be taken")
      }
      return captured.sum
    }
    let period = (cycle - profile.fetch) / schedule.period - part.age
    // No bank is chosen: the address is there with the word.
    let read = cycle - profile.addressLatency
    guard let captured = captures[unit].read(part.capture, period: period),
      captured.written < read
    else {
      throw .init(cycle: cycle, description: "captured sum \(part.capture) is not there")
    }
    if pendingCaptures[read]?.contains(where: { $0.unit == unit }) == true,
      captures[unit].place(writtenIn: read, unit: unit)
        == captures[unit].place(part.capture, period: period)
    {
      throw .init(
        cycle: cycle, description: "captured sum \(part.capture) is read while written")
    }
    return captured.sum
  }

  private func fetch(
    _ addend: QuantisedNetwork.Addend, of cell: QuantisedNetwork.Cell, _ unit: Int, _ step: Int,
    _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    if let gater = addend.gater { _ = try read(gater, copy: unit + 1, step, cycle) }
    switch addend.input {
    case .nothing: break
    case .value(let operand): _ = try read(operand, copy: unit + 1, step, cycle)
    case .sum(let sum):
      if nodes[unit].parts != checker.expectedSum(sum, in: step) {
        throw .init(cycle: cycle, description: "sum \(sum) is incomplete or wrong")
      }
    case .state:
      guard let slot = cell.stateSlot else {
        throw .init(cycle: cycle, description: "value \(cell.value) keeps no state")
      }
      // After a reset the initial image is read, which nothing writes.
      if ScheduleChecker.freshSteps[step] { break }
      let expected = ScheduleChecker.Tag(value: cell.value, step: step - 1)
      if states[slot].tag != expected || states[slot].written >= cycle {
        throw .init(cycle: cycle, description: "state of value \(cell.value) is not there")
      }
    }
  }

  private mutating func finish(
    _ index: Int, _ unit: Int, _ step: Int, _ cycle: Int
  ) throws(ScheduleChecker.Violation) {
    let cell = network.cells[index]
    guard nodes[unit].addends.count == cell.addends.count,
      nodes[unit].hasBias == (cell.argumentBias != nil)
    else { throw .init(cycle: cycle, description: "cell \(index) finishes incomplete") }
    nodes[unit] = NodeProgress()
    let tag = ScheduleChecker.Tag(value: cell.value, step: step)
    results[tag, default: 0] += 1
    let issue = cycle - profile.fetch
    let path = network.path(of: cell, in: profile)
    if path != .product {
      guard wideCycles[issue + profile.biased(path), default: []].insert(unit).inserted else {
        throw .init(cycle: cycle, description: "two nodes meet in unit \(unit)")
      }
    }
    if let slot = cell.stateSlot {
      pendingStates[issue + profile.state, default: []].append((slot, tag))
    }
    let written = issue + profile.result(path)
    let scope = schedule.writeBack.scopes[index]
    for other in pendingResults[written] ?? [] {
      guard other.unit != unit else {
        throw .init(cycle: written, description: "two results leave unit \(unit) at once")
      }
      guard scope != .global || other.scope != .global else {
        throw .init(cycle: written, description: "two results meet on the write-back bus")
      }
    }
    let address = checker.map.slots[cell.value].map { copies[0].address(bank: step % 2, slot: $0) }
    pendingResults[written, default: []].append(
      Result(unit: unit, scope: scope, address: address ?? -1, tag: tag))
  }

  // MARK: writes

  mutating func writePhase(_ cycle: Int) throws(ScheduleChecker.Violation) {
    wideCycles[cycle] = nil
    let written = pendingResults.removeValue(forKey: cycle) ?? []
    let local = Set(written.filter { $0.scope == .local }.map(\.unit))
    for result in written where result.address >= 0 {
      // A unit that writes for itself misses what is on the bus.
      for copy in copies.indices {
        let isOwn = copy == result.unit + 1
        guard result.scope == .global ? !local.contains(copy - 1) : isOwn else { continue }
        copies[copy].cells[result.address] = (result.tag, cycle)
      }
    }
    for state in pendingStates.removeValue(forKey: cycle) ?? [] {
      states[state.slot] = (state.tag, cycle)
    }
    for captured in pendingCaptures.removeValue(forKey: cycle) ?? [] {
      captures[captured.unit].write(captured.sum, unit: captured.unit, cycle: cycle)
    }
  }

  /// Every cell must have been finished once in every step.
  func finish() throws(ScheduleChecker.Violation) {
    for cell in network.cells {
      for step in ScheduleChecker.freshSteps.indices {
        let count = results[ScheduleChecker.Tag(value: cell.value, step: step)] ?? 0
        guard count != 1 else { continue }
        throw .init(
          cycle: 0, description: "value \(cell.value) is made \(count) times in step \(step)")
      }
    }
  }
}
