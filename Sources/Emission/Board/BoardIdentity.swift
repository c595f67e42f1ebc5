import Boards
import HostLink
import Lowering

/// What a bitstream says of itself when a host pings it.
///
/// | bytes | |
/// |---|---|
/// | 0 | version of the protocol |
/// | 1 to 3 | version of the program that generated it: major, minor, patch |
/// | 4 to 7 | hertz of the core's clock |
/// | 8, 9 | elements of an input frame |
/// | 10, 11 | elements of an output frame |
/// | 12 | bytes of an element |
/// | 13 | bytes of a state |
/// | 14, 15 | stored states |
/// | 16 to 47 | SHA-256 of network and options |
/// | 48 to 63 | name, padded with zeros |
///
/// Numbers have their lowest byte first.
public struct BoardIdentity: Hashable, Sendable {
  public static let protocolVersion = 1
  public static let byteCount = 64
  /// Places of what a host reads first.
  static let hertzPlace = 4..<8
  static let hashPlace = 16..<48
  static let namePlace = 48..<64

  public let version: [Int]
  public let coreHertz: Int
  public let inputs: Int
  public let outputs: Int
  public let elementBytes: Int
  public let states: Int
  /// In hexadecimal digits.
  public let hash: String
  /// Its first 16 bytes are kept.
  public let name: String

  init(_ design: HardwareDesign, _ clock: ClockPlan, name: Identifier, provenance: Provenance) {
    version = provenance.version.split(separator: ".").map { Int($0) ?? 0 }
    coreHertz = clock.coreHertz
    inputs = design.network.inputs.count
    outputs = design.outputBeats
    elementBytes = design.dataBits / 8
    states = StateWords(design).count
    hash = provenance.sourceHash
    self.name = String(decoding: Array(name.text.utf8.prefix(16)), as: UTF8.self)
  }

  /// Reads what a board answered; nil if it speaks another version of the protocol.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, bytes[0] == Self.protocolVersion else { return nil }
    func number(_ range: Range<Int>) -> Int {
      bytes[range].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    version = bytes[1...3].map(Int.init)
    coreHertz = number(Self.hertzPlace)
    inputs = number(8..<10)
    outputs = number(10..<12)
    elementBytes = Int(bytes[12])
    states = number(14..<16)
    hash = bytes[Self.hashPlace].map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    name = String(decoding: bytes[Self.namePlace].prefix { $0 != 0 }, as: UTF8.self)
  }

  public var bytes: [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let digits = Array(hash)
    let sum = stride(from: 0, to: digits.count, by: 2).map { index -> UInt8 in
      guard let byte = UInt8(String(digits[index..<index + 2]), radix: 16) else {
        preconditionFailure("a hash consists of hexadecimal digits")
      }
      return byte
    }
    let text = Array(name.utf8)
    let bytes =
      number(Self.protocolVersion, 1) + (version + [0, 0, 0]).prefix(3).flatMap { number($0, 1) }
      + number(coreHertz, 4) + number(inputs, 2) + number(outputs, 2) + number(elementBytes, 1)
      + number(Words.width, 1) + number(states, 2) + sum + text
      + [UInt8](repeating: 0, count: 16 - text.count)
    precondition(bytes.count == Self.byteCount)
    return bytes
  }
}
