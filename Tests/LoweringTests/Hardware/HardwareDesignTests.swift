import GoldenCases
import Network
import XCTest

@testable import Lowering

final class HardwareDesignTests: XCTestCase {
  func testUtilizationIsThePartOfLaneSlotsThatMultiply() throws {
    let design = try design("trained-dsr", lanes: 4)
    let busy = design.schedule.laneSlots.joined().count { $0.term != nil }
    XCTAssertEqual(busy, design.network.macsPerStep)
    XCTAssertEqual(
      design.utilization, Double(busy) / Double(4 * design.schedule.period), accuracy: 1e-12)
  }

  func testEveryValueThatIsReadHasItsOwnSlotAndInputsComeFirst() throws {
    for (label, _, network) in variedNetworks(0..<80) {
      let quantised = try network.quantised()
      let map = MemoryMap(quantised)
      XCTAssertEqual(
        quantised.inputs.map { map.slots[$0] }, Array(0..<quantised.inputs.count), label)
      let slots = map.slots.compactMap { $0 }
      XCTAssertEqual(Set(slots).count, slots.count, label)
      XCTAssertEqual(slots.max().map { $0 + 1 } ?? 0, map.slotCount, label)
      func assertHeld(_ operand: Operand, _ reader: MemoryMap.Reader) {
        let window = map.window(reader)
        XCTAssertTrue(window.isRead, label)
        XCTAssertEqual(map.slots[operand.value].map { $0 >> window.bits }, window.number, label)
      }
      for term in quantised.terms { assertHeld(term.source, .lane) }
      for addend in quantised.addends + quantised.cells.compactMap(\.argumentBias) {
        if let gater = addend.gater { assertHeld(gater, .gate) }
        if case .value(let operand) = addend.input { assertHeld(operand, .value) }
      }
      // Lanes hold all inputs, and copies do not grow by the gaps that make others smaller.
      XCTAssertEqual(map.window(.lane).number, 0, label)
      XCTAssertLessThanOrEqual(quantised.inputs.count, 1 << map.window(.lane).bits, label)
      for (position, value) in quantised.outputs.enumerated() {
        XCTAssertEqual(map.outputIndices[value], position, label)
      }
    }
  }

  func testEveryStateHasAPlaceOnTheUnitThatOwnsItsCell() throws {
    for (label, seed, network) in variedNetworks(0..<30) {
      let quantised = try network.quantised()
      let design = HardwareDesign(
        quantised, Scheduler(lanes: seed % 2 == 0 ? 64 : 3).schedule(quantised))
      var places: Set<[Int]> = []
      for (unit, operations) in design.schedule.operations.enumerated() {
        for case let operation? in operations where operation.isFinish {
          guard let slot = quantised.cells[operation.cell].stateSlot else { continue }
          let place = design.stateSlots[slot]
          XCTAssertTrue(places.insert([unit, place]).inserted, label)
          XCTAssertEqual(design.unitStates[unit][place], quantised.initialStates[slot], label)
        }
      }
      XCTAssertEqual(places.count, quantised.initialStates.count, label)
    }
  }

  func testImagesHaveTheDepthAndWidthThatTheParametersGive() throws {
    for lanes in [1, 16, 64] {
      let design = try design("trained-reber", lanes: lanes)
      let parameters = Dictionary(
        uniqueKeysWithValues: design.parameters.map { ($0.name, $0.value) })
      let images = Dictionary(uniqueKeysWithValues: design.images.map { ($0.suffix, $0) })
      let copies = [parameters["HAS_GATES"]!, parameters["HAS_VALUES"]!].reduce(1, +)
      XCTAssertEqual(images.count, lanes + 2 * design.schedule.units + 1 + copies)
      for image in design.images {
        XCTAssertEqual(Set(image.words.map(\.width)).count, 1, image.suffix)
        XCTAssertTrue(image.remarks.count <= image.words.count, image.suffix)
      }
      XCTAssertEqual(images["lane00"]?.words.count, parameters["PROGRAM_DEPTH"])
      XCTAssertEqual(
        images["lane00"]?.words.first?.width,
        2 + parameters["STAGE_BITS"]! + parameters["LANE_SLOT_BITS"]! + parameters["WEIGHT_BITS"]!)
      XCTAssertEqual(images["values"]?.words.count, 3 << parameters["LANE_SLOT_BITS"]!)
      XCTAssertEqual(images["gates"]?.words.count, 3 << parameters["GATE_SLOT_BITS"]!)
      XCTAssertEqual(images["values"]?.words.first?.width, parameters["VALUE_BITS"])
      XCTAssertEqual(images["states00"]?.words.count, 2 << parameters["STATE_SLOT_BITS"]!)
      XCTAssertEqual(images["states00"]?.words.first?.width, parameters["STATE_BITS"])
      XCTAssertEqual(images["logistic"]?.words.count, 1 << parameters["SEGMENT_BITS"]!)
      XCTAssertGreaterThanOrEqual(1 << parameters["PC_BITS"]!, parameters["PERIOD"]!)
      XCTAssertGreaterThanOrEqual(1 << parameters["CAPTURE_BITS"]!, design.schedule.capturesPerUnit)
    }
  }

  func testInitialValuesAndStatesStandInTheirImages() throws {
    var shape = RandomNetwork()
    shape.stateLimit = 3
    shape.selfConnections = 0.8
    let quantised = try shape.network(seed: 5).quantised()
    let design = HardwareDesign(quantised, Scheduler(lanes: 4).schedule(quantised))
    for (reader, suffix) in [
      (MemoryMap.Reader.lane, "values"), (.gate, "gates"), (.value, "addends"),
    ] {
      let window = design.map.window(reader)
      guard window.isRead else { continue }
      let values = try XCTUnwrap(design.images.first { $0.suffix == suffix })
      for (value, slot) in design.map.slots.enumerated() {
        guard let slot, slot >> window.bits == window.number else { continue }
        let expected = Int64(quantised.initialValues[value])
        XCTAssertEqual(
          word(expected, quantised.plan.activationBits),
          values.words[2 << window.bits + window.local(slot)])
      }
    }
    let states = try XCTUnwrap(design.images.first { $0.suffix == "states00" })
    for (slot, state) in quantised.initialStates.enumerated() {
      let place = design.stateSlots[slot]
      let half = states.words.count / 2
      XCTAssertEqual(states.words[place], word(state, quantised.plan.formats.state.width))
      XCTAssertEqual(states.words[half + place], word(state, quantised.plan.formats.state.width))
    }
  }

  func testLayoutCountsBits() {
    let cases = [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (1024, 10), (1025, 11)]
    for (count, bits) in cases { XCTAssertEqual(WordLayout.bits(for: count), bits, "\(count)") }
  }

  private func design(_ name: String, lanes: Int) throws -> HardwareDesign {
    let quantised = try GoldenCase.named(name).network().quantised()
    return HardwareDesign(quantised, Scheduler(lanes: lanes).schedule(quantised))
  }

  private func word(_ value: Int64, _ bits: Int) -> BitWord {
    var word = BitWord()
    word.append(value, bits: bits)
    return word
  }
}
