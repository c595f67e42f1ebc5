import Foundation

/// JSON for standard output: keys sorted, numbers that read back to the same value.
enum JSONText {
  static func object(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("reports hold nothing but finite numbers and text")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
