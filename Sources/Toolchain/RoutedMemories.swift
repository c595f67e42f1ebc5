import Diagnostics

/// Block memories in the text of a routed design, as nextpnr writes it for icepack and ecppack.
struct RoutedMemories {
  /// How a family writes the contents of a block.
  private struct Form {
    /// First word of a section.
    let keyword: String
    /// nextpnr's name for such a cell.
    let cell: String
    /// Hexadecimal digits of a number, and bits of it that count.
    let digits: Int
    let bits: Int
    /// Numbers of a line; whether the last one comes first, and what stands between them.
    let numbersOfLine: Int
    let isReversed: Bool
    let separator: String
    /// Numbers of a word, the lower one first, and words of a block.
    let numbersOfWord: Int
    let words: Int
  }

  private let form: Form

  /// Nil where memories are not written like that.
  init?(_ family: BitstreamFlow.Family) {
    switch family {
    case .ice40:
      form = Form(
        keyword: ".ram_data ", cell: "ICESTORM_RAM", digits: 4, bits: 16, numbersOfLine: 16,
        isReversed: true, separator: "", numbersOfWord: 1, words: 256)
    case .ecp5:
      form = Form(
        keyword: ".bram_init ", cell: "DP16KD", digits: 3, bits: 9, numbersOfLine: 8,
        isReversed: false, separator: " ", numbersOfWord: 2, words: 1024)
    case .gowin: return nil
    }
  }

  /// The design with other contents in every block that has one of these: words by words. Zeros stay;
  /// there is nothing else.
  func filled(
    _ routed: [UInt8], with contents: [[UInt32]: [UInt32]], _ report: PlacementReport
  ) throws(Diagnostic) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(routed.count)
    var lines = Lines(rest: routed[...])
    var count = 0
    while let line = lines.next() {
      text += line
      guard line.starts(with: form.keyword.utf8) else { continue }
      count += 1
      var digits: [UInt8] = []
      let (lineCount, _) = lineCounts
      for _ in 0..<lineCount { digits += lines.next() ?? [] }
      guard let words = words(of: digits) else { throw .unreadable(form.keyword) }
      if let filling = contents[words] {
        text += self.text(of: filling)
      } else if words.allSatisfy({ $0 == 0 }) {
        text += digits
      } else {
        throw .unknownContents(String(decoding: line.dropLast(), as: UTF8.self))
      }
    }
    let expected = report.utilization[form.cell]?.used ?? 0
    guard count == expected else { throw .otherCount(count, expected) }
    return text
  }

  private var lineCounts: (lines: Int, numbers: Int) {
    let numbers = form.words * form.numbersOfWord
    return (numbers / form.numbersOfLine, numbers)
  }

  /// The words of a block; nil if that is not the text of one.
  private func words(of text: [UInt8]) -> [UInt32]? {
    var numbers: [UInt32] = []
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let digits = line.filter { $0 != UInt8(ascii: " ") }
      guard digits.count == form.numbersOfLine * form.digits else { return nil }
      var ofLine: [UInt32] = []
      for start in stride(from: 0, to: digits.count, by: form.digits) {
        let number = UInt32(
          String(decoding: digits[start..<start + form.digits], as: UTF8.self), radix: 16)
        guard let number, number >> UInt32(form.bits) == 0 else { return nil }
        ofLine.append(number)
      }
      numbers += form.isReversed ? ofLine.reversed() : ofLine
    }
    guard numbers.count == lineCounts.numbers else { return nil }
    return stride(from: 0, to: numbers.count, by: form.numbersOfWord).map { start in
      (0..<form.numbersOfWord).reduce(0) { word, index in
        word | numbers[start + index] << UInt32(index * form.bits)
      }
    }
  }

  /// The inverse.
  func text(of words: [UInt32]) -> [UInt8] {
    precondition(words.count == form.words)
    let mask = UInt32(1) << UInt32(form.bits) - 1
    let numbers = words.flatMap { word in
      (0..<form.numbersOfWord).map { word >> UInt32($0 * form.bits) & mask }
    }
    var text = ""
    for start in stride(from: 0, to: numbers.count, by: form.numbersOfLine) {
      let line = numbers[start..<start + form.numbersOfLine].map { number in
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: form.digits - digits.count) + digits
      }
      text += (form.isReversed ? line.reversed() : line).joined(separator: form.separator) + "\n"
    }
    return Array(text.utf8)
  }

  /// Lines of a text, each with its end.
  private struct Lines {
    var rest: ArraySlice<UInt8>

    mutating func next() -> ArraySlice<UInt8>? {
      guard !rest.isEmpty else { return nil }
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      defer { rest = rest[end...] }
      return rest[..<end]
    }
  }
}

extension Diagnostic {
  private static func routedMemories(_ text: String) -> Diagnostic {
    Diagnostic(
      id: "routed-memories", "the memories of the routed design cannot be filled: \(text)",
      exitCode: .checkFailed)
  }

  fileprivate static func unreadable(_ keyword: String) -> Diagnostic {
    routedMemories("a section '\(keyword.dropLast())' is not what nextpnr writes")
  }

  fileprivate static func unknownContents(_ section: String) -> Diagnostic {
    routedMemories("'\(section)' holds nothing that is known")
  }

  fileprivate static func otherCount(_ count: Int, _ expected: Int) -> Diagnostic {
    routedMemories("it has \(count) of the \(expected) block memories of its report")
  }
}
