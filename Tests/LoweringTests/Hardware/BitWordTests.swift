import GoldenCases
import XCTest

@testable import Lowering

final class BitWordTests: XCTestCase {
  func testFieldsStandWhereAStringOfBitsPutsThem() {
    for seed in 0..<200 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var word = BitWord()
      var bits = ""
      for _ in 0..<generator.below(12) {
        let width = generator.below(64)
        let value = Int64(bitPattern: generator.next()) >> Int64(generator.below(64))
        word.append(value, bits: width)
        bits += (0..<width).reversed().map { value >> Int64($0) & 1 == 1 ? "1" : "0" }.joined()
        let flag = generator.chance(0.5)
        word.append(flag)
        bits += flag ? "1" : "0"
      }
      XCTAssertEqual(word.width, bits.count, "seed \(seed)")
      XCTAssertEqual(word.hexadecimal, hexadecimal(bits), "seed \(seed)")
    }
  }

  func testNegativeNumbersAreTwosComplement() {
    var word = BitWord()
    word.append(-1, bits: 6)
    word.append(-2, bits: 6)
    XCTAssertEqual(word.hexadecimal, "ffe")
  }

  func testAnEmptyWordHasNoDigits() {
    XCTAssertEqual(BitWord().hexadecimal, "")
  }

  func testDigitsCoverTheWidthWithLeadingZeros() {
    var word = BitWord()
    word.append(0, bits: 5)
    XCTAssertEqual(word.hexadecimal, "00")
  }

  private func hexadecimal(_ bits: String) -> String {
    var rest = String(repeating: "0", count: (4 - bits.count % 4) % 4) + bits
    var digits = ""
    while !rest.isEmpty {
      digits += String(Int(rest.prefix(4), radix: 2)!, radix: 16)
      rest.removeFirst(4)
    }
    return digits
  }
}
