import Foundation
import GoldenCases
import Numerals
import XCTest

final class DecimalScannerTests: XCTestCase {
  func testEveryFormOfTheGrammarIsRead() {
    let forms: [(String, Double)] = [
      ("0", 0), ("7", 7), ("+7", 7), ("-7", -7), ("007", 7), ("1.", 1), (".5", 0.5),
      ("-.5", -0.5), ("1.25", 1.25), ("1e3", 1000), ("1E+3", 1000), ("1.e-2", 0.01),
      (".5e1", 5), ("1e0003", 1000), ("18446744073709551615", 0x1p64),
      ("1.e300", 1e300), (".5e300", 5e299), ("00000000000000000000000000001", 1),
    ]
    for (text, value) in forms { XCTAssertEqual(scan(text), .value(value), text) }
  }

  func testSignsOfZeroAndSubnormalsAreKept() {
    for text in ["0", "-0", "-0.0", "+0e5", "-0e99999999999", "5e-324", "-2.5e-310", "1e-400"] {
      assertMatchesStrtod(text)
    }
    guard case .value(let zero) = scan("-0.0") else { return XCTFail("no value") }
    XCTAssertEqual(zero.sign, .minus)
  }

  func testOtherTextIsMalformed() {
    let texts = [
      "", "+", "-", ".", "e5", ".e5", "1e", "1e+", "1.2.3", "1_000", "0x10", "0x1p3", "1f", "--1",
      "1-", "١", "1 2", "\0", "1\0", "nanx", "1nan", "- 1", "1e1.5", "1e--3",
    ]
    for text in texts { XCTAssertEqual(scan(text), .malformed, text) }
  }

  func testNaNAndInfinityAreNotFinite() {
    for text in ["nan", "NaN", "-nan", "inf", "+Inf", "-infinity", "INFINITY"] {
      XCTAssertEqual(scan(text), .notFinite, text)
    }
  }

  func testOverflowIsTooLarge() {
    for text in ["1e309", "-1e309", "1e99999999999999999999", "1.7976931348623159e308"] {
      XCTAssertEqual(scan(text), .tooLarge, text)
    }
    XCTAssertEqual(scan("1.7976931348623157e308"), .value(.greatestFiniteMagnitude))
    XCTAssertEqual(scan(String(repeating: "9", count: 400)), .tooLarge)
  }

  func testLongDigitStringsAndHugeExponentsThatCancelAreExact() {
    let zeros = String(repeating: "0", count: 1000)
    XCTAssertEqual(scan("0.\(zeros)1e1001"), .value(1))
    XCTAssertEqual(scan("1\(zeros)e-1000"), .value(1))
    assertMatchesStrtod("3.14159265358979323846264338327950288419716939937510582097494459")
  }

  func testHalfwayCasesGoToEvenOnBothSides() {
    let halfways = [
      "9007199254740993", "9007199254740995", "9007199254740993.0", "9007199254740992.5",
      "0.50000000000000005551115123125782702118158340454101562",
      "1.00000000000000011102230246251565404236316680908203125", "4503599627370497.5",
      "4503599627370496.5", "9007199254740993e0", "90071992547409930e-1",
      // The quotient by 5^k is exact only in its sticky remainder.
      "1.000000000000000111", "1.000000000000000112", "18014398509481990e-1",
      // One digit more than the significand is sure to hold.
      "99999999999999999999", "-36893488147419103233", "184467440737095516.17e-3",
    ]
    for text in halfways { assertMatchesStrtod(text) }
  }

  func testRandomTextsMatchStrtod() {
    let seed: UInt64 = 20_260_401
    var generator = SeededGenerator(seed: seed)
    for round in 0..<40_000 {
      let digits = String(generator.next() >> UInt64.random(in: 0..<64, using: &generator))
      let point = Int.random(in: 0...digits.count, using: &generator)
      let exponent = Int.random(in: -45...45, using: &generator)
      let text = "\(digits.prefix(point)).\(digits.dropFirst(point))e\(exponent)"
      assertMatchesStrtod(text, "seed \(seed), round \(round)")
    }
  }

  func testShortestTextOfRandomDoublesReadsBack() {
    let seed: UInt64 = 7
    var generator = SeededGenerator(seed: seed)
    for round in 0..<40_000 {
      let anything = Double(bitPattern: generator.next())
      let usual = Double.random(in: -100...100, using: &generator)
      for value in [anything, usual] where value.isFinite {
        XCTAssertEqual(scan("\(value)"), .value(value), "seed \(seed), round \(round)")
      }
    }
  }

  private func scan(_ text: String) -> DecimalScanner.Outcome {
    // Bytes around the range must not matter.
    let bytes = [UInt8](("9" + text + "9").utf8)
    return DecimalScanner().scan(bytes, in: 1..<bytes.count - 1)
  }

  private func assertMatchesStrtod(_ text: String, _ note: String = "", line: UInt = #line) {
    guard case .value(let value) = scan(text) else {
      return XCTFail("\(text) has no value; \(note)", line: line)
    }
    XCTAssertEqual(
      value.bitPattern, strtod(text, nil).bitPattern, "\(text) \(note)", line: line)
  }
}
