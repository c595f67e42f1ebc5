/// Kinds of numbers in binary files.
package enum BinaryNumber: String, CaseIterable, Sendable {
  case float64, float32, float16, bfloat16
  case int64, int32, int16, int8
  case uint64, uint32, uint16, uint8

  /// Bytes of one number.
  package var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8: 1
    }
  }

  /// The numbers of a range of bytes, which holds a whole number of them. Integers beyond 2^53 are
  /// rounded.
  package func values(
    _ bytes: [UInt8], in range: Range<Int>, isBigEndian: Bool = false
  ) -> [Double] {
    precondition(range.count % size == 0 && range.upperBound <= bytes.count)
    return bytes.withUnsafeBytes { all in
      let part = UnsafeRawBufferPointer(rebasing: all[range])
      func decode<Word: FixedWidthInteger>(
        _ word: Word.Type, _ number: (Word) -> Double
      ) -> [Double] {
        stride(from: 0, to: part.count, by: size).map { offset in
          let raw = part.loadUnaligned(fromByteOffset: offset, as: Word.self)
          return number(isBigEndian ? Word(bigEndian: raw) : Word(littleEndian: raw))
        }
      }
      return switch self {
      case .float64: decode(UInt64.self) { Double(bitPattern: $0) }
      case .float32: decode(UInt32.self) { Double(Float(bitPattern: $0)) }
      case .float16: decode(UInt16.self, Self.half)
      // The upper half of a float32.
      case .bfloat16: decode(UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
      case .int64: decode(Int64.self) { Double($0) }
      case .int32: decode(Int32.self) { Double($0) }
      case .int16: decode(Int16.self) { Double($0) }
      case .int8: decode(Int8.self) { Double($0) }
      case .uint64: decode(UInt64.self) { Double($0) }
      case .uint32: decode(UInt32.self) { Double($0) }
      case .uint16: decode(UInt16.self) { Double($0) }
      case .uint8: decode(UInt8.self) { Double($0) }
      }
    }
  }

  /// IEEE 754 binary16 by hand: Swift's Float16 does not exist on every processor.
  private static func half(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
      }
    return bits & 0x8000 == 0 ? magnitude : -magnitude
  }
}
