/// CRC-16/IBM-3740: polynomial 0x1021, register all ones at first, neither reflected nor inverted; 0x29B1
/// for "123456789". Twin of `lstmg_crc16` in `hdl/board`.
public enum CRC16 {
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt16 {
    bytes.reduce(0xFFFF) { crc, byte in
      (0..<8).reduce(crc ^ UInt16(byte) << 8) { crc, _ in
        crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1
      }
    }
  }
}
