import GoldenCases
import Network
import XCTest

@testable import Lowering

final class LowerBoundTests: XCTestCase {
  func testEveryTermIsWhatTheResourcesNeed() throws {
    for (label, seed, network) in variedNetworks(0..<60) {
      let quantised = try network.quantised()
      let map = MemoryMap(quantised)
      let lanes = 1 + Int(seed % 16)
      let bound = LowerBound(
        quantised, map, lanes: lanes, units: 1, profile: .medium, recurrence: 17)
      let macs = quantised.sums.map(\.terms.count).reduce(0, +)
      XCTAssertEqual(
        bound.cycles[.macLanes], Int((Double(macs) / Double(lanes)).rounded(.up)), label)
      let operations = quantised.cells.map { $0.addends.count + ($0.argumentBias == nil ? 0 : 1) }
      XCTAssertEqual(bound.cycles[.nodeUnits], operations.reduce(0, +), label)
      XCTAssertEqual(bound.cycles[.outputBeats], network.outputCount, label)
      XCTAssertEqual(bound.cycles[.recurrence], 17, label)
      XCTAssertEqual(bound.value, bound.cycles.values.max(), label)
      XCTAssertEqual(bound.cycles[bound.term], bound.value, label)
    }
  }

  func testLanesAndUnitsDivideWhatTheyShare() throws {
    let quantised = try GoldenCase.named("trained-dsr").network().quantised()
    let map = MemoryMap(quantised)
    func bound(_ lanes: Int, _ units: Int) -> [LowerBound.Term: Int] {
      LowerBound(
        quantised, map, lanes: lanes, units: units, profile: .shallow, recurrence: 1
      ).cycles
    }
    XCTAssertEqual(bound(1, 1)[.macLanes], quantised.macsPerStep)
    XCTAssertEqual(bound(4, 1)[.macLanes], (quantised.macsPerStep + 3) / 4)
    let operations = quantised.addends.count
    XCTAssertEqual(bound(4, 1)[.nodeUnits], operations)
    XCTAssertEqual(bound(4, 4)[.nodeUnits], (operations + 3) / 4)
    XCTAssertEqual(bound(4, 4)[.inputBeats], quantised.inputs.count + 2)
  }

  func testGoldenSchedulesComeCloseToTheirBound() throws {
    // The largest accepted ratio to the bound; a better scheduler may only lower it.
    for (name, lanes, limit) in [
      ("trained-dsr", 1, 1.15), ("random-200", 1, 1.05), ("eurusd-20in-21blocks", 4, 1.1),
    ] {
      let quantised = try GoldenCase.named(name).network().quantised()
      let schedule = Scheduler(lanes: lanes).schedule(quantised)
      let ratio = Double(schedule.period) / Double(schedule.bound.value)
      XCTAssertLessThanOrEqual(ratio, limit, "\(name): \(schedule.period)")
    }
  }
}
