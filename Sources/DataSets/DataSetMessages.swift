import Diagnostics
import Numerals

/// Where a value stands among the time steps, as messages name it; both count from 1.
struct RowAndColumn: CustomStringConvertible {
  let row: Int
  let column: Int

  var description: String { "row \(row), column \(column)" }
}

extension Diagnostic {
  static func valueCount(
    _ count: Int, expected: Int, row: Int, source: Note?, at location: SourceLocation
  ) -> Self {
    Self(
      id: "value-count", "row \(row) has \(values(count)), expected \(expected)", at: location,
      notes: source.map { [$0] } ?? [],
      hint: expected == 0 ? "write '-' for a step without values" : nil)
  }

  static func missingValue(_ place: RowAndColumn, at location: SourceLocation) -> Self {
    Self(id: "missing-value", "\(place): a value is missing", at: location)
  }

  static func malformed(
    _ text: ArraySlice<UInt8>, _ place: RowAndColumn, at location: SourceLocation
  ) -> Self {
    let hint: String? =
      if text.contains(where: { ASCII.isSpace($0) || $0 == ASCII.semicolon }) {
        "separate values with commas"
      } else if place.row == 1 {
        "make a header line a comment: start it with '#'"
      } else {
        nil
      }
    return Self(
      id: "malformed-number", "\(place): \(quoted(text)) is not a number", at: location, hint: hint)
  }

  static func notFinite(
    _ text: ArraySlice<UInt8>, _ place: RowAndColumn, at location: SourceLocation
  ) -> Self {
    Self(
      id: "not-finite", "\(place): \(quoted(text)) is not a finite number", at: location,
      hint: "write '-' as the whole row for a step without values")
  }

  static func tooLarge(
    _ text: ArraySlice<UInt8>, _ place: RowAndColumn, at location: SourceLocation
  ) -> Self {
    Self(
      id: "number-too-large",
      "\(place): \(quoted(text)) is too large (max \(Double.greatestFiniteMagnitude))",
      at: location)
  }

  static func tooManyErrors(_ limit: Int) -> Self {
    Self(.note, id: "too-many-errors", "stopped after \(limit) errors")
  }

  /// The start of a field, with anything unprintable escaped.
  private static func quoted(_ text: ArraySlice<UInt8>) -> String {
    let limit = 40
    let shown = String(decoding: text.prefix(limit), as: UTF8.self).unicodeScalars
      .map { $0 == "'" ? "'" : $0.escaped(asASCII: false) }.joined()
    return text.count > limit ? "'\(shown)…'" : "'\(shown)'"
  }
}

extension Diagnostic.Note {
  static func widthSource(_ row: Int, _ count: Int, at location: SourceLocation) -> Self {
    Self("row \(row) has \(values(count))", at: location)
  }
}

private func values(_ count: Int) -> String { count == 1 ? "1 value" : "\(count) values" }
