import Diagnostics
import Numerals

/// Reads sequences of time steps from CSV text, or from an array of numpy (`.npy`), which its first
/// bytes tell.
///
/// In CSV one time step is a line, one number a column; `-` is a step without values; a blank line or a run
/// of them starts a new sequence; `#` begins a comment, and a line of nothing else is skipped.
public struct DataSetReader: Sendable {
  /// Numbers that every row must have; nil takes the width of the first row.
  public let columnCount: Int?

  public init(columnCount: Int?) { self.columnCount = columnCount }

  /// Parses a whole file; `file` is its name in messages.
  public func read(_ bytes: [UInt8], file: String) throws(DiagnosticList) -> DataSet {
    if Self.isArray(bytes) {
      let array: NumericArray
      do throws(Diagnostic) {
        array = try NumericArray(bytes, file: file)
      } catch {
        throw DiagnosticList([error])
      }
      return try array.dataSet(columnCount: columnCount, file: file)
    }
    var parser = DataSetParser(bytes: bytes, file: file, width: columnCount)
    return try parser.parse()
  }

  /// Whether a file is an array of numpy, which has no lines.
  public static func isArray(_ bytes: [UInt8]) -> Bool { bytes.starts(with: NumericArray.magic) }
}

/// The state of one reading.
private struct DataSetParser {
  private static let errorLimit = 100
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let bytes: [UInt8]
  private let file: String
  private let scanner = DecimalScanner()
  private var width: Int?
  /// The row that set the width, if the caller did not.
  private var widthSource: Diagnostic.Note?
  private var line = 1
  private var lineStart = 0
  /// Time steps so far, in all sequences.
  private var row = 0
  private var sequences: [(values: [Double], rowStarts: [Int])] = []
  private var values: [Double] = []
  private var rowStarts: [Int] = []
  private var errors: [Diagnostic] = []

  init(bytes: [UInt8], file: String, width: Int?) {
    self.bytes = bytes
    self.file = file
    self.width = width
  }

  mutating func parse() throws(DiagnosticList) -> DataSet {
    // Spreadsheets write it.
    var start = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    while start < bytes.count, errors.count < Self.errorLimit {
      lineStart = start
      var end = start
      while end < bytes.count, bytes[end] != ASCII.lineFeed { end += 1 }
      let hasReturn = end > start && bytes[end - 1] == ASCII.carriageReturn
      parseLine(start..<(hasReturn ? end - 1 : end))
      start = end + 1
      line += 1
    }
    guard errors.isEmpty else {
      if errors.count == Self.errorLimit { errors.append(.tooManyErrors(Self.errorLimit)) }
      throw DiagnosticList(errors)
    }
    finishSequence()
    let columnCount = width ?? 0
    return DataSet(
      columnCount: columnCount,
      sequences: sequences.map {
        DataSequence(columnCount: columnCount, values: $0.values, rowStarts: $0.rowStarts)
      })
  }

  private mutating func parseLine(_ range: Range<Int>) {
    var end = range.lowerBound
    while end < range.upperBound, bytes[end] != ASCII.hash { end += 1 }
    let content = trimmed(range.lowerBound..<end)
    if content.isEmpty {
      // A line that only holds a comment may stand inside a sequence.
      if end == range.upperBound { finishSequence() }
      return
    }
    row += 1
    if content.count == 1, bytes[content.lowerBound] == ASCII.minus {
      rowStarts.append(-1)
    } else {
      rowStarts.append(values.count)
      parseRow(content)
    }
  }

  private mutating func parseRow(_ range: Range<Int>) {
    var column = 0
    var surplus: SourceLocation?
    var start = range.lowerBound
    while start <= range.upperBound {
      var end = start
      while end < range.upperBound, bytes[end] != ASCII.comma { end += 1 }
      column += 1
      let field = trimmed(start..<end)
      if column <= width ?? .max {
        parseField(field, column)
        if errors.count == Self.errorLimit { return }
      } else if surplus == nil {
        surplus = location(field.lowerBound)
      }
      start = end + 1
    }
    guard let width else {
      self.width = column
      widthSource = .widthSource(row, column, at: location(range.lowerBound))
      return
    }
    if column != width {
      errors.append(
        .valueCount(
          column, expected: width, row: row, source: widthSource,
          at: surplus ?? location(range.upperBound)))
    }
  }

  private mutating func parseField(_ field: Range<Int>, _ column: Int) {
    let place = RowAndColumn(row: row, column: column)
    if field.isEmpty {
      errors.append(.missingValue(place, at: location(field.lowerBound)))
      return
    }
    switch scanner.scan(bytes, in: field) {
    case .value(let value): values.append(value)
    case .notFinite:
      errors.append(.notFinite(bytes[field], place, at: location(field.lowerBound)))
    case .tooLarge:
      errors.append(.tooLarge(bytes[field], place, at: location(field.lowerBound)))
    case .malformed:
      errors.append(.malformed(bytes[field], place, at: location(field.lowerBound)))
    }
  }

  private mutating func finishSequence() {
    guard !rowStarts.isEmpty else { return }
    sequences.append((values, rowStarts))
    values = []
    rowStarts = []
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, ASCII.isSpace(bytes[start]) { start += 1 }
    while start < end, ASCII.isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private func location(_ index: Int) -> SourceLocation {
    SourceLocation(file: file, line: line, column: index - lineStart + 1)
  }
}
