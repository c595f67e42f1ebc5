/// Signed fixed-point format Qm.n: a sign bit, m integer bits, n fraction bits.
///
/// A word w of the format stands for w * 2^-n. Rounding is to nearest, ties upwards; values beyond
/// the range saturate. Integer bits may be negative for values that stay below one half.
public struct QFormat: Hashable, Sendable, CustomStringConvertible {
  public let integerBits: Int
  public let fractionBits: Int

  public init(integerBits: Int, fractionBits: Int) {
    precondition(1 + integerBits + fractionBits >= 2 && 1 + integerBits + fractionBits <= 62)
    self.integerBits = integerBits
    self.fractionBits = fractionBits
  }

  /// The format of a given total width with `integerBits` integer bits.
  public init(integerBits: Int, width: Int) {
    self.init(integerBits: integerBits, fractionBits: width - 1 - integerBits)
  }

  /// Total width in bits, sign included.
  public var width: Int { 1 + integerBits + fractionBits }
  public var description: String { "Q\(integerBits).\(fractionBits)" }

  /// Largest and smallest word.
  public var maxWord: Int64 { (Int64(1) << (width - 1)) - 1 }
  public var minWord: Int64 { -(Int64(1) << (width - 1)) }

  /// The value of one unit in the last place.
  public var unit: Double { Double(sign: .plus, exponent: -fractionBits, significand: 1) }
  public var maxValue: Double { Double(maxWord) * unit }
  public var minValue: Double { Double(minWord) * unit }

  /// The nearest word, saturated; `value` must not be NaN.
  public func word(_ value: Double) -> Int64 {
    let rounded = rounded(value)
    if rounded >= Double(maxWord) { return maxWord }
    if rounded <= Double(minWord) { return minWord }
    return Int64(rounded)
  }

  /// Whether `value` rounds to a word without saturation.
  public func contains(_ value: Double) -> Bool {
    let rounded = rounded(value)
    return rounded <= Double(maxWord) && rounded >= Double(minWord)
  }

  /// The value a word stands for (exact: widths stay below 53 bits).
  public func value(_ word: Int64) -> Double { Double(word) * unit }

  private func rounded(_ value: Double) -> Double {
    SaturatingArithmetic.nearest(
      value * Double(sign: .plus, exponent: fractionBits, significand: 1))
  }
}
