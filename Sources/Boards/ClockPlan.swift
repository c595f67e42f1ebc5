/// Setting of a PLL that makes the core's clock of the oscillator's.
///
/// The PLL's own oscillator runs at the board's, divided by `reference` and multiplied by `feedback`, and the
/// core at that divided by `output`; that of a Gowin device runs at `output` times the core's clock, which is the
/// board's divided by `reference` and multiplied by `feedback`.
public struct ClockPlan: Hashable, Codable, Sendable {
  /// Megahertz of the board's oscillator.
  public let oscillatorMHz: Int
  public let reference: Int
  public let feedback: Int
  public let output: Int
  /// Filter of the phase detector, where a family asks for one.
  public let range: Int
  /// Megahertz of the core's clock.
  public let coreMHz: Double

  /// Hertz of the core's clock.
  public var coreHertz: Int { Int((coreMHz * 1e6).rounded()) }

  /// The slowest clock of all; nil if the PLL makes none.
  public static func slowest(for pll: PhaseLockedLoop, oscillatorMHz: Int) -> ClockPlan? {
    pll.plans(oscillatorMHz: oscillatorMHz).min { $0.coreMHz < $1.coreMHz }
  }

  /// The fastest clock of at most so many megahertz; nil if the PLL reaches none.
  public static func fastest(
    atMost limit: Double, for pll: PhaseLockedLoop, oscillatorMHz: Int
  ) -> ClockPlan? {
    // Of equal ones the first: with the fewest divisions.
    pll.plans(oscillatorMHz: oscillatorMHz).filter { $0.coreMHz <= limit + 1e-9 }
      .reduce(nil as ClockPlan?) { best, plan in
        guard let best, best.coreMHz >= plan.coreMHz - 1e-9 else { return plan }
        return best
      }
  }
}
