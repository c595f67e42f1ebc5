/// Large memories with one port and without initial contents, such as the SPRAM of an iCE40UP5K.
public struct SinglePortMemories: Hashable, Sendable {
  public let count: Int
  /// Bits of a word, and words.
  public let width: Int
  public let depth: Int
}

/// A device: how much it has of everything that a design takes.
public struct Device: Hashable, Sendable {
  /// What `--device` calls it.
  public let name: String
  /// What its maker calls it.
  public let part: String
  public let family: TargetFamily
  /// Places for a lookup table or a carry bit.
  public let luts: Int
  public let flipFlops: Int
  public let multipliers: Int
  /// Of 18 kbit, on an iCE40 of 4 kbit; those of 36 kbit of a 7-series device count twice.
  public let memoryBlocks: Int
  /// Memories beside the blocks; nil if it has none.
  public let singlePortMemories: SinglePortMemories?

  /// Every device that can be asked for; the first one of a family is its default.
  public static let all = [
    Device("ecp5-25k", "LFE5U-25F", .ecp5, 24_288, 24_288, 28, 56),
    Device("ecp5-12k", "LFE5U-12F", .ecp5, 12_144, 12_144, 28, 32),
    Device("ecp5-45k", "LFE5U-45F", .ecp5, 43_848, 43_848, 72, 108),
    Device("ecp5-85k", "LFE5U-85F", .ecp5, 83_640, 83_640, 156, 208),
    Device(
      "up5k", "iCE40UP5K", .ice40, 5_280, 5_280, 8, 30,
      SinglePortMemories(count: 4, width: 16, depth: 16_384)),
    Device("gw2a-18", "GW2A-18", .gowin, 20_736, 15_552, 48, 46),
    Device("xc7a35t", "XC7A35T", .xilinx, 20_800, 41_600, 90, 100),
    Device("xc7a100t", "XC7A100T", .xilinx, 63_400, 126_800, 240, 270),
  ]

  /// The device of that name.
  public static func named(_ name: String) -> Device? { all.first { $0.name == name } }

  init(
    _ name: String, _ part: String, _ family: TargetFamily, _ luts: Int, _ flipFlops: Int,
    _ multipliers: Int, _ memoryBlocks: Int, _ singlePortMemories: SinglePortMemories? = nil
  ) {
    self.name = name
    self.part = part
    self.family = family
    self.luts = luts
    self.flipFlops = flipFlops
    self.multipliers = multipliers
    self.memoryBlocks = memoryBlocks
    self.singlePortMemories = singlePortMemories
  }

  /// What a design needs more of than there is, such as `33 of 28 multipliers`; nil if it fits.
  public func shortage(_ prediction: Prediction) -> String? {
    demands(prediction).first { $0.needed > $0.there }
      .map { "\($0.needed) of \($0.there) \($0.what)" }
  }

  /// The part of the device that a design takes: that of what it takes most of.
  func share(_ prediction: Prediction) -> Double {
    demands(prediction).reduce(0) { max($0, Double($1.needed) / Double($1.there)) }
  }

  private func demands(
    _ prediction: Prediction
  ) -> [(what: String, needed: Int, there: Int)] {
    [
      ("multipliers", prediction.multipliers, multipliers),
      ("memory blocks", prediction.memoryBlocks, memoryBlocks),
      ("lookup tables", prediction.luts ?? 0, luts),
      ("flip-flops", prediction.flipFlops ?? 0, flipFlops),
    ]
  }
}
