import FixedPoint

/// A family of devices, as far as it decides defaults.
public enum TargetFamily: String, CaseIterable, Codable, Sendable {
  case generic, ecp5, ice40, gowin, xilinx

  /// Width of weights and activations that the multipliers give for free.
  public var operandBits: Int {
    switch self {
    case .generic, .ice40: 16
    case .ecp5, .gowin, .xilinx: 18
    }
  }

  /// The device whose size limits an automatic number of lanes; nil where none is meant.
  public var device: Device? {
    switch self {
    case .generic: nil
    case .ecp5: Device(name: "LFE5U-25F", multipliers: 28)
    case .ice40: Device(name: "iCE40UP5K", multipliers: 8)
    case .gowin: Device(name: "GW2A-18", multipliers: 48)
    case .xilinx: Device(name: "XC7A35T", multipliers: 90)
    }
  }

  /// Folder below `hdl/` with this family's versions of the primitives; nil where all are inferred.
  var primitives: String? {
    switch self {
    case .ecp5: rawValue
    case .generic, .ice40, .gowin, .xilinx: nil
    }
  }

  /// Widths of the two factors of one hardware multiplier.
  var multiplier: (Int, Int) {
    switch self {
    case .generic, .ecp5, .gowin: (18, 18)
    case .ice40: (16, 16)
    case .xilinx: (25, 18)
    }
  }

  /// Shapes of one block memory: width, depth.
  var blockShapes: [(width: Int, depth: Int)] {
    switch self {
    case .generic, .ecp5, .gowin, .xilinx:
      [(36, 512), (18, 1024), (9, 2048), (4, 4096), (2, 8192), (1, 16384)]
    case .ice40: [(16, 256), (8, 512), (4, 1024), (2, 2048)]
    }
  }

  /// One device of a family.
  public struct Device: Hashable, Sendable {
    public let name: String
    public let multipliers: Int
  }
}
