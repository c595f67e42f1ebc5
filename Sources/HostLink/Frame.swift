/// One frame of the conversation with a board: a type, a sequence number and a payload, closed by a CRC.
public struct Frame: Hashable, Sendable {
  /// Bytes of type, number and CRC.
  public static let overhead = 4

  public var type: UInt8
  public var number: UInt8
  public var payload: [UInt8]

  public init(type: UInt8, number: UInt8, payload: [UInt8] = []) {
    self.type = type
    self.number = number
    self.payload = payload
  }

  /// As it goes over the line, with the zero at its end.
  public var encoded: [UInt8] {
    let bytes = [type, number] + payload
    let crc = CRC16.of(bytes)
    return COBS.encode(bytes + [UInt8(crc >> 8), UInt8(crc & 0xFF)]) + [0]
  }

  /// A frame as it came, without the zero at its end; nil if a bit of it is wrong.
  public init?(encoded: [UInt8]) {
    guard let bytes = COBS.decode(encoded), bytes.count >= Self.overhead, CRC16.of(bytes) == 0
    else {
      return nil
    }
    self.init(type: bytes[0], number: bytes[1], payload: Array(bytes[2..<bytes.count - 2]))
  }
}

/// What a host asks; the reply has the same type with the upper bit.
public enum Request: UInt8, CaseIterable, Sendable {
  case ping = 0x01
  case step = 0x02
  case reset = 0x03
  case readStates = 0x04
  case readCounts = 0x05

  /// What a reply's type has beside that of its request.
  public static let replyBit: UInt8 = 0x80

  public var replyType: UInt8 { rawValue | Self.replyBit }

  public func frame(number: UInt8, payload: [UInt8] = []) -> Frame {
    Frame(type: rawValue, number: number, payload: payload)
  }
}

/// The words of an answer to `readCounts`, in their order.
public enum BoardCount: Int, CaseIterable, Sendable {
  /// Cycles from the last input element to the first output element of the last step.
  case latency
  /// Output frames since the reset.
  case steps
  case badFrames
}

/// Why a board serves a request not; its frame has the type 0xFF and two bytes, this and the request's type.
public enum Refusal: UInt8, Sendable {
  public static let frameType: UInt8 = 0xFF

  case unknownType = 1
  case wrongLength = 2
  case notAble = 3
}

/// Words in frames: their lowest byte first.
public enum Words {
  /// Bytes of a state and of a count.
  public static let width = 4

  public static func bytes(_ words: [Int64], width: Int) -> [UInt8] {
    words.flatMap { word in (0..<width).map { UInt8(truncatingIfNeeded: word >> Int64(8 * $0)) } }
  }

  /// Signed words of so many bytes; a rest is left out.
  public static func words(_ bytes: [UInt8], width: Int) -> [Int64] {
    stride(from: 0, to: bytes.count - bytes.count % width, by: width).map { start in
      let word = bytes[start..<start + width].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
      let unused = Int64(64 - 8 * width)
      return (word << unused) >> unused
    }
  }
}
