import FixedPoint
import XCTest

final class NumberFormatsTests: XCTestCase {
  func testDefaultsNeedNoCalibration() {
    let formats = NumberFormats()
    XCTAssertEqual(formats.weightBits, 16)
    XCTAssertEqual(formats.activationBits, 16)
    XCTAssertEqual(formats.state.description, "Q10.21")
    XCTAssertTrue(formats.state.contains(301), "the largest state of a trained network")
  }

  func testNarrowerStatesKeepTheirWidthAndGiveUpRangeBeforePrecision() {
    var previous = QFormat(integerBits: 10, fractionBits: 21)
    for width in NumberFormats.stateWidths.reversed() {
      let format = NumberFormats.defaultState(width: width)
      XCTAssertEqual(format.width, width)
      XCTAssertGreaterThanOrEqual(format.integerBits, 3)
      XCTAssertLessThanOrEqual(format.integerBits, previous.integerBits)
      XCTAssertLessThanOrEqual(format.fractionBits, previous.fractionBits)
      previous = format
    }
    XCTAssertEqual(NumberFormats.defaultState(width: 25).description, "Q10.14")
    XCTAssertEqual(NumberFormats.defaultState(width: 16).description, "Q7.8")
    XCTAssertEqual(NumberFormats.defaultState(width: 8).description, "Q5.2")
  }
}
