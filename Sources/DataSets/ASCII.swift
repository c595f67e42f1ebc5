/// The bytes that matter in a data file.
enum ASCII {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let hash = UInt8(ascii: "#")
  static let plus = UInt8(ascii: "+")
  static let comma = UInt8(ascii: ",")
  static let minus = UInt8(ascii: "-")
  static let semicolon = UInt8(ascii: ";")
  static let point = UInt8(ascii: ".")
  static let lowercaseE = UInt8(ascii: "e")
  static let lowercaseBit: UInt8 = 0x20

  static func isSpace(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  /// The value of a decimal digit, nil for any other byte.
  static func digit(_ byte: UInt8) -> UInt64? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? UInt64(value) : nil
  }
}
