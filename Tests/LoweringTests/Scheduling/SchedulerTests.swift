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

  /// Zeros of lanes that have no sum take no place among the captured sums.
  func testOnlySumsAreCapturedWhereLanesShareSources() throws {
    for name in ["fanout-gater", "random-50", "ext-standard-lstm"] {
      let network = try GoldenCase.named(name).network().quantised()
      let schedule = Scheduler(lanes: 8, lanesPerStream: 8).schedule(network)
      let kept = schedule.operations.map { unit in
        unit.count { $0?.part.map { !$0.isDirect } ?? false }
      }
      XCTAssertEqual(schedule.captures.map { $0.count { $0 != nil } }, kept, name)
      XCTAssertEqual(schedule.capturesPerUnit, kept.max(), name)
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
  /// - Returns: by unit, the sum of every captured part by the slot of its arrival, counted from the
  ///   beginning of its step.
  private func checkRuns(
    _ network: QuantisedNetwork, _ schedule: Schedule, _ label: String
  ) -> [[Int: Int]] {
    let sumOfTerm = network.sums.enumerated().flatMap { index, sum in sum.terms.map { _ in index } }
    var arrivals = [[Int: Int]](repeating: [:], count: schedule.units)
    for (lane, slots) in schedule.laneSlots.enumerated() {
      let (unit, position) = lane.quotientAndRemainder(dividingBy: schedule.lanesPerUnit)
      var open: (sum: Int, next: Int)?
      let busy = slots.enumerated().filter { $0.element.term != nil }
        .map { (Int($0.element.stage) * schedule.period + $0.offset, $0.element) }
      for (time, content) in busy.sorted(by: { $0.0 < $1.0 }) {
        let sum = sumOfTerm[Int(content.term!)]
        XCTAssertEqual(open?.sum ?? sum, sum, "\(label): two sums in a run")
        XCTAssertEqual(open?.next ?? time, time, "\(label): idle inside a run")
        open = content.isLast ? nil : (sum, time + 1)
        guard content.isLast else { continue }
        XCTAssertNil(arrivals[unit].updateValue(sum, forKey: time + position), label)
      }
      XCTAssertNil(open, "\(label): a run does not end")
    }
    for unit in arrivals {
      XCTAssertEqual(Set(unit.keys.map { $0 % schedule.period }).count, unit.count, label)
    }
    return arrivals
  }

  /// Every addend and every part is added once, on one unit, in one row of operations a cell.
  private func checkOperations(
    _ network: QuantisedNetwork, _ schedule: Schedule, _ parts: [[Int: Int]], _ label: String
  ) {
    let kept = schedule.operations.map { unit in
      unit.count { $0?.part.map { !$0.isDirect } ?? false }
    }
    XCTAssertEqual(schedule.captures.map { $0.count { $0 != nil } }, kept, label)
    XCTAssertEqual(schedule.capturesPerUnit, kept.max(), label)
    var addends: [Int] = []
    var cells: [Int] = []
    var results: [Int] = []
    for unit in 0..<schedule.units {
      var taken: [Int] = []
      for row in rows(schedule, unit) {
        let cell = network.cells[row[0].operation.cell]
        cells.append(row[0].operation.cell)
        let isWhole =
          row.last?.operation.isFinish == true
          && row.dropLast().allSatisfy { !$0.operation.isFinish }
        XCTAssertTrue(isWhole, "\(label): finish of cell \(row[0].operation.cell)")
        let biases = row.count { $0.operation.isArgumentBias }
        XCTAssertEqual(biases, cell.argumentBias == nil ? 0 : 1, label)
        let added = row.compactMap(\.operation.addend)
        XCTAssertEqual(added.sorted(), Array(cell.addends), label)
        addends += added
        let first = row.filter { $0.operation.addend != nil }.map(\.operation.isFirst)
        XCTAssertEqual(first, [true] + first.dropFirst().map { _ in false }, label)
        let path = network.path(of: cell, in: schedule.profile)
        results.append(row.last!.time + schedule.profile.result(path))
        var open: Int?
        for (time, operation) in row {
          guard let part = operation.part else { continue }
          let arrival = arrival(of: part, at: time, schedule, unit)
          guard let sum = parts[unit][arrival] else {
            XCTFail("\(label): no part arrives at \(arrival)")
            continue
          }
          taken.append(arrival)
          XCTAssertEqual(part.isFirst, open == nil, label)
          XCTAssertEqual(open ?? sum, sum, "\(label): parts of two sums added")
          open = sum
          guard let addend = operation.addend else { continue }
          XCTAssertEqual(network.addends[addend].input, .sum(sum), label)
          open = nil
        }
        XCTAssertNil(open, "\(label): a sum is not finished")
      }
      XCTAssertEqual(taken.sorted(), parts[unit].keys.sorted(), "\(label): parts of unit \(unit)")
    }
    XCTAssertEqual(cells.sorted(), Array(network.cells.indices), label)
    XCTAssertEqual(addends.count, Set(addends).count, label)
    XCTAssertEqual(results.max(), schedule.lastResult, label)
    XCTAssertTrue(results.contains(schedule.outputResult), label)
    let operations = schedule.operations.joined().compactMap { $0 }
    XCTAssertEqual(operations.count { $0.completesStep }, 1, label)
    XCTAssertEqual(operations.count { $0.startsOutput }, 1, label)
  }

  /// Slot, from the beginning of its step, in which the part that an operation takes arrived.
  private func arrival(
    of part: Schedule.UnitOperation.Part, at time: Int, _ schedule: Schedule, _ unit: Int
  ) -> Int {
    let profile = schedule.profile
    if part.isDirect { return time - profile.captureToDirect }
    let slot = schedule.captures[unit].firstIndex(of: part.capture) ?? -1
    let word = (time / schedule.period - part.age) * schedule.period + slot
    return word + profile.romLatency - profile.capture
  }

  /// Operations of one cell after the other, which must stand in neighbouring slots; times count from
  /// the beginning of the step.
  private func rows(
    _ schedule: Schedule, _ unit: Int
  ) -> [[(time: Int, operation: Schedule.UnitOperation)]] {
    let placed = schedule.operations[unit].enumerated()
      .compactMap { slot, operation in
        operation.map { (time: $0.stage * schedule.period + slot, operation: $0) }
      }
      .sorted { $0.time < $1.time }
    var rows: [[(time: Int, operation: Schedule.UnitOperation)]] = []
    for next in placed {
      if let last = rows.last?.last, last.operation.cell == next.operation.cell,
        last.time + 1 == next.time
      {
        rows[rows.count - 1].append(next)
      } else {
        rows.append([next])
      }
    }
    return rows
  }
}
