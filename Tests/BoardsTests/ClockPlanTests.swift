import XCTest

@testable import Boards

final class ClockPlanTests: XCTestCase {
  func testTheFastestClockBelowALimit() throws {
    let ice = try XCTUnwrap(ClockPlan.fastest(atMost: 74, for: .ice40, oscillatorMHz: 12))
    XCTAssertEqual(ice.coreMHz, 73.5)
    XCTAssertEqual([ice.reference, ice.feedback, ice.output, ice.range], [1, 49, 8, 1])
    let ecp5 = try XCTUnwrap(ClockPlan.fastest(atMost: 241, for: .ecp5, oscillatorMHz: 25))
    // 475 MHz by 2, and not 240.625, for which the phase detector would run at 3.125 MHz.
    XCTAssertEqual(ecp5.coreMHz, 237.5)
    XCTAssertEqual([ecp5.reference, ecp5.feedback, ecp5.output], [1, 19, 2])
    let gowin = try XCTUnwrap(ClockPlan.fastest(atMost: 54, for: .gowin, oscillatorMHz: 27))
    XCTAssertEqual(gowin.coreMHz, 54)
  }

  func testNoClockBelowWhatAPLLMakes() {
    XCTAssertNil(ClockPlan.fastest(atMost: 15, for: .ice40, oscillatorMHz: 12))
  }

  func testTheSlowestClock() {
    XCTAssertEqual(ClockPlan.slowest(for: .ice40, oscillatorMHz: 12)?.coreMHz, 16.125)
    XCTAssertNil(ClockPlan.slowest(for: .ecp5, oscillatorMHz: 2), "no phase detector takes that")
  }

  /// The frequency of every setting from its numbers, and the limits of the PLL's own oscillator and of its
  /// phase detector, below which it may never lock.
  func testEverySettingKeepsTheLimits() {
    let cases: [(PhaseLockedLoop, Int, ClosedRange<Double>, ClosedRange<Double>)] = [
      (.ice40, 12, 533...1066, 10...133), (.ecp5, 25, 400...800, 10...400),
      (.gowin, 27, 500...1250, 3...500), (.xilinx, 100, 800...1600, 19...450),
    ]
    for (pll, oscillator, range, detector) in cases {
      let plans = pll.plans(oscillatorMHz: oscillator)
      XCTAssertFalse(plans.isEmpty)
      for plan in plans {
        let product = Double(oscillator) / Double(plan.reference) * Double(plan.feedback)
        XCTAssertTrue(detector.contains(Double(oscillator) / Double(plan.reference)), "\(plan)")
        let isDivided = pll != .gowin
        XCTAssertTrue(
          range.contains(isDivided ? product : product * Double(plan.output)), "\(pll) \(plan)")
        XCTAssertEqual(plan.coreMHz, isDivided ? product / Double(plan.output) : product)
      }
    }
  }
}
