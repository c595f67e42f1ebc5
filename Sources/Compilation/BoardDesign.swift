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

  /// Part of the predicted clock rate that is asked for before anything has been placed: what is beside
  /// the core makes it slower.
  private static let cautiousPart = 0.9

  /// The board with the clock that is expected of the design.
  init?(_ options: CompilerOptions, _ prediction: Prediction) throws(DiagnosticList) {
    guard let board = options.board, let family = options.target.phaseLockedLoop else { return nil }
    // Where the profile has not been measured, another one of the family says what to hope for.
    let known =
      prediction.clockMHz
      ?? FittedModel.measured.first { $0.family == options.target }?.clock.megahertz(lanes: 1)
    let wish =
      board.clock.core ?? known.map { $0 * Self.cautiousPart } ?? 2 * Double(board.clock.mhz)
    try self.init(board, family, atMost: wish)
  }

  /// The board with the fastest clock of at most so many megahertz.
  public init(
    _ board: Board, _ family: PhaseLockedLoop, atMost limit: Double
  ) throws(DiagnosticList) {
    let plan = ClockPlan.fastest(atMost: limit, for: family, oscillatorMHz: board.clock.mhz)
    guard let plan else { throw DiagnosticList([.noClock(board, limit)]) }
    self.board = board
    self.family = family
    clock = plan
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
  /// What a serial link takes. On an iCE40 what `synth_ice40` counts for ten inputs and four outputs, and
  /// carries that share no cell with a lookup table; elsewhere an estimate from that.
  fileprivate var link: (luts: Int, flipFlops: Int, memoryBlocks: Int) {
    switch self {
    case .ice40: (1250, 540, 4)
    case .ecp5, .gowin, .xilinx, .generic: (1100, 550, 3)
    }
  }
}
