import Foundation

/// Pieces of C text: comments, numerals, tables, line ends.
enum CText {
  static let columns = 100

  /// What a table holds, cut where a comment says what follows.
  struct Section {
    var comment: String?
    var values: [String]
  }

  /// `TABLE(type, name, count) = {…};`; an empty table gets one unused element.
  static func table(
    _ names: CNames, _ type: String, _ name: String, _ sections: [Section]
  ) -> String {
    var count = sections.reduce(0) { $0 + $1.values.count }
    var sections = sections
    if count == 0 {
      sections = [Section(comment: "unused", values: ["0"])]
      count = 1
    }
    var lines = ["\(names.macro)_TABLE(\(type), \(names.name)_\(name), \(count)) = {"]
    for section in sections {
      if let comment = section.comment { lines += wrapped("/* \(comment) */", indent: 2) }
      lines += wrapped(section.values.map { $0 + "," }.joined(separator: " "), indent: 2)
    }
    return (lines + ["};"]).joined(separator: "\n")
  }

  /// A table without sections.
  static func table(
    _ names: CNames, _ type: String, _ name: String, _ values: [String]
  ) -> String {
    table(names, type, name, [Section(comment: nil, values: values)])
  }

  /// Words on lines of at most 100 columns.
  static func wrapped(_ text: String, indent: Int, prefix: String = "") -> [String] {
    var lines: [String] = []
    var line = ""
    let margin = String(repeating: " ", count: indent) + prefix
    for word in text.split(separator: " ") {
      if !line.isEmpty, margin.utf8.count + line.utf8.count + 1 + word.utf8.count > columns {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(margin + line) }
    return lines
  }

  /// A double as a C literal that reads back to the same value.
  static func literal(_ value: Double) -> String { "\(value)" }

  /// The nearest float as a C literal.
  static func literal(_ value: Float) -> String {
    let limit = Float.greatestFiniteMagnitude
    return "\(min(max(value, -limit), limit))f"
  }

  static func literal(_ value: Int64) -> String {
    value >= Int64(Int32.min) + 1 && value <= Int32.max ? "\(value)" : "INT64_C(\(value))"
  }

  /// A 32-bit word with all its digits.
  static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits + "u"
  }

  /// Text that cannot end a comment, begin another one or carry control characters.
  static func comment(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
      .replacingOccurrences(of: "*/", with: "* /")
      .replacingOccurrences(of: "/*", with: "/ *")
      .replacingOccurrences(of: "??", with: "? ?")
  }

  /// Breaks lines that long names made too wide, after a space.
  static func narrowed(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [Substring] in
      var pieces: [Substring] = []
      var rest = line
      let margin = String(repeating: " ", count: line.prefix { $0 == " " }.count + 4)
      // A line of the preprocessor goes on behind a backslash.
      let mark = line.hasPrefix("#") ? " \\" : ""
      while rest.utf8.count > columns {
        let start = rest.firstIndex { $0 != " " } ?? rest.startIndex
        let limit = rest.utf8.index(rest.startIndex, offsetBy: columns - mark.utf8.count)
        guard let space = rest[start..<limit].lastIndex(of: " ") else { break }
        pieces.append(rest[..<space] + mark)
        rest = margin + rest[rest.index(after: space)...]
      }
      return pieces + [rest]
    }.joined(separator: "\n")
  }

  /// Ascending numbers as ranges: `4..7, 9`.
  static func ranges(_ numbers: [Int], limit: Int = 8) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let texts = ranges.prefix(limit).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)"
    }
    return (texts + (ranges.count > limit ? ["..."] : [])).joined(separator: ", ")
  }
}

/// The prefixes of everything that a header declares.
struct CNames {
  /// Of functions, types and tables.
  let name: String
  /// Of macros.
  let macro: String
}
