/// Walks over a text line by line and splits each line into fields, without allocating.
struct LineScanner {
  /// What stands between the fields of a line, and with it what ends a line.
  enum Separator {
    /// Runs of spaces and tabs; lines end with LF, a CR before it is dropped.
    case blanks
    /// Commas, with spaces and tabs around them ignored; lines end with LF, CRLF or CR.
    case comma
  }

  /// Longest list of fields whose places are kept: one more than any line may have, so that the
  /// first surplus field can be pointed at.
  private static let keptFields = 6

  let text: [UInt8]
  let separator: Separator
  /// Number of the current line, from 1; 0 before the first one.
  private(set) var line = 0
  /// All fields of the current line, also those beyond the kept ones; 0 for a blank line.
  private(set) var fieldCount = 0
  private(set) var lineStart = 0
  /// Where the line after the current one starts.
  private var nextStart = 0
  private var fields = [Range<Int>](repeating: 0..<0, count: keptFields)

  init(_ text: [UInt8], separator: Separator) {
    self.text = text
    self.separator = separator
  }

  /// Goes to the next line; false at the end of the text.
  mutating func advance() -> Bool {
    guard nextStart < text.count else { return false }
    line += 1
    move(to: nextStart)
    return true
  }

  /// Splits the line that starts at an offset, so that an error found late can name its column.
  mutating func move(to start: Int) {
    lineStart = start
    fieldCount = 0
    switch separator {
    case .blanks: splitAtBlanks()
    case .comma: splitAtCommas()
    }
  }

  /// The bytes of a field of the current line.
  func range(of field: Int) -> Range<Int> { fields[field] }

  /// Column, from 1, of a field, or for a missing one the end of the last one.
  func column(of field: Int) -> Int {
    let present = min(fieldCount, Self.keptFields)
    if field < present { return fields[field].lowerBound - lineStart + 1 }
    return present == 0 ? 1 : fields[present - 1].upperBound - lineStart + 1
  }

  /// Whether the first field is exactly that.
  func fieldIs(_ expected: String) -> Bool {
    fieldCount > 0 && text[fields[0]].elementsEqual(expected.utf8)
  }

  private mutating func splitAtBlanks() {
    var at = lineStart
    while true {
      while at < text.count, isBlank(text[at]) { at += 1 }
      let start = at
      while at < text.count, !isBlank(text[at]), !endsLine(at) { at += 1 }
      guard at > start else { break }
      append(start..<at)
    }
    nextStart = at < text.count && text[at] == Byte.carriageReturn ? at + 2 : at + 1
  }

  private func endsLine(_ at: Int) -> Bool {
    if text[at] == Byte.lineFeed { return true }
    return text[at] == Byte.carriageReturn && at + 1 < text.count && text[at + 1] == Byte.lineFeed
  }

  private mutating func splitAtCommas() {
    var at = lineStart
    while true {
      while at < text.count, isBlank(text[at]) { at += 1 }
      let start = at
      var end = at
      while at < text.count, !isCommaOrLineEnd(text[at]) {
        if !isBlank(text[at]) { end = at + 1 }
        at += 1
      }
      let isLast = at == text.count || text[at] != Byte.comma
      // A line of nothing but blanks has no field at all rather than one empty one.
      if !isLast || fieldCount > 0 || end > start { append(start..<end) }
      if isLast { break }
      at += 1
    }
    nextStart = at + 1
    if nextStart < text.count, text[at] == Byte.carriageReturn, text[nextStart] == Byte.lineFeed {
      nextStart += 1
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == Byte.space || byte == Byte.tab }

  private func isCommaOrLineEnd(_ byte: UInt8) -> Bool {
    byte == Byte.comma || byte == Byte.lineFeed || byte == Byte.carriageReturn
  }

  private mutating func append(_ field: Range<Int>) {
    if fieldCount < Self.keptFields { fields[fieldCount] = field }
    fieldCount += 1
  }
}

/// The characters that structure a netSpec.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let comma = UInt8(ascii: ",")
}
