/// The bytes that matter in netSpecs and data files.
package enum ASCII {
  package static let tab = UInt8(ascii: "\t")
  package static let lineFeed = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")
  package static let space = UInt8(ascii: " ")
  package static let hash = UInt8(ascii: "#")
  package static let plus = UInt8(ascii: "+")
  package static let comma = UInt8(ascii: ",")
  package static let minus = UInt8(ascii: "-")
  package static let semicolon = UInt8(ascii: ";")
  package static let point = UInt8(ascii: ".")
  package static let lowercaseE = UInt8(ascii: "e")
  package static let lowercaseBit: UInt8 = 0x20

  package static func isSpace(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  /// The value of a decimal digit, nil for any other byte.
  package static func digit(_ byte: UInt8) -> UInt64? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? UInt64(value) : nil
  }
}
