/// What the PLLs of a family can make. Limits are those of the makers' data sheets, in megahertz.
public enum PhaseLockedLoop: String, CaseIterable, Sendable {
  /// SB_PLL40 with simple feedback: iCE40 LP/HX/UltraPlus family data sheets.
  case ice40
  /// EHXPLLL with feedback from its main output, the core's clock from its second one: ECP5 family data
  /// sheet, speed grade 6. Below 10 MHz at the phase detector it may never lock.
  case ecp5
  /// rPLL of a GW2A, C8/I7: GW2A series data sheet.
  case gowin
  /// PLLE2 of a 7-series device, speed grade -1: Artix-7 data sheet.
  case xilinx

  private struct Limits {
    let references: [Int]
    let feedbacks: [Int]
    let outputs: [Int]
    let detector: ClosedRange<Double>
    let oscillator: ClosedRange<Double>
    let core: ClosedRange<Double>
  }

  private var limits: Limits {
    switch self {
    case .ice40:
      Limits(
        references: Array(1...16), feedbacks: Array(1...128), outputs: [2, 4, 8, 16, 32, 64],
        detector: 10...133, oscillator: 533...1066, core: 16...275)
    case .ecp5:
      Limits(
        // The divider of the main output, 1 to 128, is all the feedback; the one behind it, 1 to 80, stays at 1.
        references: Array(1...128), feedbacks: Array(1...128), outputs: Array(1...128),
        detector: 10...400, oscillator: 400...800, core: 3.125...400)
    case .gowin:
      Limits(
        references: Array(1...64), feedbacks: Array(1...64),
        outputs: [2, 4, 8, 16, 32, 48, 64, 80, 96, 112, 128],
        detector: 3...500, oscillator: 500...1250, core: 3.90625...625)
    case .xilinx:
      Limits(
        references: Array(1...56), feedbacks: Array(2...64), outputs: Array(1...128),
        detector: 19...450, oscillator: 800...1600, core: 6.25...800)
    }
  }

  /// Whether the PLL multiplies its own oscillator's clock, not the core's.
  private var multipliesOscillator: Bool { self != .gowin }

  /// Every legal setting, those with few divisions first.
  func plans(oscillatorMHz: Int) -> [ClockPlan] {
    let limits = limits
    var plans: [ClockPlan] = []
    for reference in limits.references {
      let detector = Double(oscillatorMHz) / Double(reference)
      guard limits.detector.contains(detector) else { continue }
      for feedback in limits.feedbacks {
        for output in limits.outputs {
          let product = detector * Double(feedback)
          let oscillator = multipliesOscillator ? product : product * Double(output)
          let core = multipliesOscillator ? product / Double(output) : product
          guard limits.oscillator.contains(oscillator), limits.core.contains(core) else { continue }
          plans.append(
            ClockPlan(
              oscillatorMHz: oscillatorMHz, reference: reference, feedback: feedback,
              output: output, range: range(detector), coreMHz: core))
        }
      }
    }
    return plans
  }

  /// FILTER_RANGE of SB_PLL40, by the frequency of the phase detector.
  private func range(_ detector: Double) -> Int {
    guard self == .ice40 else { return 0 }
    return 1 + [17.0, 26, 44, 66, 101].count { detector >= $0 }
  }
}
