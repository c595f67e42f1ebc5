/// splitmix64 for tests: one seed gives the same data on every machine. It is no copy of a file
/// under Sources, so that a change there cannot change what tests run on.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number u with 0 <= u < 1.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// An integer from 0 up to, but without, `bound`.
  public mutating func below(_ bound: Int) -> Int { Int(unit() * Double(bound)) }

  /// A number of a range.
  public mutating func value(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + unit() * (range.upperBound - range.lowerBound)
  }

  /// True with a probability.
  public mutating func chance(_ probability: Double) -> Bool { unit() < probability }
}
