/// Counts the messages of a protobuf file before it is decoded: an empty message takes two bytes there and
/// a hundred in memory.
struct ProtobufScan {
  /// Field numbers of messages below a message, as far as they are decoded.
  indirect enum Schema {
    case message([UInt64: Schema])
  }

  /// Those of `onnx_subset.proto`.
  static let onnx: Schema = {
    let tensor = Schema.message([:])
    let attribute = Schema.message([5: tensor])
    let node = Schema.message([5: attribute])
    let dimension = Schema.message([:])
    let shape = Schema.message([1: dimension])
    let type = Schema.message([1: .message([2: shape])])
    let value = Schema.message([2: type])
    let graph = Schema.message([1: node, 5: tensor, 11: value, 12: value])
    return .message([7: graph, 8: .message([:])])
  }()

  private let bytes: [UInt8]
  private let limit: Int
  private var count = 0

  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  /// Messages of a file, at most one more than the limit; what is cut off or no protobuf ends the count, for
  /// the decoder to tell.
  static func messageCount(_ bytes: [UInt8], _ schema: Schema, limit: Int) -> Int {
    var scan = ProtobufScan(bytes, limit: limit)
    scan.walk(0..<bytes.count, schema)
    return scan.count
  }

  private mutating func walk(_ range: Range<Int>, _ schema: Schema) {
    guard case .message(let fields) = schema else { return }
    var position = range.lowerBound
    while position < range.upperBound, count <= limit {
      guard let tag = varint(&position, range.upperBound) else { return }
      switch tag & 7 {
      case 0: guard varint(&position, range.upperBound) != nil else { return }
      case 1: position += 8
      case 5: position += 4
      case 2:
        guard let length = varint(&position, range.upperBound),
          length <= UInt64(range.upperBound - position)
        else { return }
        let end = position + Int(length)
        if let inner = fields[tag >> 3] {
          count += 1
          walk(position..<end, inner)
        }
        position = end
      default: return
      }
    }
  }

  private func varint(_ position: inout Int, _ end: Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < end else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
