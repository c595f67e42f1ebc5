import GoldenCases
import Network
import XCTest

@testable import Lowering

/// What every schedule must be whatever the network; when things happen is the checker's business.
final class SchedulerTests: XCTestCase {
  private static let laneCounts = [1, 2, 3, 4, 7, 16, 64]

  func testSchedulesOfRandomNetworksAreCompleteAndRight() throws {
    for (label, seed, network) in variedNetworks(0..<63) {
      let quantised = try network.quantised()
      let lanes = Self.laneCounts[Int(seed) % Self.laneCounts.count]
      for profile in [PipelineProfile.shallow, .medium] {
        try check(quantised, lanes, profile, "\(label), \(lanes) lanes")
      }
    }
  }

  func testSchedulesOfLargerRandomNetworksAreCompleteAndRight() throws {
    for (seed, lanes) in Self.laneCounts.enumerated() {
      var shape = RandomNetwork()
      (shape.nodes, shape.inputs, shape.outputs) = (40, 5, 4)
      shape.weightLimit = 0.5
      let quantised = try shape.network(seed: UInt64(seed)).quantised()
      try check(
        quantised, lanes, seed % 2 == 0 ? .shallow : .medium, "seed \(seed), \(lanes) lanes")
    }
  }

  func testSchedulesOfGoldenCasesAreComplete() throws {
    for (index, golden) in GoldenCase.all.enumerated() where golden.name != "random-1000" {
      let lanes = Self.laneCounts[index % Self.laneCounts.count]
      let quantised = try golden.network().quantised()
      try check(quantised, lanes, .shallow, "\(golden.name), \(lanes) lanes")
    }
  }

  func testTheSameNetworkGivesTheSameScheduleEveryTime() throws {
    for name in ["trained-parity", "csv-biased-cells"] {
      for lanes in [1, 7, 32] {
        let network = try GoldenCase.named(name).network()
        let first = Scheduler(lanes: lanes).schedule(try network.quantised())
        let second = Scheduler(lanes: lanes).schedule(try network.quantised())
        XCTAssertEqual(first.laneSlots, second.laneSlots, name)
        XCTAssertEqual(first.operations, second.operations, name)
        XCTAssertEqual(first.period, second.period, name)
      }
    }
  }

  func testUnitsDivideTheLanesAndServeAtMostSixteen() throws {
    let quantised = try GoldenCase.named("fanout-gater").network().quantised()
    for lanes in Scheduler.laneCounts {
      let schedule = Scheduler(lanes: lanes).schedule(quantised)
      XCTAssertEqual(schedule.lanesPerUnit * schedule.units, lanes)
      XCTAssertLessThanOrEqual(schedule.lanesPerUnit, 16)
      XCTAssertEqual(schedule.laneSlots.count, lanes)
      XCTAssertEqual(schedule.operations.count, schedule.units)
    }
  }

  private func check(
    _ network: QuantisedNetwork, _ lanes: Int, _ profile: PipelineProfile, _ label: String
  ) throws {
    let schedule = Scheduler(lanes: lanes, profile: profile).schedule(network)
    XCTAssertNoThrow(try ScheduleChecker(network, schedule).check(), label)
    XCTAssertGreaterThanOrEqual(schedule.period, schedule.bound.value, label)
    XCTAssertEqual(schedule.bound.cycles[schedule.bound.term], schedule.bound.value, label)
    for slots in schedule.laneSlots { XCTAssertEqual(slots.count, schedule.period, label) }
    for slots in schedule.operations { XCTAssertEqual(slots.count, schedule.period, label) }
    let terms = schedule.laneSlots.joined().compactMap(\.term)
    XCTAssertEqual(terms.sorted(), network.terms.indices.map(Int32.init), label)
    let parts = checkRuns(network, schedule, label)
    checkOperations(network, schedule, parts, label)
  }

  /// Every run holds terms of one sum without a gap and arrives alone.
  /// - Returns: the sum of every captured part by unit, in order of arrival.
  private func checkRuns(
    _ network: QuantisedNetwork, _ schedule: Schedule, _ label: String
  ) -> [[Int]] {
    let sumOfTerm = network.sums.enumerated().flatMap { index, sum in sum.terms.map { _ in index } }
    var arrivals = [[Int: Int]](repeating: [:], count: schedule.units)
    for (lane, slots) in schedule.laneSlots.enumerated() {
      let (unit, position) = lane.quotientAndRemainder(dividingBy: schedule.lanesPerUnit)
      var open: Int?
      for (slot, content) in slots.enumerated() {
        guard let term = content.term else {
          XCTAssertNil(open, "\(label): idle inside a run")
          XCTAssertFalse(content.isLast, label)
          continue
        }
        let sum = sumOfTerm[Int(term)]
        XCTAssertEqual(open ?? sum, sum, "\(label): two sums in a run")
        open = sum
        guard content.isLast else { continue }
        open = nil
        XCTAssertNil(arrivals[unit].updateValue(sum, forKey: slot + position), label)
      }
      XCTAssertNil(open, "\(label): a run does not end")
    }
    return arrivals.map { $0.sorted { $0.key < $1.key }.map(\.value) }
  }

  /// Every addend and every part is added once, on one unit, in one row of operations a cell.
  private func checkOperations(
    _ network: QuantisedNetwork, _ schedule: Schedule, _ parts: [[Int]], _ label: String
  ) {
    XCTAssertEqual(schedule.capturesPerUnit, parts.map(\.count).max(), label)
    var addends: [Int] = []
    var cells: [Int] = []
    for (unit, slots) in schedule.operations.enumerated() {
      var arrivals: [Int] = []
      for row in rows(slots) {
        let cell = network.cells[row[0].cell]
        cells.append(row[0].cell)
        let isWhole = row.last?.isFinish == true && row.dropLast().allSatisfy { !$0.isFinish }
        XCTAssertTrue(isWhole, "\(label): finish of cell \(row[0].cell)")
        XCTAssertEqual(row.count { $0.isArgumentBias }, cell.argumentBias == nil ? 0 : 1, label)
        let added = row.compactMap(\.addend)
        XCTAssertEqual(added.sorted(), Array(cell.addends), label)
        addends += added
        let first = row.filter { $0.addend != nil }.map(\.isFirst)
        XCTAssertEqual(first, [true] + first.dropFirst().map { _ in false }, label)
        var open: Int?
        for operation in row {
          guard let part = operation.part else { continue }
          let sum = parts[unit][part.arrival]
          arrivals.append(part.arrival)
          XCTAssertEqual(part.isFirst, open == nil, label)
          XCTAssertEqual(open ?? sum, sum, "\(label): parts of two sums added")
          open = sum
          guard let addend = operation.addend else { continue }
          XCTAssertEqual(network.addends[addend].input, .sum(sum), label)
          open = nil
        }
        XCTAssertNil(open, "\(label): a sum is not finished")
      }
      XCTAssertEqual(
        arrivals.sorted(), Array(parts[unit].indices), "\(label): parts of unit \(unit)")
    }
    XCTAssertEqual(cells.sorted(), Array(network.cells.indices), label)
    XCTAssertEqual(addends.count, Set(addends).count, label)
    let slots = schedule.operations.flatMap { $0.enumerated() }
    let last = slots.filter { $0.element?.isFinish == true }.map(\.offset).max()
    XCTAssertEqual(last, schedule.lastFinish, label)
    XCTAssertEqual(
      Set(slots.filter { $0.element?.completesStep == true }.map(\.offset)), [schedule.lastFinish])
    XCTAssertEqual(
      Set(slots.filter { $0.element?.startsOutput == true }.map(\.offset)), [schedule.outputStart])
  }

  /// Operations of one cell after the other, which must stand in neighbouring slots.
  private func rows(_ slots: [Schedule.UnitOperation?]) -> [[Schedule.UnitOperation]] {
    var rows: [[Schedule.UnitOperation]] = []
    var previous: Schedule.UnitOperation?
    for slot in slots {
      if let slot {
        if let previous, previous.cell == slot.cell {
          rows[rows.count - 1].append(slot)
        } else {
          rows.append([slot])
        }
      }
      previous = slot
    }
    return rows
  }
}
