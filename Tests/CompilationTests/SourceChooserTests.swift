import GoldenCases
import Lowering
import XCTest

@testable import Compilation

final class SourceChooserTests: XCTestCase {
  private func network(_ name: String) throws -> QuantisedNetwork {
    try Pipeline(CompilerOptions()).quantised(GoldenCase.named(name).network())
  }

  private func chooser(_ request: SourceRequest, _ device: Device? = nil) -> SourceChooser {
    SourceChooser(request: request, target: .ecp5, device: device)
  }

  private func blocks(_ schedule: Schedule, _ network: QuantisedNetwork) -> Int {
    ResourcePlan(HardwareDesign(network, schedule), target: .ecp5).memoryBlocks
  }

  func testAFullyConnectedLayerSharesItsSourcesAndSavesMemory() throws {
    let network = try network("ext-standard-lstm")
    let own = chooser(.own).schedule(network, lanes: 4, profile: .shallow)
    let choice = chooser(.automatic).schedule(network, lanes: 4, profile: .shallow)
    XCTAssertEqual(own.lanesPerStream, 1)
    XCTAssertGreaterThan(choice.lanesPerStream, 1)
    XCTAssertLessThanOrEqual(choice.period * 50, own.period * 51)
    XCTAssertLessThan(blocks(choice, network), blocks(own, network))
  }

  func testLanesOfASparseNetworkKeepTheirOwnSources() throws {
    let network = try network("random-200")
    let choice = chooser(.automatic).schedule(network, lanes: 4, profile: .shallow)
    XCTAssertEqual(choice.lanesPerStream, 1)
    XCTAssertEqual(
      choice.laneSlots, Scheduler(lanes: 4).schedule(network).laneSlots)
  }

  func testWhatDoesNotFitOtherwiseSharesEvenIfItTakesLonger() throws {
    let network = try network("random-200")
    let own = chooser(.own).schedule(network, lanes: 8, profile: .shallow)
    let device = Device("small", "small", .ecp5, 1, 1, 1, blocks(own, network) - 1)
    let choice = chooser(.automatic, device).schedule(network, lanes: 8, profile: .shallow)
    XCTAssertGreaterThan(choice.lanesPerStream, 1)
    XCTAssertLessThanOrEqual(blocks(choice, network), device.memoryBlocks)
    XCTAssertGreaterThan(choice.period, own.period)
  }

  func testAsManyLanesShareAsAreAskedForAndPossible() throws {
    let network = try network("ext-standard-lstm")
    for (lanes, count, expected) in [(8, 4, 4), (6, 4, 2), (1, 4, 1)] {
      let choice = chooser(.exactly(count)).schedule(network, lanes: lanes, profile: .shallow)
      XCTAssertEqual(choice.lanesPerStream, expected)
    }
    XCTAssertEqual(
      chooser(.shared).schedule(network, lanes: 1, profile: .shallow).lanesPerStream, 1)
    // The most lanes whose period is within 2 % of the shortest that sharing gives.
    let periods = [4, 2].map { count in
      Scheduler(lanes: 4, lanesPerStream: count).schedule(network).period
    }
    let expected = Double(periods[0]) <= 1.02 * Double(periods.min()!) ? 4 : 2
    XCTAssertEqual(
      chooser(.shared).schedule(network, lanes: 4, profile: .shallow).lanesPerStream, expected)
  }
}
