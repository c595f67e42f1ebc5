import Diagnostics

/// Sizes up to which a netSpec is read; larger ones are refused before memory is asked for them.
enum Limits {
  static let nodes = 16_777_216
  static let connections = 268_435_456
  static let extendedTraces = 268_435_456
}

extension Diagnostic {
  static func tooLarge(
    _ things: String, _ actual: Int, limit: Int, at location: SourceLocation?
  ) -> Diagnostic {
    // Integers beyond the range of Int have been cut to its end.
    let number = actual == Int.max ? "far too many" : String(actual)
    return Diagnostic(
      id: "too-large", "the network has \(number) \(things), at most \(limit) are supported",
      at: location)
  }
}
