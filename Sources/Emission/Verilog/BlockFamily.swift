/// Families whose block memories are instantiated, with their contents as parameters; the case is the
/// name of their folder in `hdl/`.
///
/// What decides about a block here is the twin of its `lstmg_block`.
public enum BlockFamily: String, CaseIterable, Sendable {
  case ecp5, ice40

  /// Words of a block at its widest.
  public var wordsOfBlock: Int {
    switch self {
    case .ecp5: 1024
    case .ice40: 256
    }
  }

  /// Bits of such a word.
  public var wordBits: Int {
    switch self {
    case .ecp5: 18
    case .ice40: 16
    }
  }

  /// Hexadecimal digits that one of these words takes in a parameter.
  var wordDigits: Int { (wordBits + 3) / 4 }

  /// Bits of the parameter with the contents of a block.
  var contentBits: Int { wordsOfBlock * wordDigits * 4 }

  /// The deepest memory that its modules cut into blocks; nil for any.
  var maxDepth: Int? {
    switch self {
    case .ecp5: 16_384
    case .ice40: nil
    }
  }

  /// Whether `lstmg_rom` asks `lstmg_fixed_bits` for what synthesis may know of its contents.
  var hasFixedBits: Bool { self == .ice40 }

  /// Parameters of `lstmg_block` that are integers, with their defaults.
  var parameters: [(name: String, value: Int)] {
    switch self {
    case .ecp5: [("COLUMN_BITS", 18), ("REGISTERED", 1)]
    case .ice40: [("COLUMN_BITS", 16)]
    }
  }

  /// Ports of `lstmg_block`.
  var ports: [(name: String, bits: Int, isOutput: Bool)] {
    switch self {
    case .ecp5:
      [
        ("clk_i", 1, false), ("a_write_i", 1, false), ("a_address_i", 14, false),
        ("a_data_i", 18, false), ("a_data_o", 18, true), ("b_read_i", 1, false),
        ("b_address_i", 14, false), ("b_data_o", 18, true),
      ]
    case .ice40:
      [
        ("clk_i", 1, false), ("write_i", 1, false), ("write_address_i", 11, false),
        ("write_data_i", 16, false), ("read_i", 1, false), ("read_address_i", 11, false),
        ("read_data_o", 16, true),
      ]
    }
  }
}
