import GoldenCases
import Lowering
import XCTest

@testable import Compilation

final class LaneDoublingTests: XCTestCase {
  func testAutomaticLanesAreTheFirstWhoseDoublingDoesNotPay() throws {
    for name in ["trained-dsr", "eurusd-20in-21blocks"] {
      let network = try Pipeline(CompilerOptions()).quantised(GoldenCase.named(name).network())
      let choice = doubling(.generic).choose(network)
      let lanes = choice.schedule.lanes
      let periods = [1, 2, 4, 8, 16, 32, 64].map {
        Scheduler(lanes: $0).schedule(network).period
      }
      // The definition, without the shortcut over the lower bounds.
      let first = (0..<6).first { periods[$0 + 1] * 10 > periods[$0] * 9 } ?? 6
      XCTAssertEqual(lanes, 1 << first, "\(name): \(periods)")
      XCTAssertEqual(choice.schedule.period, periods[first], name)
      XCTAssertTrue(choice.reason.hasPrefix("doubling to \(2 * lanes) would"), choice.reason)
    }
  }

  func testADevicesMultipliersAreNeverExceeded() throws {
    let network = try Pipeline(CompilerOptions()).quantised(
      GoldenCase.named("eurusd-20in-21blocks").network())
    for target in TargetFamily.allCases {
      guard let device = target.device else { continue }
      let schedule = doubling(target).choose(network).schedule
      let count = MultiplierCount(
        network.plan, target, hasProducts: network.hasProducts
      )
      .total(lanes: schedule.lanes, units: schedule.units)
      XCTAssertLessThanOrEqual(count, device.multipliers, target.rawValue)
    }
  }

  private func doubling(_ target: TargetFamily) -> LaneDoubling {
    LaneDoubling(target: target, device: target.device, profile: .shallow)
  }
}

final class TargetFamilyTests: XCTestCase {
  func testOperandsAreAsWideAsTheTargetsMultipliers() {
    XCTAssertEqual(
      TargetFamily.allCases.map { $0.operandBits }, [16, 18, 16, 18, 18],
      "generic, ecp5, ice40, gowin, xilinx")
  }

  func testTheDefaultDeviceIsTheFirstOfItsFamily() {
    XCTAssertEqual(
      TargetFamily.allCases.map { $0.device?.name },
      [nil, "ecp5-25k", "up5k", "gw2a-18", "xc7a35t"])
    XCTAssertEqual(Device.named("ecp5-85k")?.part, "LFE5U-85F")
    XCTAssertNil(Device.named("ecp5"))
  }
}
