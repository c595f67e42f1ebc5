import Numerals

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
    switch DecimalScanner().scan(text, in: range) {
    case .value(let value): value
    case .tooLarge: .infinity
    case .notFinite, .malformed: .nan
    }
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
