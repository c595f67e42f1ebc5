/// A word of a memory image, put together field by field from the most significant bit down.
public struct BitWord: Hashable, Sendable {
  /// Least significant first.
  private var limbs: [UInt64] = [0]
  /// Bits appended so far.
  public private(set) var width = 0

  public init() {}

  /// Appends the low `bits` bits of a two's complement number.
  public mutating func append(_ value: Int64, bits: Int) {
    precondition((0...63).contains(bits))
    guard bits > 0 else { return }
    while limbs.count * 64 < width + bits { limbs.append(0) }
    for index in limbs.indices.reversed() {
      let carried = index > 0 ? limbs[index - 1] >> UInt64(64 - bits) : 0
      limbs[index] = limbs[index] << UInt64(bits) | carried
    }
    limbs[0] |= UInt64(bitPattern: value) & (UInt64(1) << UInt64(bits) - 1)
    width += bits
  }

  public mutating func append(_ flag: Bool) { append(flag ? 1 : 0, bits: 1) }

  /// At most 32 bits from `low` on; beyond the width they are zero.
  public func bits(from low: Int, count: Int) -> UInt32 {
    precondition((1...32).contains(count))
    func limb(_ index: Int) -> UInt64 { index < limbs.count ? limbs[index] : 0 }
    let shift = UInt64(low % 64)
    let upper = shift == 0 ? 0 : limb(low / 64 + 1) << (64 - shift)
    let all = limb(low / 64) >> shift | upper
    return UInt32(truncatingIfNeeded: all & (UInt64(1) << UInt64(count) - 1))
  }

  /// Hexadecimal digits, as many as the width needs.
  public var hexadecimal: String {
    let digits = (width + 3) / 4
    var text = ""
    for digit in (0..<digits).reversed() {
      let nibble = limbs[digit / 16] >> UInt64(digit % 16 * 4) & 0xF
      text.append(Character(UnicodeScalar(UInt8(nibble < 10 ? 48 + nibble : 87 + nibble))))
    }
    return text
  }
}
