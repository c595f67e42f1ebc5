import Network

/// Puts the words of a design's programs and memories together.
struct ProgramWords {
  let design: HardwareDesign

  private var network: QuantisedNetwork { design.network }
  private var layout: WordLayout { design.layout }
  private var plan: FormatPlan { design.network.plan }

  /// {last, stage, age, slot, weight}
  func lane(_ slot: Schedule.LaneSlot) -> BitWord {
    var word = source([slot])
    word.append(weight(slot), bits: plan.weightBits)
    return word
  }

  /// {last, stage, age, slot}, from what the lanes of a stream do in one cycle.
  func source(_ slots: [Schedule.LaneSlot]) -> BitWord {
    var word = BitWord()
    word.append(slots.first?.isLast ?? false)
    word.append(Int64(slots.first?.stage ?? 0), bits: layout.stageBits)
    let term = slots.lazy.compactMap(\.term).first
    append(term.map { network.terms[Int($0)].source }, .lane, to: &word)
    return word
  }

  func weight(_ slot: Schedule.LaneSlot) -> Int64 {
    slot.term.map { Int64(network.terms[Int($0)].weight) } ?? 0
  }

  /// {issue, keep}
  func mark(issues: Bool, keeps: Bool) -> BitWord {
    var word = BitWord()
    word.append(issues)
    word.append(keeps)
    return word
  }

  /// {keep, operation} where each position has a word.
  func position(_ operation: Schedule.UnitOperation?, keeps: Bool) -> BitWord {
    var word = BitWord()
    word.append(keeps)
    append(operation, to: &word)
    return word
  }

  /// The fields of lstmg_node_unit's operation, in its order.
  func operation(_ operation: Schedule.UnitOperation?) -> BitWord {
    var word = BitWord()
    append(operation, to: &word)
    return word
  }

  /// Fields of an operation that depend on weights: constant and shift of its addend.
  var trainedFields: [Range<Int>] {
    let shift = addendTailBits..<addendTailBits + plan.shiftBits
    return [shift.upperBound..<shift.upperBound + plan.operand.width, shift]
  }

  /// Bits of an operation below the shift.
  private var addendTailBits: Int {
    var word = BitWord()
    appendTail(nil, nil, to: &word)
    return word.width
  }

  private func append(_ operation: Schedule.UnitOperation?, to word: inout BitWord) {
    word.append(Int64(operation?.stage ?? 0), bits: layout.stageBits)
    guard let operation else {
      appendFinish(nil, to: &word)
      appendAddend(nil, nil, to: &word)
      return
    }
    let cell = network.cells[operation.cell]
    let addend =
      operation.isArgumentBias ? cell.argumentBias : operation.addend.map { network.addends[$0] }
    appendFinish(operation, to: &word)
    appendAddend(operation, addend, to: &word)
  }

  private func appendFinish(_ operation: Schedule.UnitOperation?, to word: inout BitWord) {
    let finishing = operation?.isFinish == true ? operation : nil
    let cell = operation.map { network.cells[$0.cell] }
    let result = finishing == nil ? nil : cell
    let output = result.flatMap { design.map.outputIndices[$0.value] }
    let slot = result.flatMap { design.map.slots[$0.value] }
    word.append(finishing?.completesStep ?? false)
    word.append(finishing?.startsOutput ?? false)
    word.append(output != nil)
    word.append(Int64(output ?? 0), bits: layout.outputBits)
    let scope = finishing.map { design.schedule.writeBack.scopes[$0.cell] }
    word.append(scope == .global && slot != nil)
    word.append(scope == .local && slot != nil)
    word.append(Int64(slot ?? 0), bits: layout.slotBits)
    let (function, integerBits) = result.map(function) ?? (0, 0)
    word.append(function, bits: 2)
    word.append(integerBits, bits: layout.integerBits)
    word.append(result?.stateSlot != nil)
    let state = cell?.stateSlot.map { design.stateSlots[$0] }
    word.append(Int64(state ?? 0), bits: layout.stateSlotBits)
    word.append(finishing != nil)
    let path = result.map { network.path(of: $0, in: design.schedule.profile) }
    word.append(path?.isShort ?? false)
    word.append(path == .product)
  }

  private func appendAddend(
    _ operation: Schedule.UnitOperation?, _ addend: QuantisedNetwork.Addend?,
    to word: inout BitWord
  ) {
    let path = operation.map {
      network.path(of: network.cells[$0.cell], in: design.schedule.profile)
    }
    let goesPast = path?.isShort == true || path == .product
    word.append(operation?.isArgumentBias ?? false)
    word.append(operation?.isFirst ?? false)
    // A short way leaves gate and accumulator alone.
    word.append(addend != nil && !goesPast)
    word.append(addend?.constant ?? 0, bits: plan.operand.width)
    word.append(Int64(addend?.shift ?? 0), bits: plan.shiftBits)
    appendTail(operation, addend, to: &word)
  }

  /// The gater, the value and the part of a sum.
  private func appendTail(
    _ operation: Schedule.UnitOperation?, _ addend: QuantisedNetwork.Addend?,
    to word: inout BitWord
  ) {
    word.append(addend?.gater != nil)
    append(addend?.gater, .gate, to: &word)
    var value: Operand?
    switch addend?.input {
    case .sum: word.append(1, bits: 2)
    case .value(let operand):
      word.append(2, bits: 2)
      value = operand
    case .state: word.append(3, bits: 2)
    case .nothing, nil: word.append(0, bits: 2)
    }
    append(value, .value, to: &word)
    word.append(operation?.part?.isFirst ?? false)
    word.append(operation?.part != nil)
    word.append(operation?.part?.isDirect ?? false)
    word.append(Int64(operation?.part?.age ?? 0), bits: layout.captureAgeBits)
    word.append(Int64(operation?.part?.capture ?? 0), bits: layout.captureBits)
  }

  /// {age, slot}
  private func append(
    _ operand: Operand?, _ reader: MemoryMap.Reader, to word: inout BitWord
  ) {
    let window = design.map.window(reader)
    let slot = operand.flatMap { design.map.slots[$0.value] }
    if let slot {
      precondition(
        window.isRead && slot >> window.bits == window.number, "value outside of the copy's window")
    }
    word.append(operand?.age == .previous)
    word.append(Int64(slot.map(window.local) ?? 0), bits: window.bits)
  }

  /// The function's number as in a netSpec, and integer bits of a linear result.
  private func function(of cell: QuantisedNetwork.Cell) -> (Int64, Int64) {
    let integerBits = Int64(network.valueFormats[cell.value].integerBits)
    return switch cell.output {
    case .logistic: (Int64(ActivationFunction.logistic.rawValue), 0)
    case .tanh: (Int64(ActivationFunction.tanh.rawValue), 0)
    case .linear(rectified: false): (Int64(ActivationFunction.identity.rawValue), integerBits)
    case .linear(rectified: true): (Int64(ActivationFunction.relu.rawValue), integerBits)
    }
  }
}
