extension HardwareDesign {
  /// Words beyond which an image carries no remarks.
  private static let remarkLimit = 20_000

  /// Bits of a word of a lane's program, of the program of lanes that share a stream, and of a node
  /// unit's.
  public var laneWordBits: Int { ProgramWords(design: self).lane(.idle).width }
  public var sourceWordBits: Int { ProgramWords(design: self).source([.idle]).width }
  public var unitWordBits: Int { ProgramWords(design: self).operation(nil, write: nil).width }

  /// Every memory image of the hardware, in a fixed order.
  public var images: [MemoryImage] {
    (schedule.lanesPerStream == 1 ? laneImages : sourceImages + weightImages) + unitImages + [
      valuesImage, tableImage,
    ] + stateImages
  }

  private var laneImages: [MemoryImage] {
    let words = ProgramWords(design: self)
    let hasRemarks = schedule.period * schedule.lanes <= Self.remarkLimit
    return schedule.laneSlots.enumerated().map { lane, slots in
      MemoryImage(
        suffix: "lane" + Self.twoDigits(lane),
        summary: "program of MAC lane \(lane): {last, stage, age, slot, weight}",
        words: padded(slots, idle: .idle).map(words.lane),
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
    let words = ProgramWords(design: self)
    return schedule.laneSlots.enumerated().map { lane, slots in
      MemoryImage(
        suffix: "weights" + Self.twoDigits(lane), summary: "weights of MAC lane \(lane)",
        words: padded(slots, idle: .idle).map {
          Self.word(words.weight($0), bits: network.plan.weightBits)
        }, remarks: [])
    }
  }

  private var unitImages: [MemoryImage] {
    let words = ProgramWords(design: self)
    let hasRemarks = schedule.period * schedule.units <= Self.remarkLimit
    return schedule.operations.enumerated().map { unit, operations in
      MemoryImage(
        suffix: "unit" + Self.twoDigits(unit),
        summary: "program of node unit \(unit), fields as in lstmg_node_unit.v",
        words: zip(padded(operations, idle: nil), padded(schedule.captures[unit], idle: nil)).map {
          words.operation($0, write: $1)
        },
        remarks: hasRemarks ? operations.map(remark) : [])
    }
  }

  /// Banks 0 and 1 of the activation memory and the initial image in bank 2, all alike, so that no
  /// word is ever undefined.
  private var valuesImage: MemoryImage {
    var bank = [Int32](repeating: 0, count: 1 << layout.slotBits)
    var names = [String](repeating: "unused", count: bank.count)
    for (value, slot) in map.slots.enumerated() {
      guard let slot else { continue }
      bank[slot] = network.initialValues[value]
      names[slot] = name(of: value)
    }
    let width = network.plan.activationBits
    return MemoryImage(
      suffix: "values", summary: "activations: banks 0 and 1, then the initial image",
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
      suffix: "logistic", summary: "logistic by segments of the half x >= 0: {base, slope}",
      words: zip(table.bases, table.slopes).map { base, slope in
        var word = BitWord()
        word.append(base, bits: table.baseBits)
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
