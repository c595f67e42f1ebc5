import GoldenCases
import NetSpec
import XCTest

@testable import Lowering

final class ScheduleCheckerTests: XCTestCase {
  private func network(_ name: String) throws -> QuantisedNetwork {
    let golden = try XCTUnwrap(GoldenCase.all.first { $0.name == name })
    let network = try NetSpecReader(
      inputCount: golden.inputCount, outputCount: golden.outputCount
    ).read(golden.specBytes, file: name).network
    return try Quantiser(.init(inputRange: -4...4)).quantise(
      GateFactorer().factor(Levelizer().levelize(network)))
  }

  private func violation(
    _ network: QuantisedNetwork, _ schedule: Schedule
  ) -> ScheduleChecker.Violation? {
    do {
      try ScheduleChecker(network, schedule).check()
      return nil
    } catch {
      return error
    }
  }

  func testSchedulesOfTheGoldenCasesAreRight() throws {
    for golden in GoldenCase.all {
      let network = try network(golden.name)
      let settings: [(Int, PipelineProfile)] =
        golden.name == "random-1000"
        ? [(16, .medium)]
        : [(1, .shallow), (4, .medium), (6, .shallow), (16, .shallow), (64, .medium)]
      for (lanes, profile) in settings {
        let schedule = Scheduler(lanes: lanes, profile: profile).schedule(network)
        XCTAssertNil(violation(network, schedule), "\(golden.name) at \(lanes) lanes")
        XCTAssertGreaterThanOrEqual(schedule.period, schedule.bound.value, golden.name)
      }
    }
  }

  func testSchedulesWithSharedSourcesAreRight() throws {
    for golden in GoldenCase.all where golden.name != "random-1000" {
      let network = try network(golden.name)
      let settings: [(Int, Int, PipelineProfile)] = [
        (2, 2, .medium), (4, 4, .balanced), (8, 2, .shallow), (12, 3, .balanced),
        (32, 16, .shallow),
      ]
      for (lanes, lanesPerStream, profile) in settings {
        let schedule = Scheduler(
          lanes: lanes, profile: profile, lanesPerStream: lanesPerStream
        ).schedule(network)
        let label = "\(golden.name) at \(lanes) lanes, \(lanesPerStream) a stream"
        XCTAssertNil(violation(network, schedule), label)
        XCTAssertEqual(schedule.lanesPerStream, lanesPerStream, label)
        XCTAssertGreaterThanOrEqual(schedule.period, schedule.bound.value, label)
      }
    }
  }

  /// Every way of damaging a right schedule must be found, with a description that names it.
  private func assertFound(
    _ expected: String, in name: String = "trained-dsr", lanesPerStream: Int = 1,
    line: UInt = #line, _ damage: (inout Schedule) throws -> Void
  ) throws {
    let network = try network(name)
    var schedule = Scheduler(lanes: 4, lanesPerStream: lanesPerStream).schedule(network)
    XCTAssertNil(violation(network, schedule), line: line)
    try damage(&schedule)
    let found = try XCTUnwrap(violation(network, schedule), "not found", line: line)
    XCTAssertTrue(found.description.contains(expected), found.description, line: line)
  }

  /// The first of some damages that the checker describes with a text.
  private func firstFound<Choice>(
    _ expected: String, among choices: [Choice], _ damage: (inout Schedule, Choice) -> Void
  ) throws -> Choice? {
    let network = try network("trained-dsr")
    let schedule = Scheduler(lanes: 4).schedule(network)
    return choices.first { choice in
      var damaged = schedule
      damage(&damaged, choice)
      return violation(network, damaged)?.description.contains(expected) == true
    }
  }

  func testATermReadBeforeItsValueIsWrittenIsFound() throws {
    let network = try network("trained-dsr")
    let schedule = Scheduler(lanes: 4).schedule(network)
    let late = schedule.laneSlots[0].indices.filter { slot in
      guard let term = schedule.laneSlots[0][slot].term else { return false }
      let source = network.terms[Int(term)].source
      return source.age == .current && source.value >= network.inputs.count
    }
    XCTAssertFalse(late.isEmpty)
    // A term of this step's values changes places with one that is read earlier.
    let pairs = late.flatMap { slot in (0..<slot).map { ($0, slot) } }
    let found = try firstFound("is not there", among: pairs) { $0.laneSlots[0].swapAt($1.0, $1.1) }
    XCTAssertNotNil(found)
  }

  func testAPeriodTooShortForTheRecurrenceIsFound() throws {
    try assertFound("state of value 1 is not there", in: "minimal-selfloop") { schedule in
      schedule.period -= 1
      for lane in schedule.laneSlots.indices { schedule.laneSlots[lane].removeLast() }
      for unit in schedule.operations.indices { schedule.operations[unit].removeLast() }
    }
  }

  func testAForgottenEndOfASumIsFound() throws {
    // The sum runs on into the next one, which is the first to be missed or wrong.
    try assertFound("sum") { schedule in
      let slot = try XCTUnwrap(schedule.laneSlots[1].firstIndex { $0.isLast })
      schedule.laneSlots[1][slot].isLast = false
    }
  }

  func testATermGivenToAnotherSumIsFound() throws {
    try assertFound("sum") { schedule in
      let first = try XCTUnwrap(schedule.laneSlots[0].firstIndex { $0.isLast })
      // Two terms on either side of a sum's end change places.
      let last = schedule.laneSlots[0][first].term
      schedule.laneSlots[0][first].term = schedule.laneSlots[0][first + 1].term
      schedule.laneSlots[0][first + 1].term = last
    }
  }

  func testTwoSumsInTheChainAtOnceAreFound() throws {
    try assertFound("two sums meet") { schedule in
      let ends = schedule.laneSlots[0].indices.filter { schedule.laneSlots[0][$0].isLast }
      let end = try XCTUnwrap(ends.first { $0 > 0 })
      // One lane away the same sum would arrive one cycle later: make it end one cycle earlier.
      schedule.laneSlots[1][end - 1].isLast = true
    }
  }

  func testLanesOfAStreamThatReadDifferentValuesAreFound() throws {
    try assertFound("read different values", in: "ext-standard-lstm", lanesPerStream: 2) {
      let network = try network("ext-standard-lstm")
      let slots = $0.laneSlots[0].indices.filter { [schedule = $0] slot in
        schedule.laneSlots[0][slot].term != nil && schedule.laneSlots[1][slot].term != nil
      }
      let first = try XCTUnwrap(slots.first)
      let source = network.terms[Int(try XCTUnwrap($0.laneSlots[0][first].term))].source
      let other = try XCTUnwrap(network.terms.firstIndex { $0.source != source })
      $0.laneSlots[0][first].term = Int32(other)
    }
  }

  func testLanesOfAStreamThatDoDifferentThingsAreFound() throws {
    try assertFound("do different things", in: "ext-standard-lstm", lanesPerStream: 2) {
      let end = try XCTUnwrap($0.laneSlots[0].firstIndex { $0.isLast })
      $0.laneSlots[1][end].isLast = false
    }
  }

  func testAWeightThatOneLaneOfAStreamLeavesOutIsFound() throws {
    try assertFound("is incomplete or wrong", in: "ext-standard-lstm", lanesPerStream: 2) {
      let slot = try XCTUnwrap($0.laneSlots[1].firstIndex { $0.term != nil })
      $0.laneSlots[1][slot].term = nil
    }
  }

  func testAWrongCapturedSumIsFound() throws {
    try assertFound("is incomplete or wrong") { schedule in
      let slot = try XCTUnwrap(
        schedule.operations[0].firstIndex {
          $0?.part?.isDirect == false && ($0?.part?.capture ?? 0) > 0
        })
      schedule.operations[0][slot]?.part?.capture -= 1
    }
  }

  func testAnOperationBeforeItsSumArrivesIsFound() throws {
    try assertFound("is not there") { schedule in
      let slot = try XCTUnwrap(schedule.operations[0].firstIndex { $0?.part != nil })
      schedule.operations[0].swapAt(slot, 0)
    }
  }

  func testAMissingOperationIsFound() throws {
    try assertFound("is made 0 times", in: "minimal-1node") { schedule in
      let slot = try XCTUnwrap(schedule.operations[0].lastIndex { $0 != nil })
      schedule.operations[0][slot] = nil
    }
  }

  func testANodeFinishedTwiceIsFound() throws {
    try assertFound("is made 2 times", in: "minimal-1node") { schedule in
      let slot = try XCTUnwrap(schedule.operations[0].firstIndex { $0 != nil })
      let free = try XCTUnwrap(schedule.operations[0].firstIndex { $0 == nil })
      // In front of it there is the period that follows.
      schedule.operations[0][free] = schedule.operations[0][slot]
      if free < slot { schedule.operations[0][free]?.stage += 1 }
    }
  }

  func testASumTakenWhileNoneArrivesIsFound() throws {
    try assertFound("no sum arrives to be taken") { schedule in
      // Nothing arrives before the first run of a program has ended.
      let slot = try XCTUnwrap(schedule.captures[0].indices.first { isQuiet($0, schedule) })
      schedule.operations[0][slot]?.part?.isDirect = true
    }
  }

  /// Whether an operation that reads a captured sum stands where none arrives.
  private func isQuiet(_ slot: Int, _ schedule: Schedule) -> Bool {
    guard schedule.operations[0][slot]?.part?.isDirect == false else { return false }
    let profile = schedule.profile
    // The word of an arriving sum leaves the program memory with it.
    let word = slot - profile.captureToDirect + profile.capture - profile.romLatency
    return schedule.captures[0][(word + schedule.period) % schedule.period] == nil
  }

  func testATermOfAnotherStepIsFound() throws {
    try assertFound("sum") { schedule in
      let network = try network("trained-dsr")
      let inputs = network.inputs.count
      let slot = try XCTUnwrap(
        schedule.laneSlots[0].firstIndex { slot in
          guard let term = slot.term, slot.stage == 0 else { return false }
          return network.terms[Int(term)].source.value >= inputs
        })
      schedule.laneSlots[0][slot].stage += 1
    }
  }

  func testACapturedSumThatIsOverwrittenIsFound() throws {
    let schedule = Scheduler(lanes: 4).schedule(try network("trained-dsr"))
    let written = schedule.captures[0].indices.filter { schedule.captures[0][$0] != nil }
    // A sum goes to the place of the one that was captured just before.
    let found = try firstFound("sum", among: Array(zip(written, written.dropFirst()))) {
      $0.captures[0][$1.1] = $0.captures[0][$1.0]
    }
    XCTAssertNotNil(found)
  }
}
