import Assets
import Boards
import Diagnostics
import Emission
import Lowering

/// A design with the board that it is for.
public struct BoardDesign: Sendable {
  public let board: Board
  public let family: PhaseLockedLoop
  public let clock: ClockPlan

  /// Megahertz that place and route would reach if nothing were beside the core.
  let hoped: Double

  /// The board with the clock that is expected of the design.
  init?(_ options: CompilerOptions, _ prediction: Prediction) throws(DiagnosticList) {
    guard let board = options.board, let family = options.target.phaseLockedLoop else { return nil }
    // Where the profile has not been measured, another one of the family says what to hope for.
    let known =
      prediction.clockMHz
      ?? FittedModel.measured.first { $0.family == options.target }?.clock.megahertz(lanes: 1)
    let hoped = board.clock.core ?? known ?? 2 * Double(board.clock.mhz)
    let part =
      board.clock.core == nil && known != nil ? options.target.partBesideLink : 1
    try self.init(board, family, atMost: hoped * part, hoped: hoped)
  }

  /// The board with the fastest clock of at most so many megahertz.
  public init(
    _ board: Board, _ family: PhaseLockedLoop, atMost limit: Double, hoped: Double? = nil
  ) throws(DiagnosticList) {
    let plan = ClockPlan.fastest(atMost: limit, for: family, oscillatorMHz: board.clock.mhz)
    guard let plan else { throw DiagnosticList([.noClock(board, limit)]) }
    self.board = board
    self.family = family
    clock = plan
    self.hoped = hoped ?? limit
  }
}

extension Diagnostic {
  fileprivate static func noClock(_ board: Board, _ limit: Double) -> Diagnostic {
    Diagnostic(
      id: "no-clock",
      "the PLL of \(board.title) makes no clock of at most \(limit) MHz"
        + " from \(board.clock.mhz) MHz", exitCode: .usage)
  }
}

extension Device {
  /// What is left beside the serial link of a board, which takes part of every device.
  public var besideLink: Device {
    let link = family.link
    return Device(
      name, part, family, luts - link.luts, flipFlops - link.flipFlops, multipliers,
      memoryBlocks - link.memoryBlocks, singlePortMemories)
  }
}

extension TargetFamily {
  /// Part of the predicted clock rate that is asked for before anything has been placed: what is beside the
  /// core makes it slower, on an iCE40 most of all, which is nearly full then (45 to 56 MHz were reached
  /// where 71 were predicted).
  fileprivate var partBesideLink: Double {
    switch self {
    case .ice40: 0.6
    case .ecp5, .gowin, .xilinx, .generic: 0.9
    }
  }

  /// What a serial link takes. On an iCE40 what `synth_ice40` counts for ten inputs and four outputs, and
  /// carries that share no cell with a lookup table; elsewhere an estimate from that.
  fileprivate var link: (luts: Int, flipFlops: Int, memoryBlocks: Int) {
    switch self {
    case .ice40: (1250, 540, 4)
    case .ecp5, .gowin, .xilinx, .generic: (1100, 550, 3)
    }
  }
}
