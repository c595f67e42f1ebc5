import Lowering

/// The weights of a design as they lie in a serial flash memory; twin of `hdl/lstmg_flash_loader.v`.
public struct FlashImage: Sendable {
  /// First byte in the flash memory, unless the user of the core says otherwise: 1 MiB.
  public static let address = 0x10_0000
  private static let magic: UInt32 = 0x4C53_5447
  private static let polynomial: UInt32 = 0x04C1_1DB7

  /// What tells this image from those of other designs: of their hash, and of the words themselves,
  /// since another schedule puts them in another order.
  let identity: UInt32
  /// Magic, identity, the weights of each lane as words of 16 bits, CRC-32; upper bytes first.
  public let bytes: [UInt8]

  init(_ design: HardwareDesign, identity: UInt32) {
    let weights = design.laneWeights.joined().flatMap { weight -> [UInt8] in
      let word = UInt16(bitPattern: Int16(weight))
      return [UInt8(word >> 8), UInt8(word & 0xFF)]
    }
    self.identity = identity ^ Self.check(weights)
    let bytes = Self.bytes(Self.magic) + Self.bytes(self.identity) + weights
    self.bytes = bytes + Self.bytes(Self.check(bytes))
  }

  /// Where images lie in the folder of a generated core.
  static let folder = "flash"

  public static func path(_ name: Identifier) -> String { "\(folder)/\(name)_weights.bin" }

  func artefact(of name: Identifier) -> Artefact {
    Artefact(path: Self.path(name), contents: bytes)
  }

  /// CRC-32 from the upper bit down, neither reflected nor inverted.
  static func check(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(.max) { check, byte in
      (0..<8).reduce(check ^ UInt32(byte) << 24) { check, _ in
        check << 1 ^ (check >> 31 == 1 ? polynomial : 0)
      }
    }
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(number >> $0 & 0xFF) }
  }
}
