import Foundation

/// What of a log is worth showing.
enum LogTail {
  /// Longer logs are searched and shown in part only.
  private static let limit = 1 << 22
  private static let shownLines = 20

  /// The text of a log, from its last megabytes if it is very long.
  static func text(ofFileAt path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: size > limit ? size - UInt64(limit) : 0)
    let data = (try? file.readToEnd()) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  /// The lines that say what went wrong, most often the last ones.
  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").suffix(shownLines).map(String.init)
  }
}
