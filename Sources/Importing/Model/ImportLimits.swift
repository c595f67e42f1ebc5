import Diagnostics

/// Sizes up to which files are imported; what exceeds them is refused before memory is asked for it.
public enum ImportLimits {
  /// Of a file, unpacked.
  public static let bytes = 1 << 30
  static let nodes = 1 << 20
  static let connections = 1 << 24
  /// Of one number. Sums of a few, and twice a number, stay finite.
  static let magnitude = 1e300

  static func check(nodes: Int, connections: Int, _ file: String) throws(Diagnostic) {
    if nodes > Self.nodes { throw .tooLarge("nodes", nodes, Self.nodes, file) }
    if connections > Self.connections {
      throw .tooLarge("connections", connections, Self.connections, file)
    }
  }
}

extension Diagnostic {
  static func tooLarge(
    _ things: String, _ count: Int, _ limit: Int, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "too-large", "the file holds \(count) \(things), at most \(limit) are supported",
      at: SourceLocation(file: file))
  }

  /// A name of the file in a message: cut short, nothing unprintable.
  static func quoted(_ name: String) -> String {
    let limit = 80
    let shown = name.unicodeScalars.prefix(limit)
      .map { $0 == "'" ? "'" : $0.escaped(asASCII: false) }.joined()
    return name.unicodeScalars.count > limit ? "'\(shown)…'" : "'\(shown)'"
  }
}
