/// Rounding and saturation of two's complement words, the only place that does either.
/// Twin of `hdl/lstmg_round_saturate.v`: a change here is a change there.
public enum SaturatingArithmetic {
  /// word / 2^shift, rounded to nearest, ties upwards: add half, shift.
  @inlinable
  public static func roundedShift(_ word: Int64, by shift: Int) -> Int64 {
    guard shift > 0 else { return word }
    return (word &+ (Int64(1) << Int64(shift - 1))) >> Int64(shift)
  }

  /// The word limited to a width of `width` bits, 1 ... 63.
  @inlinable
  public static func saturate(_ word: Int64, width: Int) -> Int64 {
    let top = (Int64(1) << Int64(width - 1)) - 1
    if word > top { return top }
    return word < ~top ? ~top : word
  }

  /// The integer nearest to a real number, ties upwards.
  public static func nearest(_ value: Double) -> Double {
    // Not "add half, round down": that sum is inexact and lifts the number just below one half.
    let below = value.rounded(.down)
    return value - below >= 0.5 ? below + 1 : below
  }

  /// Number of bits of the narrowest signed word that holds both `word` and -`word`.
  public static func signedWidth(ofMagnitude magnitude: UInt64) -> Int {
    65 - magnitude.leadingZeroBitCount
  }
}
