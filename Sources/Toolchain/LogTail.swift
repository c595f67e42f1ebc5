import Foundation

/// What of a log is worth showing.
enum LogTail {
  /// Of longer logs only the end is searched: no tool writes that much unless it runs wild.
  private static let limit: UInt64 = 1 << 26
  private static let shownLines = 20

  /// The text of a log, from its last megabytes if it is very long.
  static func text(ofFileAt path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: size > limit ? size - limit : 0)
    let data = (try? file.readToEnd()) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  /// The lines that say what went wrong, most often the last ones.
  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").suffix(shownLines).map(String.init)
  }
}
