import Diagnostics
import Foundation
import Numerals

/// A file of the safetensors format: the header's length in 8 bytes, the header in JSON, numbers.
struct SafetensorsFile: TensorCollection {
  /// Where a tensor lies, checked against the file.
  struct Entry {
    let type: String
    let shape: [Int]
    fileprivate let range: Range<Int>
  }

  /// Far more than names and shapes of a recurrent network take.
  private static let headerLimit = 1 << 24
  private static let tensorLimit = 1 << 16
  private static let rankLimit = 8
  private static let types: [String: BinaryNumber] = [
    "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16,
  ]
  /// Bytes of the numbers that no weight is made of.
  private static let otherSizes = [
    "I64": 8, "U64": 8, "I32": 4, "U32": 4, "I16": 2, "U16": 2, "I8": 1, "U8": 1, "BOOL": 1,
    "F8_E4M3": 1, "F8_E5M2": 1,
  ]

  let entries: [String: Entry]
  /// What the writer of the file noted.
  private let metadata: [String: String]
  private let bytes: [UInt8]
  private let file: String

  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    self.bytes = bytes
    self.file = file
    guard bytes.count >= 8 else { throw .truncated("8 bytes of the header's length", file) }
    var length: UInt64 = 0
    for index in (0..<8).reversed() { length = length << 8 | UInt64(bytes[index]) }
    guard length <= Self.headerLimit else { throw .headerTooLarge(length, Self.headerLimit, file) }
    let start = 8 + Int(length)
    guard start <= bytes.count else {
      throw .truncated("\(length) bytes of the header", file)
    }
    let header = try Self.header(bytes[8..<start], file)
    metadata = header.metadata
    guard header.entries.count <= Self.tensorLimit else {
      throw .tooLarge("tensors", header.entries.count, Self.tensorLimit, file)
    }
    var checked: [String: Entry] = [:]
    var ends: [(begin: Int, end: Int, name: String)] = []
    // By name, so that of several faults the same one is told every time.
    for (name, entry) in header.entries.sorted(by: { $0.key < $1.key }) {
      let range = try Self.range(of: name, entry, size: bytes.count - start, file)
      ends.append((range.lowerBound, range.upperBound, name))
      checked[name] = Entry(
        type: entry.dtype, shape: entry.shape,
        range: start + range.lowerBound..<start + range.upperBound)
    }
    entries = checked
    try Self.checkCoverage(ends, size: bytes.count - start, file)
  }

  var shapes: [String: [Int]] { entries.mapValues(\.shape) }

  /// Some writers note it.
  var gateOrder: String? { metadata["gate_order"] }

  func tensor(_ name: String) throws(Diagnostic) -> Tensor {
    guard let entry = entries[name] else { preconditionFailure("the caller has seen the entries") }
    guard let type = Self.types[entry.type] else { throw .tensorType(name, entry.type, file) }
    return try Tensor(
      name, shape: entry.shape, type.values(bytes, in: entry.range), file: file)
  }

  private static func header(
    _ bytes: ArraySlice<UInt8>, _ file: String
  ) throws(Diagnostic) -> SafetensorsHeader {
    do {
      return try JSONDecoder().decode(SafetensorsHeader.self, from: Data(bytes))
    } catch {
      throw .badJSON(error, "the header", file)
    }
  }

  private static func range(
    of name: String, _ entry: SafetensorsHeader.Entry, size: Int, _ file: String
  ) throws(Diagnostic) -> Range<Int> {
    guard entry.shape.count <= rankLimit, entry.shape.allSatisfy({ $0 >= 0 }) else {
      throw .badTensor(name, "has the shape \(entry.shape)", file)
    }
    guard let width = types[entry.dtype]?.size ?? otherSizes[entry.dtype] else {
      throw .tensorType(name, entry.dtype, file)
    }
    guard entry.offsets.count == 2, 0 <= entry.offsets[0],
      entry.offsets[0] <= entry.offsets[1]
    else {
      throw .badTensor(name, "has the offsets \(entry.offsets)", file)
    }
    let range = entry.offsets[0]..<entry.offsets[1]
    var count = width
    for dimension in entry.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: dimension)
      guard !overflows else { throw .badTensor(name, "has the shape \(entry.shape)", file) }
      count = product
    }
    guard count == range.count else {
      throw .badTensor(
        name,
        "of shape \(entry.shape) and type \(entry.dtype) takes \(count) bytes,"
          + " its offsets span \(range.count)", file)
    }
    guard range.upperBound <= size else {
      throw .truncated(
        "\(Diagnostic.quoted(name)), which ends at byte \(range.upperBound) of the data", file)
    }
    return range
  }

  /// The format allows neither gaps nor overlaps, so either is a sign of damage.
  private static func checkCoverage(
    _ ranges: [(begin: Int, end: Int, name: String)], size: Int, _ file: String
  ) throws(Diagnostic) {
    var end = 0
    for range in ranges.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard range.begin == end else {
        throw .badTensor(
          range.name, "begins at byte \(range.begin) of the data, where \(end) is expected", file)
      }
      end = range.end
    }
    guard end == size else { throw .surplusData(size - end, file) }
  }
}

/// The header as its JSON says it.
private struct SafetensorsHeader: Decodable {
  struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    private enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  var entries: [String: Entry] = [:]
  var metadata: [String: String] = [:]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyName.self)
    for name in container.allKeys {
      if name.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: name)
      } else {
        entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func headerTooLarge(
    _ length: UInt64, _ limit: Int, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "header-too-large", "the header claims \(length) bytes, at most \(limit) are supported",
      at: SourceLocation(file: file), hint: "is this a safetensors file?")
  }

  fileprivate static func badTensor(
    _ name: String, _ fault: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(id: "bad-tensor", "\(quoted(name)) \(fault)", at: SourceLocation(file: file))
  }

  fileprivate static func tensorType(
    _ name: String, _ type: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "tensor-type", "\(quoted(name)) is of type \(quoted(type))",
      at: SourceLocation(file: file),
      hint: "weights are F64, F32, F16 or BF16: save the network without quantisation")
  }

  fileprivate static func surplusData(_ count: Int, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "surplus-data", "\(count) bytes at the end belong to no tensor",
      at: SourceLocation(file: file), hint: "the file is damaged; save it again")
  }
}
