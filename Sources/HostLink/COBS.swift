/// Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): bytes without zeros, so that a zero can end
/// a frame. Twin of `lstmg_cobs_decoder` and `lstmg_reply_buffer` in `hdl/board`.
public enum COBS {
  /// Most bytes behind one code.
  public static let blockSize = 254

  /// The bytes without zeros, and without the zero at the end.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var block: [UInt8] = []
    for byte in bytes {
      if byte != 0 { block.append(byte) }
      guard byte == 0 || block.count == blockSize else { continue }
      result += [UInt8(block.count + 1)] + block
      block = []
    }
    return result + [UInt8(block.count + 1)] + block
  }

  /// What was encoded; nil if the bytes are no encoding.
  public static func decode(_ bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let code = Int(bytes[index])
      guard code > 0, index + code <= bytes.count else { return nil }
      let block = bytes[index + 1..<index + code]
      guard !block.contains(0) else { return nil }
      result += block
      index += code
      if code <= blockSize, index < bytes.count { result.append(0) }
    }
    return result
  }
}
