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

  func testSchedulesOfTheGoldenCasesAreRight() throws {
    for golden in GoldenCase.all {
      let network = try network(golden.name)
      for (lanes, profile) in [
        (1, PipelineProfile.shallow), (4, .medium), (6, .shallow), (16, .shallow), (64, .medium),
      ] {
        let schedule = Scheduler(lanes: lanes, profile: profile).schedule(network)
        XCTAssertNoThrow(
          try ScheduleChecker(network, schedule).check(), "\(golden.name) at \(lanes) lanes")
        XCTAssertGreaterThanOrEqual(schedule.period, schedule.bound.value)
      }
    }
  }
}
