/// Converts the text of a decimal real number to the nearest Double, ties to even.
///
/// The grammar is the netSpec's: `[+-]? (digits [. digits*] | . digits) ([eE] [+-]? digits)?`.
public struct DecimalScanner: Sendable {
  /// What a piece of text turned out to be.
  public enum Outcome: Hashable, Sendable {
    case value(Double)
    /// Spelled like infinity or not-a-number.
    case notFinite
    /// A number beyond the largest Double.
    case tooLarge
    case malformed
  }

  public init() {}

  /// Reads the whole of `bytes[range]` as one number.
  public func scan(_ bytes: [UInt8], in range: Range<Int>) -> Outcome {
    let end = range.upperBound
    var index = range.lowerBound
    let isNegative = index < end && bytes[index] == ASCII.minus
    if index < end, isNegative || bytes[index] == ASCII.plus { index += 1 }

    // Beyond 19 digits the significand wraps around; it is not used then.
    var significand: UInt64 = 0
    var significantDigits = 0
    let integerStart = index
    while index < end, let digit = ASCII.digit(bytes[index]) {
      significand = significand &* 10 &+ digit
      if significand != 0 { significantDigits += 1 }
      index += 1
    }
    var digitCount = index - integerStart
    var exponent = 0
    if index < end, bytes[index] == ASCII.point {
      index += 1
      let fractionStart = index
      while index < end, let digit = ASCII.digit(bytes[index]) {
        significand = significand &* 10 &+ digit
        if significand != 0 { significantDigits += 1 }
        index += 1
      }
      exponent = fractionStart - index
      digitCount -= exponent
    }
    guard digitCount > 0 else { return unreadable(bytes, range) }
    if index < end {
      guard let explicit = explicitExponent(bytes, index..<end) else { return .malformed }
      exponent += explicit
    }

    if significantDigits == 0 { return .value(isNegative ? -0.0 : 0.0) }
    if significantDigits <= 19, abs(exponent) < Self.powersOfFive.count {
      let magnitude = Self.nearest(significand, exponent)
      return .value(isNegative ? -magnitude : magnitude)
    }
    // Rare: the standard library's conversion is exact as well, and independent of the locale.
    guard let value = Double(String(decoding: bytes[range], as: UTF8.self)) else {
      return .malformed
    }
    return value.isFinite ? .value(value) : .tooLarge
  }

  /// The exponent with its letter, or nil unless the range is exactly that.
  private func explicitExponent(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    guard bytes[index] | ASCII.lowercaseBit == ASCII.lowercaseE else { return nil }
    index += 1
    guard index < range.upperBound else { return nil }
    let isNegative = bytes[index] == ASCII.minus
    if isNegative || bytes[index] == ASCII.plus { index += 1 }
    guard index < range.upperBound else { return nil }
    var exponent = 0
    while index < range.upperBound {
      guard let digit = ASCII.digit(bytes[index]) else { return nil }
      // The bound keeps the sum from overflowing, yet exceeds the digits that any file could hold.
      exponent = min(exponent * 10 + Int(digit), 1 << 48)
      index += 1
    }
    return isNegative ? -exponent : exponent
  }

  private func unreadable(_ bytes: [UInt8], _ range: Range<Int>) -> Outcome {
    guard range.count <= 9 else { return .malformed }
    var word = String(decoding: bytes[range], as: UTF8.self).lowercased()
    if let sign = word.first, sign == "+" || sign == "-" { word.removeFirst() }
    return ["nan", "inf", "infinity"].contains(word) ? .notFinite : .malformed
  }
}

extension DecimalScanner {
  /// 5^0 ... 5^27, all that fit 64 bits.
  private static let powersOfFive: [UInt64] = [
    1, 5, 25, 125, 625, 3125, 15625, 78125, 390_625, 1_953_125, 9_765_625, 48_828_125,
    244_140_625, 1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625,
    762_939_453_125, 3_814_697_265_625, 19_073_486_328_125, 95_367_431_640_625,
    476_837_158_203_125, 2_384_185_791_015_625, 11_920_928_955_078_125, 59_604_644_775_390_625,
    298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
  ]

  /// The Double nearest to significand * 10^exponent, which is never subnormal or infinite here.
  ///
  /// 10^e = 5^e * 2^e, so one exact 64-bit product or quotient with a remainder decides the
  /// rounding; this covers the 16 or 17 digits that programs print, which a Double product cannot.
  private static func nearest(_ significand: UInt64, _ exponent: Int) -> Double {
    let power = powersOfFive[abs(exponent)]
    if exponent >= 0 {
      let product = significand.multipliedFullWidth(by: power)
      guard product.high != 0 else { return rounded(product.low, exponent, isInexact: false) }
      let shift = product.high.leadingZeroBitCount
      let top = shift == 0 ? product.high : product.high << shift | product.low >> (64 - shift)
      return rounded(top, exponent + 64 - shift, isInexact: product.low << shift != 0)
    }
    // Both aligned left, the dividend one bit lower, so that the quotient fits and has 63 bits.
    let dividendShift = significand.leadingZeroBitCount
    let divisorShift = power.leadingZeroBitCount
    let dividend = significand << dividendShift
    let (quotient, remainder) = (power << divisorShift).dividingFullWidth(
      (high: dividend >> 1, low: dividend << 63))
    return rounded(
      quotient, exponent - 63 - dividendShift + divisorShift, isInexact: remainder != 0)
  }

  /// The Double nearest to (integer + fraction) * 2^exponent; the fraction is below one and zero
  /// unless `isInexact`, which requires an integer of 63 bits or more.
  private static func rounded(_ integer: UInt64, _ exponent: Int, isInexact: Bool) -> Double {
    let dropped = max(0, 11 - integer.leadingZeroBitCount)
    let rest = integer & ((1 << UInt64(dropped)) - 1)
    var kept = integer >> UInt64(dropped)
    if dropped > 0 {
      let half: UInt64 = 1 << UInt64(dropped - 1)
      if rest > half || rest == half && (isInexact || kept & 1 == 1) { kept += 1 }
    }
    let scale = Double(bitPattern: UInt64(1023 + exponent + dropped) << 52)
    return Double(kept) * scale
  }
}
