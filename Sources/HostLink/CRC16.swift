/// CRC-16/IBM-3740: polynomial 0x1021, register all ones at first, neither reflected nor inverted; 0x29B1
/// for "123456789". Twin of `lstmg_crc16` in `hdl/board`.
public enum CRC16 {
  public static let polynomial: UInt16 = 0x1021
  /// Of the register, at first.
  public static let start: UInt16 = 0xFFFF

  public static func of(_ bytes: some Sequence<UInt8>) -> UInt16 {
    bytes.reduce(start) { crc, byte in
      (0..<8).reduce(crc ^ UInt16(byte) << 8) { crc, _ in
        crc & 0x8000 != 0 ? crc << 1 ^ polynomial : crc << 1
      }
    }
  }
}
