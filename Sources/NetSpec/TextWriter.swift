import Network

/// Builds the text of a netSpec byte by byte; a String would be slower by far.
struct TextWriter {
  private var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ number: Int) {
    if number >= 0, number < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      bytes.append(contentsOf: String(number).utf8)
    }
  }

  mutating func write(_ node: NodeID?) { write(node?.index ?? -1) }

  /// The shortest decimal number that reads back as the same double.
  mutating func write(_ number: Double) { bytes.append(contentsOf: number.description.utf8) }
}
