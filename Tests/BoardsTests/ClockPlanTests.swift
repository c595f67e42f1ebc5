import XCTest

@testable import Boards

final class ClockPlanTests: XCTestCase {
  func testTheFastestClockBelowALimit() throws {
    let ice = try XCTUnwrap(ClockPlan.fastest(atMost: 74, for: .ice40, oscillatorMHz: 12))
    XCTAssertEqual(ice.coreMHz, 73.5)
    XCTAssertEqual([ice.reference, ice.feedback, ice.output, ice.range], [1, 49, 8, 1])
    let ecp5 = try XCTUnwrap(ClockPlan.fastest(atMost: 241, for: .ecp5, oscillatorMHz: 25))
    XCTAssertEqual(ecp5.coreMHz, 240.625)
    XCTAssertEqual(Double(25 * ecp5.feedback) / Double(ecp5.reference), 240.625)
    let gowin = try XCTUnwrap(ClockPlan.fastest(atMost: 54, for: .gowin, oscillatorMHz: 27))
    XCTAssertEqual(gowin.coreMHz, 54)
  }

  func testNoClockBelowWhatAPLLMakes() {
    XCTAssertNil(ClockPlan.fastest(atMost: 15, for: .ice40, oscillatorMHz: 12))
  }

  /// The frequency of every setting from its numbers, and the limits of the PLL's own oscillator.
  func testEverySettingKeepsTheLimits() {
    let cases: [(PhaseLockedLoop, Int, ClosedRange<Double>)] = [
      (.ice40, 12, 533...1066), (.ecp5, 25, 400...800), (.gowin, 27, 500...1250),
      (.xilinx, 100, 800...1600),
    ]
    for (pll, oscillator, range) in cases {
      let plans = pll.plans(oscillatorMHz: oscillator)
      XCTAssertFalse(plans.isEmpty)
      for plan in plans {
        let product = Double(oscillator) / Double(plan.reference) * Double(plan.feedback)
        let isDivided = pll == .ice40 || pll == .xilinx
        XCTAssertTrue(
          range.contains(isDivided ? product : product * Double(plan.output)), "\(pll) \(plan)")
        XCTAssertEqual(plan.coreMHz, isDivided ? product / Double(plan.output) : product)
      }
    }
  }
}
