extension HardwareDesign {
  /// Words beyond which an image carries no remarks.
  private static let remarkLimit = 20_000

  /// Bits of a word of a lane's program, of the program of lanes that share a stream, and of a node
  /// unit's.
  public var laneWordBits: Int { ProgramWords(design: self).lane(.idle).width }
  public var sourceWordBits: Int { ProgramWords(design: self).source([.idle]).width }
  public var unitWordBits: Int {
    let words = ProgramWords(design: self)
    return layout.operationDepth > 0
      ? words.operation(nil).width : words.position(nil, keeps: false).width
  }

  /// Every memory image of the hardware, in a fixed order.
  public var images: [MemoryImage] {
    (hasWeightsInProgram ? laneImages : sourceImages + (loadsWeights ? [] : weightImages))
      + unitImages + markImages + valuesImages + [tableImage] + stateImages
  }

  /// Words of the lanes' memories of weights, by position in the program.
  public var laneWeights: [[Int64]] {
    let words = ProgramWords(design: self)
    return schedule.laneSlots.map { padded($0, idle: .idle).map(words.weight) }
  }

  private var laneImages: [MemoryImage] {
    let words = ProgramWords(design: self)
    let hasRemarks = schedule.period * schedule.lanes <= Self.remarkLimit
    return schedule.laneSlots.enumerated().map { lane, slots in
      MemoryImage(
        suffix: "lane" + Self.twoDigits(lane),
        summary: "program of MAC lane \(lane): {last, stage, age, slot, weight}",
        words: padded(slots, idle: .idle).map(words.lane), trained: [0..<network.plan.weightBits],
        remarks: hasRemarks ? slots.map(remark) : [])
    }
  }

  private var sourceImages: [MemoryImage] {
    let words = ProgramWords(design: self)
    let hasRemarks = schedule.period * schedule.streams <= Self.remarkLimit
    let lanes = schedule.lanesPerStream
    return (0..<schedule.streams).map { stream in
      let slots = (0..<schedule.period).map { slot in
        schedule.laneSlots[stream * lanes..<(stream + 1) * lanes].map { $0[slot] }
      }
      return MemoryImage(
        suffix: "source" + Self.twoDigits(stream),
        summary: "program of source stream \(stream), of lanes \(stream * lanes) to"
          + " \((stream + 1) * lanes - 1): {last, stage, age, slot}",
        words: padded(slots, idle: [.idle]).map(words.source),
        remarks: hasRemarks
          ? slots.map { remark($0.first { $0.term != nil } ?? $0.first ?? .idle) } : [])
    }
  }

  private var weightImages: [MemoryImage] {
    laneWeights.enumerated().map { lane, weights in
      MemoryImage(
        suffix: "weights" + Self.twoDigits(lane), summary: "weights of MAC lane \(lane)",
        words: weights.map { Self.word($0, bits: network.plan.weightBits) },
        trained: [0..<network.plan.weightBits])
    }
  }

  private var unitImages: [MemoryImage] {
    let words = ProgramWords(design: self)
    let hasRemarks = schedule.period * schedule.units <= Self.remarkLimit
    return schedule.operations.enumerated().map { unit, operations in
      guard layout.operationDepth == 0 else {
        let listed: [Schedule.UnitOperation?] = [nil] + inOrderOfIssue(operations)
        let idle = [Schedule.UnitOperation?](
          repeating: nil, count: layout.operationDepth - listed.count)
        return MemoryImage(
          suffix: "unit" + Self.twoDigits(unit),
          summary: "operations of node unit \(unit), fields as in lstmg_node_unit.v",
          words: (listed + idle).map(words.operation), trained: words.trainedFields,
          remarks: listed.map(remark))
      }
      return MemoryImage(
        suffix: "unit" + Self.twoDigits(unit),
        summary: "program of node unit \(unit): {keep, operation as in lstmg_node_unit.v}",
        words: zip(padded(operations, idle: nil), padded(keepMarks(unit), idle: false)).map {
          words.position($0, keeps: $1)
        }, trained: words.trainedFields,
        remarks: hasRemarks ? operations.map(remark) : [])
    }
  }

  /// When operations begin, for units that have a word for each of these only.
  private var markImages: [MemoryImage] {
    guard layout.operationDepth > 0 else { return [] }
    let words = ProgramWords(design: self)
    let ahead = schedule.profile.firstOperation
    return schedule.operations.enumerated().map { unit, operations in
      let issues = operations.indices.map { position in
        operations[(position + ahead) % schedule.period] != nil
      }
      return MemoryImage(
        suffix: "marks" + Self.twoDigits(unit),
        summary: "positions of node unit \(unit): {issue, keep}",
        words: zip(padded(issues, idle: false), padded(keepMarks(unit), idle: false)).map {
          words.mark(issues: $0, keeps: $1)
        }, remarks: [])
    }
  }

  /// In the order in which positions name them: those at the beginning are named at the end.
  private func inOrderOfIssue(
    _ operations: [Schedule.UnitOperation?]
  ) -> [Schedule.UnitOperation] {
    let ahead = schedule.profile.firstOperation
    return operations.indices.compactMap { operations[($0 + ahead) % schedule.period] }
  }

  /// By position: whether a sum is kept that arrives one cycle after the word left its memory.
  private func keepMarks(_ unit: Int) -> [Bool] {
    let writes = schedule.captures[unit]
    return writes.indices.map { writes[($0 + 1) % writes.count] != nil }
  }

  /// One for each kind of copy of the activation memory that anything reads.
  private var valuesImages: [MemoryImage] {
    [
      valuesImage(.lane, "values", "that lanes read"),
      valuesImage(.gate, "gates", "that node units gate with"),
      valuesImage(.value, "addends", "that node units add"),
    ].compactMap { $0 }
  }

  /// Banks 0 and 1 of a copy and the initial image in bank 2, all alike, so that no word is ever
  /// undefined.
  private func valuesImage(
    _ reader: MemoryMap.Reader, _ suffix: String, _ what: String
  ) -> MemoryImage? {
    let window = map.window(reader)
    guard window.isRead || reader == .lane else { return nil }
    var bank = [Int32](repeating: 0, count: 1 << window.bits)
    var names = [String](repeating: "unused", count: bank.count)
    for (value, slot) in map.slots.enumerated() {
      guard let slot, slot >> window.bits == window.number else { continue }
      bank[window.local(slot)] = network.initialValues[value]
      names[window.local(slot)] = name(of: value)
    }
    let width = network.plan.activationBits
    return MemoryImage(
      suffix: suffix, summary: "values \(what): banks 0 and 1, then the initial image",
      words: (0..<3).flatMap { _ in bank.map { Self.word(Int64($0), bits: width) } },
      isWritten: true,
      remarks: bank.count <= Self.remarkLimit ? (0..<3).flatMap { _ in names } : [])
  }

  private var stateImages: [MemoryImage] {
    let width = network.plan.formats.state.width
    let depth = 1 << layout.stateSlotBits
    return unitStates.enumerated().map { unit, states in
      let half = states + [Int64](repeating: 0, count: depth - states.count)
      return MemoryImage(
        suffix: "states" + Self.twoDigits(unit),
        summary: "states of node unit \(unit): live half, then the initial image",
        words: (half + half).map { Self.word($0, bits: width) }, isWritten: true, remarks: [])
    }
  }

  private var tableImage: MemoryImage {
    let table = network.plan.table
    return MemoryImage(
      suffix: "logistic",
      summary: "logistic by segments of the half x >= 0: {base - 1/2, slope}",
      words: zip(table.bases, table.slopes).map { base, slope in
        var word = BitWord()
        // From one half to less than one: the two upper bits are known.
        word.append(base, bits: table.baseBits - 2)
        word.append(slope, bits: table.slopeBits)
        return word
      }, remarks: [])
  }

  private func padded<Slot>(_ slots: [Slot], idle: Slot) -> [Slot] {
    slots + [Slot](repeating: idle, count: layout.programDepth - slots.count)
  }

  private func remark(_ slot: Schedule.LaneSlot) -> String {
    guard let index = slot.term else { return "idle" }
    return name(of: network.terms[Int(index)].source) + (slot.isLast ? ", last" : "")
  }

  private func remark(_ operation: Schedule.UnitOperation?) -> String {
    guard let operation else { return "idle" }
    return name(of: network.cells[operation.cell].value) + (operation.isFinish ? ", finish" : "")
  }

  private func name(of operand: Operand) -> String {
    name(of: operand.value) + (operand.age == .previous ? " of the previous step" : "")
  }

  /// How generated text calls a value.
  public func name(of value: ValueID) -> String {
    if value >= network.network.nodeCount {
      let product = network.factored.products[value - network.network.nodeCount]
      return "node \(product.gater.value) times node \(product.source.value)"
    }
    let line = network.network.nodes[value].line.map { ", line \($0)" } ?? ""
    return "node \(value)\(line)"
  }

  private static func word(_ value: Int64, bits: Int) -> BitWord {
    var word = BitWord()
    word.append(value, bits: bits)
    return word
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
