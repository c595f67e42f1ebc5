import Foundation

/// Piecewise-linear logistic and tanh over the argument range (-16, 16), as the hardware holds it.
///
/// One half (x >= 0) is tabulated with base and slope per segment; the other follows by symmetry,
/// and tanh(x) = 2 logistic(2x) - 1 comes from the same words. The result carries `guardBits` more
/// fraction bits than an activation and is rounded once. Twin of `hdl/lstmg_activation.v`.
public struct LogisticTable: Hashable, Sendable {
  /// log2 of half the argument range: arguments lie in (-16, 16).
  public static let rangeExponent = 4
  /// Fraction bits of a base word beyond those of the activation.
  public static let guardBits = 4

  /// Total width of an activation; its format is Q0.(activationBits - 1).
  public let activationBits: Int
  /// Format of the argument: Q4.(activationBits - 1).
  public let argument: QFormat
  /// log2 of the number of segments of the half range.
  public let segmentBits: Int
  /// logistic at the segment's start, moved to the middle of the error band.
  public let bases: [Int64]
  public let slopes: [Int64]
  /// Bits of the offset inside a segment.
  public let offsetBits: Int
  /// Fraction bits of a base word.
  public var baseFractionBits: Int { activationBits - 1 + Self.guardBits }
  /// Fraction bits of slope * offset beyond those of a base word: a slope counts per segment.
  public var slopeFractionBits: Int { offsetBits }
  /// Bits of a base word: values in [0, 1].
  public var baseBits: Int { baseFractionBits + 1 }
  /// Bits of the widest slope word (never negative).
  public var slopeBits: Int {
    64 - UInt64(slopes.max() ?? 1).leadingZeroBitCount
  }

  /// The table of given words.
  init(activationBits: Int, segmentBits: Int, bases: [Int64], slopes: [Int64]) {
    self.activationBits = activationBits
    self.segmentBits = segmentBits
    self.bases = bases
    self.slopes = slopes
    argument = Self.argument(activationBits: activationBits, segmentBits: segmentBits)
    offsetBits = argument.width - 1 - segmentBits
  }

  public init(activationBits: Int, segmentBits: Int) {
    let baseScale = Double(
      sign: .plus, exponent: activationBits - 1 + Self.guardBits, significand: 1)
    let step = Double(sign: .plus, exponent: Self.rangeExponent - segmentBits, significand: 1)
    var bases: [Int64] = []
    var slopes: [Int64] = []
    for segment in 0..<(1 << segmentBits) {
      let start = Self.logistic(Double(segment) * step)
      let end = Self.logistic(Double(segment + 1) * step)
      let middle = Self.logistic((Double(segment) + 0.5) * step)
      // The chord lies below the concave curve by at most `bow`: half of it centres the error.
      let bow = middle - (start + end) / 2
      // Less than one, so that the upper bits need no memory; far from where results are decided.
      bases.append(min(Int64(((start + bow / 2) * baseScale).rounded()), Int64(baseScale) - 1))
      slopes.append(Int64(((end - start) * baseScale).rounded()))
    }
    let argument = Self.argument(activationBits: activationBits, segmentBits: segmentBits)
    let offsets = Int64(1) << Int64(argument.width - 1 - segmentBits)
    for segment in slopes.indices.dropLast() where offsets > 1 {
      // A segment may not end above its successor's start, or a greater argument would give less.
      let rise = (bases[segment + 1] - bases[segment]) * offsets / (offsets - 1)
      slopes[segment] = min(slopes[segment], rise)
    }
    self.init(
      activationBits: activationBits, segmentBits: segmentBits, bases: bases, slopes: slopes)
  }

  /// The table with the fewest segments whose error stays within one unit in the last place of an
  /// activation for every argument word, for logistic and for tanh.
  public init(activationBits: Int) {
    var segmentBits = 4
    var table = LogisticTable(activationBits: activationBits, segmentBits: segmentBits)
    while !table.isFaithful {
      segmentBits += 1
      precondition(segmentBits <= 12, "no faithful table for \(activationBits) bits")
      table = LogisticTable(activationBits: activationBits, segmentBits: segmentBits)
    }
    self = table
  }

  /// Functions that the table serves.
  public enum Curve: Sendable { case logistic, tanh }

  /// Activation word of an argument word, clipped silently at one unit below one.
  public func word(_ argumentWord: Int64, _ curve: Curve) -> Int64 {
    let x =
      curve == .tanh
      ? SaturatingArithmetic.saturate(argumentWord << 1, width: argument.width) : argumentWord
    let isNegative = x < 0
    // The most negative argument has no positive twin: it takes its neighbour's value.
    let magnitude = x == -1 << Int64(argument.width - 1) ? ~x : isNegative ? -x : x
    let segment = Int(magnitude >> Int64(offsetBits))
    let offset = magnitude & (1 << Int64(offsetBits) - 1)
    let sum = bases[segment] << Int64(slopeFractionBits) + slopes[segment] * offset
    let one: Int64 = 1 << Int64(baseFractionBits + slopeFractionBits)
    let logistic = isNegative ? one - sum : sum
    let result = curve == .tanh ? logistic << 1 - one : logistic
    let rounded = SaturatingArithmetic.roundedShift(
      result, by: Self.guardBits + slopeFractionBits)
    return SaturatingArithmetic.saturate(rounded, width: activationBits)
  }

  /// Whether every argument word of both curves maps within one unit in the last place.
  public var isFaithful: Bool {
    largestError(of: .logistic, limit: 1) <= 1 && largestError(of: .tanh, limit: 1) <= 1
  }

  /// Largest distance from the exact function over every argument word, in units in the last place;
  /// the search ends early at the first one beyond `limit`.
  public func largestError(of curve: Curve, limit: Double = .infinity) -> Double {
    let scale = Double(sign: .plus, exponent: activationBits - 1, significand: 1)
    let unit = curve == .tanh ? -2 * argument.unit : -argument.unit
    let end = argument.maxWord + 1
    var worst = 0.0
    var word: Int64 = 0
    // Both signs at once: the exact curves are symmetric, the rounded ones nearly so.
    while word <= end, worst <= limit {
      let tail = exp(Double(word) * unit)
      let positive = curve == .tanh ? (1 - tail) / (1 + tail) : 1 / (1 + tail)
      let negative = curve == .tanh ? -positive : tail / (1 + tail)
      let below = abs(Double(self.word(-word, curve)) - negative * scale)
      if below > worst { worst = below }
      if word < end {
        let above = abs(Double(self.word(word, curve)) - positive * scale)
        if above > worst { worst = above }
      }
      word += 1
    }
    return worst
  }

  private static func argument(activationBits: Int, segmentBits: Int) -> QFormat {
    QFormat(integerBits: rangeExponent, fractionBits: max(activationBits - 1, segmentBits - 3))
  }

  private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
