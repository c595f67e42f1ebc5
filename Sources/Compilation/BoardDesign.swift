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

  /// The board with the clock that is expected of the design; nil where there is none.
  init?(
    _ options: CompilerOptions, _ choice: ConfigurationChoice
  ) throws(DiagnosticList) {
    guard let board = options.board, let family = options.target.phaseLockedLoop else { return nil }
    // Where the profile has not been measured, another one of the family says what to hope for.
    let model =
      FittedModel.measured.model(of: options.target, choice.profile)
      ?? FittedModel.measured.first { $0.family == options.target }
    let lanes = choice.schedule.lanes
    let unknown = 2 * Double(board.clock.mhz)
    try self.init(
      board, family,
      atMost: board.clock.core ?? model?.besideLink.clock.megahertz(lanes: lanes) ?? unknown,
      hoped: board.clock.core ?? model?.clock.megahertz(lanes: lanes) ?? unknown)
  }

  /// The board with the fastest clock of at most so many megahertz.
  public init(
    _ board: Board, _ family: PhaseLockedLoop, atMost limit: Double, hoped: Double? = nil
  ) throws(DiagnosticList) {
    let plan = ClockPlan.fastest(atMost: limit, for: family, oscillatorMHz: board.clock.mhz)
    guard let plan else {
      let slowest = ClockPlan.slowest(for: family, oscillatorMHz: board.clock.mhz)
      throw DiagnosticList([.noClock(board, limit, slowest)])
    }
    self.board = board
    self.family = family
    clock = plan
    self.hoped = hoped ?? limit
  }
}

extension Diagnostic {
  fileprivate static func noClock(
    _ board: Board, _ limit: Double, _ slowest: ClockPlan?
  ) -> Diagnostic {
    Diagnostic(
      id: "no-clock",
      "the PLL of \(board.title) makes no clock of at most \(limit) MHz"
        + " from \(board.clock.mhz) MHz",
      hint: slowest.map { "its slowest clock is \($0.coreMHz) MHz" }
        ?? "it makes none at all: see 'clock.mhz' of the board's description", exitCode: .usage)
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

extension FittedModel {
  /// The same for a core with a serial link beside it.
  var besideLink: FittedModel {
    FittedModel(
      family: family, profile: profile, luts: luts, flipFlops: flipFlops,
      clock: clock.limited(toPart: 0.9, atMost: family.fastestBesideLink))
  }
}

extension TargetFamily {
  /// Megahertz that a core with a link beside it is expected to reach at most. An iCE40 is nearly full then:
  /// builds for an iCEBreaker reached 41.5 to 56 MHz, profile `shallow` hardly less than `segmented`, for
  /// which 71 were predicted.
  fileprivate var fastestBesideLink: Double {
    switch self {
    case .ice40: 41.5
    case .ecp5, .gowin, .xilinx, .generic: .infinity
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
