import Numerals

/// The header of an array file: `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
struct NpyHeader {
  private static let structure = "a structure"

  /// The numbers' kind as the file spells it, shortened.
  let description: String
  let isFortranOrder: Bool
  let shape: [Int]

  /// Nil if the text is anything else.
  init?(_ bytes: ArraySlice<UInt8>) {
    var scanner = Scanner(rest: bytes)
    guard scanner.take("{") else { return nil }
    var description: String?
    var order: Bool?
    var shape: [Int]?
    while !scanner.take("}") {
      guard let key = scanner.string(), scanner.take(":") else { return nil }
      switch key {
      case "descr": description = scanner.isAtList ? Self.structure : scanner.string()
      case "fortran_order":
        order = scanner.take("True") ? true : scanner.take("False") ? false : nil
      case "shape": shape = scanner.shape()
      default: return nil
      }
      // A structure's fields are not scanned: its name alone is told.
      if description == Self.structure { break }
      guard scanner.take(",") || scanner.rest.first == UInt8(ascii: "}") else { return nil }
    }
    guard let description else { return nil }
    self.description = String(description.prefix(40))
    guard description != Self.structure else {
      isFortranOrder = false
      self.shape = []
      return
    }
    guard let order, let shape else { return nil }
    isFortranOrder = order
    self.shape = shape
  }

  var isBigEndian: Bool { description.hasPrefix(">") }

  /// Nil for numbers that cannot be read, such as complex ones.
  var type: BinaryNumber? {
    guard let mark = description.first, "<>|=".contains(mark) else { return nil }
    return switch description.dropFirst() {
    case "f8": .float64
    case "f4": .float32
    case "f2": .float16
    case "i8": .int64
    case "i4": .int32
    case "i2": .int16
    case "i1": .int8
    case "u8": .uint64
    case "u4": .uint32
    case "u2": .uint16
    case "u1", "b1": .uint8
    default: nil
    }
  }

  /// Reads the few forms of Python that the header may have.
  private struct Scanner {
    var rest: ArraySlice<UInt8>

    var isAtList: Bool { rest.first == UInt8(ascii: "[") }

    /// Takes a word off, and blanks around it.
    mutating func take(_ word: String) -> Bool {
      skipBlanks()
      guard rest.starts(with: word.utf8) else { return false }
      rest = rest.dropFirst(word.utf8.count)
      skipBlanks()
      return true
    }

    mutating func string() -> String? {
      for quote in ["'", "\""] where take(quote) {
        guard let end = rest.firstIndex(of: quote.utf8.first ?? 0) else { return nil }
        let text = rest[rest.startIndex..<end]
        guard text.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
        rest = rest[(end + 1)...]
        return String(decoding: text, as: UTF8.self)
      }
      return nil
    }

    mutating func shape() -> [Int]? {
      guard take("(") else { return nil }
      var sizes: [Int] = []
      while !take(")") {
        let digits = rest.prefix { ASCII.digit($0) != nil }
        guard let size = Int(String(decoding: digits, as: UTF8.self)), sizes.count < 32 else {
          return nil
        }
        sizes.append(size)
        rest = rest.dropFirst(digits.count)
        // Python 2 wrote long integers so.
        _ = take("L")
        guard take(",") || rest.first == UInt8(ascii: ")") else { return nil }
      }
      return sizes
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == 0x20 || $0 == 0x0A } }
  }
}
