import Diagnostics
import Network

/// The lines of a netSpec with typed access to their fields; a field that does not fit its type
/// becomes a finding and reads as nil.
struct SpecLines {
  let file: String
  var findings = Findings()
  private var scanner: LineScanner
  /// Whether looking for a comma in a line can be worth the time.
  private let hasComma: Bool
  /// Offsets of all lines, made when the first late error asks for one.
  private var starts: [Int] = []

  init(_ text: [UInt8], file: String, dialect: Dialect) {
    self.file = file
    scanner = LineScanner(text, separator: dialect == .seed ? .blanks : .comma)
    hasComma = text.contains(Byte.comma)
  }

  /// Number of the current line, from 1.
  var line: Int { scanner.line }
  var fieldCount: Int { scanner.fieldCount }
  var isBlank: Bool { scanner.fieldCount == 0 }

  /// Goes to the next line; false at the end and when there are too many errors to go on.
  mutating func advance() -> Bool { !findings.isFull && scanner.advance() }

  /// Whether the next line has text in it.
  var nextHasText: Bool {
    var next = scanner
    return next.advance() && next.fieldCount > 0
  }

  /// Whether the line has the fields that are named; reports it otherwise.
  mutating func expect(_ shape: LineShape, hint: String? = nil) -> Bool {
    guard fieldCount != shape.fields.count else { return true }
    let place = location(min(fieldCount, shape.fields.count))
    report(.fieldCount(fieldCount, shape, at: place, hint: hint))
    return false
  }

  mutating func integer(_ field: Int) -> Int? {
    let range = scanner.range(of: field)
    guard let value = Numeral.integer(scanner.text, range) else {
      report(.notAnInteger(quoted(field), at: location(field)))
      return nil
    }
    return value
  }

  mutating func real(_ field: Int) -> Double? {
    let value = Numeral.real(scanner.text, scanner.range(of: field))
    guard !value.isFinite else { return value }
    report(
      value.isNaN
        ? .notANumber(quoted(field), at: location(field))
        : .numberOverflow(quoted(field), at: location(field)))
    return nil
  }

  /// A node index below a bound, or below the largest possible one where the bound is not known.
  mutating func node(_ field: Int, below count: Int?) -> NodeID? {
    guard let index = integer(field) else { return nil }
    guard index >= 0, index < count ?? Limits.nodes else {
      report(.unknownNode(shown(field), count: count, at: location(field)))
      return nil
    }
    return NodeID(index)
  }

  /// A gater index below a bound; `.some(nil)` for -1, which stands for none.
  mutating func gater(_ field: Int, below count: Int?) -> NodeID?? {
    guard let index = integer(field) else { return nil }
    guard index != -1 else { return .some(nil) }
    guard index >= 0, index < count ?? Limits.nodes else {
      report(.unknownGater(shown(field), count: count, at: location(field)))
      return nil
    }
    return .some(NodeID(index))
  }

  /// Whether a field would read as an integer.
  func isInteger(_ field: Int) -> Bool {
    Numeral.integer(scanner.text, scanner.range(of: field)) != nil
  }

  /// Whether a field would read as a real number.
  func isReal(_ field: Int) -> Bool {
    Numeral.real(scanner.text, scanner.range(of: field)).isFinite
  }

  mutating func report(_ finding: Diagnostic) { findings.report(finding) }

  /// Whether a field is there and begins a comment, in files that have comments.
  func isComment(_ field: Int) -> Bool {
    field < fieldCount && scanner.text[scanner.range(of: field)].first == UInt8(ascii: "#")
  }

  func fieldIs(_ expected: String) -> Bool { scanner.fieldIs(expected) }

  /// The place of the line's first comma, nil if there is none.
  func comma() -> SourceLocation? {
    guard hasComma else { return nil }
    let rest = scanner.text[scanner.lineStart...]
    let found = rest.firstIndex { $0 == Byte.comma || $0 == Byte.lineFeed }
    guard let found, scanner.text[found] == Byte.comma else { return nil }
    return SourceLocation(file: file, line: line, column: found - scanner.lineStart + 1)
  }

  /// A field in quotation marks, for messages about what is no number.
  private func quoted(_ field: Int) -> String { "'\(shown(field))'" }

  /// A field as messages show it: short and printable.
  func shown(_ field: Int) -> String {
    let bytes = scanner.text[scanner.range(of: field)]
    let longest = 40
    var text = ""
    for scalar in String(decoding: bytes.prefix(longest), as: UTF8.self).unicodeScalars {
      let category = scalar.properties.generalCategory
      let isInvisible = category == .control || category == .format
      text += isInvisible ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    return bytes.count > longest ? text + "…" : text
  }

  /// The place of a field of the current line, or where a missing one should be.
  func location(_ field: Int) -> SourceLocation {
    SourceLocation(file: file, line: line, column: scanner.column(of: field))
  }

  /// The place of a field of any line.
  mutating func location(line: Int, field: Int) -> SourceLocation {
    if starts.isEmpty {
      var walker = LineScanner(scanner.text, separator: scanner.separator)
      while walker.advance() { starts.append(walker.lineStart) }
    }
    var walker = LineScanner(scanner.text, separator: scanner.separator)
    walker.move(to: starts[line - 1])
    return SourceLocation(file: file, line: line, column: walker.column(of: field))
  }
}

extension Diagnostic {
  fileprivate static func fieldCount(
    _ actual: Int, _ shape: LineShape, at location: SourceLocation, hint: String?
  ) -> Diagnostic {
    let fields = "\(shape.fields.count) field\(shape.fields.count == 1 ? "" : "s")"
    return Diagnostic(
      id: "field-count",
      "\(shape.name) has \(fields) (\(shape.fields.joined(separator: " "))), not \(actual)",
      at: location, hint: hint)
  }

  fileprivate static func notAnInteger(_ token: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(id: "not-an-integer", "\(token) is not an integer", at: location)
  }

  fileprivate static func notANumber(_ token: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(id: "not-a-number", "\(token) is not a finite decimal number", at: location)
  }

  fileprivate static func numberOverflow(
    _ token: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "number-overflow",
      "\(token) is too large for a double (at most \(Double.greatestFiniteMagnitude))",
      at: location)
  }

  static func unknownNode(
    _ token: String, count: Int?, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-node", "node \(token) does not exist: \(knownNodes(count))", at: location)
  }

  static func unknownGater(
    _ token: String, count: Int?, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-gater", "gater \(token) does not exist: \(knownNodes(count))", at: location,
      hint: "-1 stands for no gater")
  }

  private static func knownNodes(_ count: Int?) -> String {
    guard let count else { return "indices go from 0 to at most \(Limits.nodes - 1)" }
    return "the nodes are 0 to \(count - 1)"
  }
}
