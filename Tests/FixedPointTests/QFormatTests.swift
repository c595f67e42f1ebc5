import FixedPoint
import GoldenCases
import XCTest

final class QFormatTests: XCTestCase {
  func testNameAndWidthCountTheSignBitApart() {
    XCTAssertEqual(QFormat(integerBits: 10, fractionBits: 21).description, "Q10.21")
    XCTAssertEqual(QFormat(integerBits: 10, fractionBits: 21).width, 32)
    XCTAssertEqual(QFormat(integerBits: 0, width: 16).description, "Q0.15")
    XCTAssertEqual(QFormat(integerBits: -2, width: 8).description, "Q-2.9")
  }

  func testRangeIsThatOfTwosComplement() {
    let format = QFormat(integerBits: 3, width: 16)
    XCTAssertEqual(format.maxWord, 32767)
    XCTAssertEqual(format.minWord, -32768)
    XCTAssertEqual(format.unit, 1.0 / 4096)
    XCTAssertEqual(format.maxValue, 8 - 1.0 / 4096)
    XCTAssertEqual(format.minValue, -8)
    // A format below one half: the unit shrinks, the word stays.
    XCTAssertEqual(QFormat(integerBits: -2, width: 4).maxValue, 7.0 / 32)
    // A format without fraction bits counts in steps of more than one.
    XCTAssertEqual(QFormat(integerBits: 5, width: 4).unit, 4)
  }

  func testRoundingIsToNearestWithTiesUpwards() {
    let format = QFormat(integerBits: 3, fractionBits: 2)
    let cases: [(Double, Int64)] = [
      (0.125, 1), (-0.125, 0), (0.375, 2), (-0.375, -1), (0.625, 3), (-0.625, -2),
      (0.1249999, 0), (-0.1250001, -1), (0.25, 1), (-0.25, -1), (0, 0), (-0.0, 0),
    ]
    for (value, word) in cases { XCTAssertEqual(format.word(value), word, "\(value)") }
  }

  func testValuesBeyondBothEndsSaturate() {
    let format = QFormat(integerBits: 1, fractionBits: 2)
    let cases: [(Double, Int64, Bool)] = [
      (1.75, 7, true), (1.8749, 7, true), (1.875, 7, false), (2, 7, false), (1e300, 7, false),
      (.infinity, 7, false), (-2, -8, true), (-2.125, -8, true), (-2.1251, -8, false),
      (-1e300, -8, false), (-.infinity, -8, false),
    ]
    for (value, word, isInside) in cases {
      XCTAssertEqual(format.word(value), word, "\(value)")
      XCTAssertEqual(format.contains(value), isInside, "\(value)")
    }
  }

  func testEveryWordOfSmallFormatsSurvivesTheWayToItsValueAndBack() {
    for width in 2...10 {
      for integerBits in -3...12 {
        let format = QFormat(integerBits: integerBits, width: width)
        for word in format.minWord...format.maxWord {
          let value = format.value(word)
          XCTAssertEqual(format.word(value), word)
          XCTAssertTrue(format.contains(value))
          // Half a unit above rounds up, anything less does not.
          let half = format.unit / 2
          XCTAssertEqual(format.word(value + half), min(word + 1, format.maxWord))
          XCTAssertEqual(format.word((value + half).nextDown), word)
          XCTAssertEqual(format.contains(value + half), word < format.maxWord)
        }
      }
    }
  }

  func testTheNearestWordIsTakenInWideFormatsToo() {
    var generator = SeededGenerator(seed: 1)
    for round in 0..<20_000 {
      let format = QFormat(integerBits: generator.below(14), width: 16 + generator.below(17))
      let value = generator.value(in: format.minValue...format.maxValue)
      let word = format.word(value)
      XCTAssertLessThanOrEqual(
        abs(format.value(word) - value), format.unit / 2, "round \(round): \(value) in \(format)")
    }
  }
}
