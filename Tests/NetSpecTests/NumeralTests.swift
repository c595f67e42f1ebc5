import Foundation
import Numerals
import XCTest

@testable import NetSpec

final class NumeralTests: XCTestCase {
  private func real(_ text: String) -> Double {
    Numeral.real(Array(text.utf8), 0..<text.utf8.count)
  }
  private func integer(_ text: String) -> Int? {
    Numeral.integer(Array(text.utf8), 0..<text.utf8.count)
  }

  func testOnlyPlainDecimalNumbersAreReal() {
    for text in [
      "", "+", "-", ".", "e1", "1e", "1e+", ".e1", "1e1.0", "--1", "1-", "1 ", " 1", "nan", "inf",
      "-Infinity", "0x10", "1_0", "1,0", "1.2.3", "1e1e1", "1f", "١", "1\u{0}",
    ] {
      XCTAssertTrue(real(text).isNaN, "'\(text)' became \(real(text))")
    }
  }

  func testEveryFormOfARealIsRead() {
    XCTAssertEqual(real("+2E+2"), 200)
    XCTAssertEqual(real("1."), 1)
    XCTAssertEqual(real(".5e-3"), 0.0005)
    XCTAssertEqual(real("-007"), -7)
    XCTAssertEqual(real("1e-0320"), 2024 * Double.leastNonzeroMagnitude)
    XCTAssertEqual(real("-0.0").bitPattern, (-0.0).bitPattern)
    XCTAssertEqual(real("-0e999999999999999999999").bitPattern, (-0.0).bitPattern)
    XCTAssertEqual(real("-1e-999999999999999999999").bitPattern, (-0.0).bitPattern)
    XCTAssertEqual(real("0." + String(repeating: "0", count: 30) + "1e31"), 1)
  }

  func testRealsBeyondTheRangeOfDoubleAreInfinite() {
    XCTAssertEqual(real("1e309"), .infinity)
    XCTAssertEqual(abs(real("-1e999999999999999999999")), .infinity)
    XCTAssertEqual(abs(real(String(repeating: "9", count: 400))), .infinity)
    XCTAssertEqual(real("1.7976931348623157e308"), .greatestFiniteMagnitude)
  }

  func testRealsAreTheNearestDouble() {
    // Halfway cases, the limits of the exact path, and both sides of the smallest double.
    let hard = [
      "9007199254740993", "9007199254740992.5", "999999999999999e22", "999999999999999e23",
      "123456789012345e-22", "123456789012345e-23", "0.1", "0.3", "2.4703282292062327e-324",
      "2.4703282292062328e-324", "2.2250738585072011e-308", "1.00000000000000011102230246251565",
      "1.00000000000000011102230246251566",
    ]
    for text in hard { XCTAssertEqual(real(text), strtod(text, nil), text) }
    let seed: UInt64 = 20
    var generator = SplitMix64(seed: seed)
    func random(_ bound: Int) -> Int { Int(generator.unit() * Double(bound)) }
    for _ in 0..<20_000 {
      var text = ["", "-", "+"][random(3)]
      for _ in 0...random(20) { text += String(random(10)) }
      if random(2) == 0 { text += "." + (0..<random(20)).map { _ in String(random(10)) }.joined() }
      if random(2) == 0 { text += "e\(random(80) - 40)" }
      XCTAssertEqual(real(text).bitPattern, strtod(text, nil).bitPattern, "\(text), seed \(seed)")
    }
  }

  func testIntegersAreDigitsWithASign() {
    XCTAssertEqual(integer("+012"), 12)
    XCTAssertEqual(integer("-0"), 0)
    XCTAssertEqual(integer("-9223372036854775807"), -Int.max)
    for text in ["", "+", "-", "1.0", "1e3", "0x1", "1 ", "१"] {
      XCTAssertNil(integer(text), text)
    }
  }

  func testIntegersBeyondIntBecomeItsEnds() {
    XCTAssertEqual(integer("9223372036854775808"), .max)
    XCTAssertEqual(integer(String(repeating: "9", count: 100)), .max)
    XCTAssertEqual(integer("-" + String(repeating: "1", count: 100)), -.max)
  }
}
