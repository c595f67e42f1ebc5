import GoldenCases
import Network
import XCTest

@testable import Lowering

/// Takes every word of the programs apart again, field by field from the top, and compares it with
/// what the schedule says. The order of the fields is that of the comments in hdl/.
final class ProgramWordsTests: XCTestCase {
  func testLaneWordsSayWhatTheScheduleSays() throws {
    try forEachDesign { design, label in
      let images = design.images.filter { $0.suffix.hasPrefix("lane") }
      XCTAssertEqual(images.count, design.schedule.lanes, label)
      for (slots, image) in zip(design.schedule.laneSlots, images) {
        XCTAssertEqual(image.words.count, design.layout.programDepth, label)
        for (slot, word) in zip(slots, image.words) {
          var fields = Fields(word)
          XCTAssertEqual(fields.flag(), slot.isLast, label)
          XCTAssertEqual(
            fields.unsigned(design.layout.stageBits), UInt64(slot.term == nil ? 0 : slot.stage),
            label)
          let operand = fields.operand(design, .lane)
          let weight = fields.signed(design.network.plan.weightBits)
          let term = slot.term.map { design.network.terms[Int($0)] }
          if let term { XCTAssertEqual(operand, design.address(term.source, .lane), label) }
          XCTAssertEqual(weight, Int64(term?.weight ?? 0), label)
          XCTAssertTrue(fields.isAtEnd, label)
        }
      }
    }
  }

  func testSharedWordsSayWhatTheScheduleSays() throws {
    let network = try GoldenCase.named("ext-standard-lstm").network().quantised()
    let schedule = Scheduler(lanes: 8, lanesPerStream: 4).schedule(network)
    let design = HardwareDesign(network, schedule)
    let sources = design.images.filter { $0.suffix.hasPrefix("source") }
    let weights = design.images.filter { $0.suffix.hasPrefix("weights") }
    XCTAssertEqual(sources.map(\.suffix), ["source00", "source01"])
    XCTAssertEqual(weights.count, 8)
    XCTAssertFalse(design.images.contains { $0.suffix.hasPrefix("lane") })
    for (lane, slots) in schedule.laneSlots.enumerated() {
      for (position, slot) in slots.enumerated() {
        var control = Fields(sources[lane / 4].words[position])
        XCTAssertEqual(control.flag(), slot.isLast)
        XCTAssertEqual(control.unsigned(design.layout.stageBits), UInt64(slot.stage))
        let operand = control.operand(design, .lane)
        XCTAssertTrue(control.isAtEnd)
        var own = Fields(weights[lane].words[position])
        let weight = own.signed(network.plan.weightBits)
        XCTAssertTrue(own.isAtEnd)
        let term = slot.term.map { network.terms[Int($0)] }
        if let term { XCTAssertEqual(operand, design.address(term.source, .lane)) }
        XCTAssertEqual(weight, Int64(term?.weight ?? 0))
      }
    }
  }

  func testUnitWordsSayWhatTheScheduleSays() throws {
    try forEachDesign { design, label in
      let images = design.images.filter { $0.suffix.hasPrefix("unit") }
      XCTAssertEqual(images.count, design.schedule.units, label)
      for (unit, image) in images.enumerated() {
        let operations = design.schedule.operations[unit]
        XCTAssertEqual(image.words.count, design.layout.programDepth, label)
        for (position, (operation, word)) in zip(operations, image.words).enumerated() {
          var fields = Fields(word)
          XCTAssertEqual(fields.flag(), keeps(after: position, unit, design), label)
          check(operation, design, &fields, label)
        }
      }
    }
  }

  func testMarksNameTheOperationsOneAfterTheOther() throws {
    try forEachDesign(.operations) { design, label in
      let schedule = design.schedule
      let ahead = schedule.profile.romLatency + 1
      for unit in 0..<schedule.units {
        let name = unit < 10 ? "0\(unit)" : "\(unit)"
        let images = Dictionary(uniqueKeysWithValues: design.images.map { ($0.suffix, $0.words) })
        let marks = try XCTUnwrap(images["marks" + name])
        let words = try XCTUnwrap(images["unit" + name])
        XCTAssertEqual(marks.count, design.layout.programDepth, label)
        XCTAssertEqual(words.count, design.layout.operationDepth, label)
        var idle = Fields(words[0])
        check(nil, design, &idle, label)
        var number = 0
        for position in 0..<schedule.period {
          var fields = Fields(marks[position])
          let operation = schedule.operations[unit][(position + ahead) % schedule.period]
          XCTAssertEqual(fields.flag(), operation != nil, label)
          XCTAssertEqual(fields.flag(), keeps(after: position, unit, design), label)
          guard let operation else { continue }
          number += 1
          var word = Fields(words[number])
          check(operation, design, &word, label)
        }
      }
    }
  }

  /// Whether a sum is kept whose word stands behind a position; places are counted in this order.
  private func keeps(after position: Int, _ unit: Int, _ design: HardwareDesign) -> Bool {
    let writes = design.schedule.captures[unit]
    let order = (1...writes.count).compactMap { writes[$0 % writes.count] }
    XCTAssertEqual(order, Array(order.indices))
    return writes[(position + 1) % writes.count] != nil
  }

  private func check(
    _ operation: Schedule.UnitOperation?, _ design: HardwareDesign, _ fields: inout Fields,
    _ label: String
  ) {
    XCTAssertEqual(
      fields.unsigned(design.layout.stageBits), UInt64(operation?.stage ?? 0), label)
    checkFinish(operation, design, &fields, label)
    checkAddend(operation, design, &fields, label)
    XCTAssertTrue(fields.isAtEnd, label)
  }

  private func checkFinish(
    _ operation: Schedule.UnitOperation?, _ design: HardwareDesign, _ fields: inout Fields,
    _ label: String
  ) {
    let layout = design.layout
    let cell = operation.map { design.network.cells[$0.cell] }
    let result = operation?.isFinish == true ? cell : nil
    XCTAssertEqual(fields.flag(), result != nil && operation?.completesStep == true, label)
    XCTAssertEqual(fields.flag(), result != nil && operation?.startsOutput == true, label)
    let output = result.flatMap { design.network.outputs.firstIndex(of: $0.value) }
    XCTAssertEqual(fields.flag(), output != nil, label)
    XCTAssertEqual(fields.unsigned(layout.outputBits), UInt64(output ?? 0), label)
    let slot = result.flatMap { design.map.slots[$0.value] }
    let scope = result == nil ? .none : operation.map { design.schedule.writeBack.scopes[$0.cell] }
    XCTAssertEqual(fields.flag(), slot != nil && scope == .global, label)
    XCTAssertEqual(fields.flag(), slot != nil && scope == .local, label)
    XCTAssertEqual(fields.unsigned(layout.slotBits), UInt64(slot ?? 0), label)
    let function = fields.unsigned(2)
    let integerBits = Int(fields.unsigned(layout.integerBits))
    if let result {
      switch result.output {
      case .logistic: XCTAssertEqual(function, 0, label)
      case .tanh: XCTAssertEqual(function, 1, label)
      case .linear(let rectified):
        XCTAssertEqual(function, rectified ? 3 : 2, label)
        XCTAssertEqual(integerBits, design.network.valueFormats[result.value].integerBits, label)
      }
    }
    XCTAssertEqual(fields.flag(), result?.stateSlot != nil, label)
    let state = cell?.stateSlot.map { design.stateSlots[$0] }
    XCTAssertEqual(fields.unsigned(layout.stateSlotBits), UInt64(state ?? 0), label)
    XCTAssertEqual(fields.flag(), result != nil, label)
    let path = result.map { design.network.path(of: $0, in: design.schedule.profile) }
    XCTAssertEqual(fields.flag(), path == .shortTable || path == .shortLinear, label)
    XCTAssertEqual(fields.flag(), path == .product, label)
  }

  private func checkAddend(
    _ operation: Schedule.UnitOperation?, _ design: HardwareDesign, _ fields: inout Fields,
    _ label: String
  ) {
    let plan = design.network.plan
    let cell = operation.map { design.network.cells[$0.cell] }
    let addend =
      operation?.isArgumentBias == true
      ? cell?.argumentBias : operation?.addend.map { design.network.addends[$0] }
    XCTAssertEqual(fields.flag(), operation?.isArgumentBias ?? false, label)
    XCTAssertEqual(fields.flag(), operation?.isFirst ?? false, label)
    let path = cell.map { design.network.path(of: $0, in: design.schedule.profile) }
    let isAccumulated = path == .longTable || path == .longLinear
    XCTAssertEqual(fields.flag(), addend != nil && isAccumulated, label)
    XCTAssertEqual(fields.signed(plan.operand.width), addend?.constant ?? 0, label)
    XCTAssertEqual(fields.unsigned(plan.shiftBits), UInt64(addend?.shift ?? 0), label)
    XCTAssertEqual(fields.flag(), addend?.gater != nil, label)
    let gater = fields.operand(design, .gate)
    if let expected = addend?.gater {
      XCTAssertEqual(gater, design.address(expected, .gate), label)
    }
    let kind = fields.unsigned(2)
    let value = fields.operand(design, .value)
    switch addend?.input {
    case .nothing, nil: XCTAssertEqual(kind, 0, label)
    case .sum: XCTAssertEqual(kind, 1, label)
    case .value(let expected):
      XCTAssertEqual(kind, 2, label)
      XCTAssertEqual(value, design.address(expected, .value), label)
    case .state: XCTAssertEqual(kind, 3, label)
    }
    XCTAssertEqual(fields.flag(), operation?.part?.isFirst ?? false, label)
    XCTAssertEqual(fields.flag(), operation?.part != nil, label)
    XCTAssertEqual(fields.flag(), operation?.part?.isDirect ?? false, label)
    XCTAssertEqual(
      fields.unsigned(design.layout.captureAgeBits), UInt64(operation?.part?.age ?? 0), label)
    XCTAssertEqual(
      fields.unsigned(design.layout.captureBits), UInt64(operation?.part?.capture ?? 0), label)
  }

  private func forEachDesign(
    _ form: ProgramForm = .positions, _ body: (HardwareDesign, String) throws -> Void
  ) throws {
    for (label, seed, network) in variedNetworks(0..<24) {
      let quantised = try network.quantised()
      let lanes = [1, 4, 16, 64][Int(seed % 4)]
      let schedule = Scheduler(lanes: lanes).schedule(quantised)
      try body(HardwareDesign(quantised, schedule, program: form), label)
    }
    let quantised = try GoldenCase.named("trained-dsr").network().quantised()
    let schedule = Scheduler(lanes: 16).schedule(quantised)
    try body(HardwareDesign(quantised, schedule, program: form), "trained-dsr")
  }
}

/// Reads fields off a word's hexadecimal digits, from the most significant bit down.
private struct Fields {
  private var bits: [Bool]

  init(_ word: BitWord) {
    let all = word.hexadecimal.flatMap { digit in
      let value = digit.hexDigitValue!
      return (0..<4).reversed().map { value >> $0 & 1 == 1 }
    }
    bits = Array(all.suffix(word.width))
  }

  var isAtEnd: Bool { bits.isEmpty }

  mutating func unsigned(_ width: Int) -> UInt64 {
    let value = bits.prefix(width).reduce(UInt64(0)) { $0 << 1 | ($1 ? 1 : 0) }
    bits.removeFirst(width)
    return value
  }

  mutating func signed(_ width: Int) -> Int64 {
    let value = Int64(unsigned(width))
    return value >> Int64(width - 1) == 0 ? value : value - (1 << Int64(width))
  }

  mutating func flag() -> Bool { unsigned(1) == 1 }

  mutating func operand(_ design: HardwareDesign, _ reader: MemoryMap.Reader) -> [UInt64] {
    [unsigned(1), unsigned(design.map.window(reader).bits)]
  }
}

extension HardwareDesign {
  /// Age and slot of an operand in a copy.
  fileprivate func address(_ operand: Operand, _ reader: MemoryMap.Reader) -> [UInt64] {
    let slot = map.slots[operand.value]! % (1 << map.window(reader).bits)
    return [operand.age == .previous ? 1 : 0, UInt64(slot)]
  }
}
