import FixedPoint
import GoldenCases
import XCTest

/// Against oracles that neither shift nor compare words: division that rounds down, in 128 bits.
final class SaturatingArithmeticTests: XCTestCase {
  func testRoundedShiftIsDivisionRoundedToNearestWithTiesUpwards() {
    for word in Int64(-600)...600 {
      for shift in 0...12 {
        XCTAssertEqual(
          SaturatingArithmetic.roundedShift(word, by: shift), oracle(word, by: shift),
          "\(word) >> \(shift)")
      }
    }
  }

  func testRoundedShiftOfWideWords() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<20_000 {
      let width = 33 + generator.below(30)
      let word = Int64(bitPattern: generator.next()) >> Int64(64 - width)
      let shift = generator.below(62)
      XCTAssertEqual(
        SaturatingArithmetic.roundedShift(word, by: shift), oracle(word, by: shift),
        "\(word) >> \(shift)")
    }
  }

  func testNegativeShiftsChangeNothing() {
    XCTAssertEqual(SaturatingArithmetic.roundedShift(-5, by: -1), -5)
  }

  func testTheNearestIntegerOfARealNumberIsExact() {
    let cases: [(Double, Double)] = [
      (0.5, 1), (0.5.nextDown, 0), (-0.5, 0), ((-0.5).nextDown, -1), (-1e-300, 0), (2.5, 3),
      (-2.5, -2), (0x1p52 - 0.5, 0x1p52), (0x1p52 + 1, 0x1p52 + 1), (-0x1p53 - 2, -0x1p53 - 2),
      (.infinity, .infinity), (-.infinity, -.infinity),
    ]
    for (value, integer) in cases {
      XCTAssertEqual(SaturatingArithmetic.nearest(value), integer, "\(value)")
    }
  }

  func testSaturationKeepsWhatFitsAndHoldsTheRestAtTheNearerEnd() {
    for width in 1...10 {
      let fitting = -(1 << (width - 1))..<1 << (width - 1)
      for word in -1100...1100 {
        let nearest = word < fitting.lowerBound ? fitting.lowerBound : fitting.upperBound - 1
        XCTAssertEqual(
          SaturatingArithmetic.saturate(Int64(word), width: width),
          Int64(fitting.contains(word) ? word : nearest), "\(word) in \(width) bits")
      }
    }
    XCTAssertEqual(SaturatingArithmetic.saturate(.max, width: 63), .max >> 1)
    XCTAssertEqual(SaturatingArithmetic.saturate(.min, width: 63), .min >> 1)
    XCTAssertEqual(SaturatingArithmetic.saturate(.max, width: 32), Int64(Int32.max))
    XCTAssertEqual(SaturatingArithmetic.saturate(.min, width: 32), Int64(Int32.min))
  }

  func testSignedWidthIsTheNarrowestThatHoldsBothSigns() {
    for magnitude in 0...5000 as ClosedRange<UInt64> {
      var width = 1
      while (Int128(1) << (width - 1)) - 1 < Int128(magnitude) { width += 1 }
      XCTAssertEqual(SaturatingArithmetic.signedWidth(ofMagnitude: magnitude), width)
    }
    XCTAssertEqual(SaturatingArithmetic.signedWidth(ofMagnitude: 1 << 40), 42)
  }

  private func oracle(_ word: Int64, by shift: Int) -> Int64 {
    var divisor = Int128(1)
    for _ in 0..<shift { divisor *= 2 }
    let doubled = 2 * Int128(word) + divisor
    var quotient = doubled / (2 * divisor)
    if quotient * 2 * divisor > doubled { quotient -= 1 }
    return Int64(quotient)
  }
}
