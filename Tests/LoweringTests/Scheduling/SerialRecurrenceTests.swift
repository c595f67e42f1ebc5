import GoldenCases
import Network
import XCTest

@testable import Lowering

final class SerialRecurrenceTests: XCTestCase {
  /// Two layers, each of which reads all of the other.
  private func layers(_ size: Int, missing: [(Int, Int)] = []) -> Network {
    var connections = [link(0, 1, 0.1)]
    for a in 1...size {
      for b in size + 1...2 * size where !missing.contains(where: { $0 == (a, b) }) {
        connections += [link(a, b, 0.1), link(b, a, 0.1)]
      }
    }
    return Network.make(nodes: 2 * size + 1, inputs: 1, connections)
  }

  private func wayRound(_ profile: PipelineProfile) -> Int {
    let toOperation = min(profile.captureToDirect, profile.captureToRead)
    return 2 * (profile.resultToRead(.shortTable) + toOperation)
  }

  func testValuesOfALayerTakeTurnsOnTheBus() throws {
    for profile in [PipelineProfile.shallow, .medium] {
      for size in [2, 5, 12] {
        let network = try layers(size).quantised()
        let fitting = profile.fitting(network)
        XCTAssertEqual(
          SerialRecurrence.cycles(network, fitting), wayRound(fitting) + size - 1, "\(size) nodes")
        XCTAssertEqual(RecurrenceAnalysis.cycles(network, fitting), wayRound(fitting))
      }
    }
  }

  func testOneMissingConnectionOfEveryNodeLoosensTheBoundByOne() throws {
    let network = try layers(6, missing: (1...6).map { ($0, $0 + 6) }).quantised()
    let profile = PipelineProfile.shallow.fitting(network)
    XCTAssertEqual(SerialRecurrence.cycles(network, profile), wayRound(profile) + 4)
  }

  func testNoScheduleIsShorter() throws {
    for (label, seed, network) in variedNetworks(0..<60) {
      let quantised = try network.quantised()
      let scheduler = Scheduler(lanes: [1, 8, 64][Int(seed % 3)])
      let bound = scheduler.tightBound(quantised)
      XCTAssertLessThanOrEqual(bound, scheduler.schedule(quantised).period, label)
    }
    let network = try layers(8).quantised()
    let period = Scheduler(lanes: 64).schedule(network).period
    XCTAssertLessThanOrEqual(Scheduler(lanes: 64).tightBound(network), period)
  }
}
