import Diagnostics
import Foundation

/// Reads JSON of a limited size; what it is made of is the caller's to say.
struct JSONFile {
  /// JSON takes several times its size in memory.
  private static let byteLimit = 1 << 27

  private let bytes: [UInt8]
  private let file: String

  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    guard bytes.count <= Self.byteLimit else {
      throw .tooLarge("bytes of JSON", bytes.count, Self.byteLimit, file)
    }
    self.bytes = bytes
    self.file = file
  }

  /// Whether a file may be JSON: its first character is a brace.
  static func mayBe(_ bytes: [UInt8]) -> Bool {
    bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
  }

  /// The names of the outermost object.
  func keys() throws(Diagnostic) -> Set<String> { try decode(Keys.self).names }

  func decode<Value: Decodable>(_ type: Value.Type) throws(Diagnostic) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw .badJSON(error, "the file", file)
    }
  }

  private struct Keys: Decodable {
    let names: Set<String>

    init(from decoder: any Decoder) throws {
      names = Set(try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue))
    }
  }
}

/// Any name of a JSON object.
struct AnyName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
