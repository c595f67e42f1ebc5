import Boards
import FixedPoint
import Lowering

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

  /// The device that is meant if none is named; nil where none is.
  public var device: Device? { Device.all.first { $0.family == self } }

  /// The profile of designs whose clock rates are not fitted: the best of those that were measured.
  var profile: ProfileName {
    switch self {
    case .ecp5: .balanced
    case .ice40: .segmented
    case .generic, .gowin, .xilinx: .shallow
    }
  }

  /// Folder below `hdl/` with this family's versions of the primitives; nil where all are inferred.
  var primitives: String? {
    switch self {
    // Multipliers of the iCE40 are inferred: `synth_ice40 -dsp` takes the registers out of instances.
    // So are those of Xilinx, whose synthesis moves registers into them.
    case .ecp5, .ice40, .gowin: rawValue
    case .generic, .xilinx: nil
    }
  }

  /// The family whose cells a core instantiates; nil where any family's synthesis takes it.
  public var cells: String? { primitives }

  /// What makes the core's clock on a board; nil where no board is.
  var phaseLockedLoop: PhaseLockedLoop? { PhaseLockedLoop(rawValue: rawValue) }

  /// Widths of the two factors of one hardware multiplier.
  var multiplier: (Int, Int) {
    switch self {
    case .generic, .ecp5, .gowin: (18, 18)
    case .ice40: (16, 16)
    case .xilinx: (25, 18)
    }
  }

  /// Programs of units by what a block memory of the widest shape holds.
  var programForm: ProgramForm { .shortest(block: blockShapes[0].depth) }

  /// Shapes of one block memory: width, depth; the widest one first.
  var blockShapes: [(width: Int, depth: Int)] {
    switch self {
    case .generic, .ecp5, .gowin, .xilinx:
      [(36, 512), (18, 1024), (9, 2048), (4, 4096), (2, 8192), (1, 16384)]
    case .ice40: [(16, 256), (8, 512), (4, 1024), (2, 2048)]
    }
  }
}
