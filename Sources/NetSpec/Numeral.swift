/// Reads the numbers of a netSpec: its grammar is narrower than that of any library function.
enum Numeral {
  /// `[+-]?[0-9]+`, nil if it is anything else. What exceeds Int becomes its nearest end, which is
  /// beyond every bound that a netSpec knows.
  static func integer(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    let isNegative = skipSign(text, &at, range.upperBound)
    guard at < range.upperBound else { return nil }
    var magnitude = 0
    while at < range.upperBound {
      guard let digit = digit(text[at]) else { return nil }
      let (tens, overflowed) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tens.addingReportingOverflow(digit)
      magnitude = overflowed || carried ? Int.max : sum
      at += 1
    }
    return isNegative ? -magnitude : magnitude
  }

  /// `[+-]?(digits[.digits*] | .digits)([eE][+-]?digits)?` as the nearest double, ties to even.
  /// Infinity stands for a number beyond the range of double and NaN for a malformed one; neither
  /// can be written in a netSpec.
  static func real(_ text: [UInt8], _ range: Range<Int>) -> Double {
    var at = range.lowerBound
    let end = range.upperBound
    let isNegative = skipSign(text, &at, end)
    var significand: UInt64 = 0
    var significantDigits = 0
    var exponent = 0
    var hasDigits = false
    var isFraction = false
    while at < end {
      if let digit = digit(text[at]) {
        hasDigits = true
        if isFraction { exponent -= 1 }
        if significand > 0 || digit > 0 { significantDigits += 1 }
        if significantDigits <= exactDigits { significand = significand * 10 + UInt64(digit) }
      } else if text[at] == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        break
      }
      at += 1
    }
    guard hasDigits else { return .nan }
    if at < end {
      guard let written = readExponent(text, at..<end) else { return .nan }
      exponent += written
    }
    if significantDigits <= exactDigits, abs(exponent) < powersOfTen.count {
      // Both operands are exact doubles, so the one rounding is the division's or product's own.
      let magnitude =
        exponent < 0
        ? Double(significand) / powersOfTen[-exponent]
        : Double(significand) * powersOfTen[exponent]
      return isNegative ? -magnitude : magnitude
    }
    return Double(String(decoding: text[range], as: UTF8.self)) ?? .infinity
  }

  /// Integers of this many decimal digits are exact in a double.
  private static let exactDigits = 15

  /// The powers of ten that are exact in a double.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The value after an `e`, kept small enough that adding to it cannot overflow.
  private static func readExponent(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    guard text[range.lowerBound] | 0x20 == UInt8(ascii: "e") else { return nil }
    guard let value = integer(text, range.lowerBound + 1..<range.upperBound) else { return nil }
    return min(max(value, -1_000_000), 1_000_000)
  }

  private static func skipSign(_ text: [UInt8], _ at: inout Int, _ end: Int) -> Bool {
    guard at < end, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") else {
      return false
    }
    at += 1
    return text[at - 1] == UInt8(ascii: "-")
  }

  private static func digit(_ byte: UInt8) -> Int? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }
}
