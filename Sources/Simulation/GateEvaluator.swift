import FixedPoint
import Lowering

/// Evaluates gates, four at a time.
struct GateEvaluator {
  private let wideTop: Double
  private let argumentScale: Double
  private let argumentTie: Double
  private let argumentTop: Double
  private let offsetBits: UInt64
  /// Half of what the logistic function has for one, in the unit of a product.
  private let half: Double
  private let resultScale: Double
  private let resultTie: Double
  private let resultTop: Double
  /// Value at argument zero and slope of every segment's line, in the unit of a product.
  private let lines: UnsafePointer<SIMD2<Double>>

  init(_ plan: FormatPlan, lines: UnsafePointer<SIMD2<Double>>) {
    self.init(
      wideBits: plan.wideState.width, argumentShift: plan.argumentShift, plan.table, lines: lines)
  }

  /// For wide states of so many bits, `argumentShift` of them beyond those of an argument.
  init(
    wideBits: Int, argumentShift: Int, _ table: LogisticTable, lines: UnsafePointer<SIMD2<Double>>
  ) {
    func power(_ exponent: Int) -> Double {
      Double(sign: .plus, exponent: exponent, significand: 1)
    }
    wideTop = power(wideBits - 1) - 1
    argumentScale = power(-max(0, argumentShift))
    argumentTie = Rounding.tie(argumentShift)
    argumentTop = power(table.argument.width - 1) - 1
    offsetBits = UInt64(table.offsetBits)
    half = power(table.baseFractionBits + table.slopeFractionBits - 1)
    let shift = LogisticTable.guardBits + table.slopeFractionBits
    resultScale = power(-shift)
    resultTie = Rounding.tie(shift)
    resultTop = power(table.activationBits - 1) - 1
    self.lines = lines
  }

  /// Lines of a table's segments, as an evaluator reads them.
  static func lines(_ table: LogisticTable) -> [SIMD2<Double>] {
    table.bases.indices.map { segment in
      let slope = table.slopes[segment]
      let start = Int64(segment) << Int64(table.offsetBits)
      return SIMD2(
        Double(table.bases[segment] << Int64(table.slopeFractionBits) - slope * start),
        Double(slope))
    }
  }

  /// Wide states of four sums; words that left their range are counted.
  @inline(__always)
  func wideStates(
    _ sums: SIMD4<Double>, _ gate: GateVector, _ saturated: inout SIMD4<Double>
  ) -> SIMD4<Double> {
    let rounded = Self.rounded(sums * gate.scales, gate.ties) + gate.constants
    return Self.limited(rounded, wideTop, &saturated)
  }

  /// Words of the logistic function of four wide states.
  @inline(__always)
  func logistic(_ wide: SIMD4<Double>, _ saturated: inout SIMD4<Double>) -> SIMD4<Double> {
    let argument = argument(wide, &saturated)
    let result = Self.rounded((centred(argument) + half) * resultScale, resultTie)
    return result.replacing(with: resultTop, where: result .> resultTop)
  }

  /// Words of tanh(x) = 2 logistic(2x) - 1 of four wide states.
  @inline(__always)
  func tanh(_ wide: SIMD4<Double>, _ saturated: inout SIMD4<Double>) -> SIMD4<Double> {
    let argument = argument(wide, &saturated)
    let doubled = Self.limited(argument + argument, argumentTop)
    let centred = centred(doubled)
    return Self.limited(Self.rounded((centred + centred) * resultScale, resultTie), resultTop)
  }

  @inline(__always)
  private func argument(
    _ wide: SIMD4<Double>, _ saturated: inout SIMD4<Double>
  ) -> SIMD4<Double> {
    Self.limited(Self.rounded(wide * argumentScale, argumentTie), argumentTop, &saturated)
  }

  /// The logistic function less one half, which is odd, before it is rounded.
  @inline(__always)
  private func centred(_ argument: SIMD4<Double>) -> SIMD4<Double> {
    let bits = unsafeBitCast(argument, to: SIMD4<UInt64>.self)
    let sign = bits & SIMD4(repeating: 1 << 63)
    var magnitude = unsafeBitCast(bits ^ sign, to: SIMD4<Double>.self)
    // The most negative word has no positive twin: it takes its neighbour's value.
    magnitude = magnitude.replacing(with: argumentTop, where: magnitude .> argumentTop)
    let segments =
      (unsafeBitCast(magnitude + Rounding.integer, to: SIMD4<UInt64>.self)
        & SIMD4(repeating: 0xFFFF_FFFF)) &>> SIMD4(repeating: offsetBits)
    let a = lines[Int(truncatingIfNeeded: segments[0])]
    let b = lines[Int(truncatingIfNeeded: segments[1])]
    let c = lines[Int(truncatingIfNeeded: segments[2])]
    let d = lines[Int(truncatingIfNeeded: segments[3])]
    let starts = SIMD4(a.x, b.x, c.x, d.x)
    let slopes = SIMD4(a.y, b.y, c.y, d.y)
    let above = starts + slopes * magnitude - half
    return unsafeBitCast(
      unsafeBitCast(above, to: SIMD4<UInt64>.self) ^ sign, to: SIMD4<Double>.self)
  }

  @inline(__always)
  private static func rounded(_ scaled: SIMD4<Double>, _ tie: SIMD4<Double>) -> SIMD4<Double> {
    scaled + tie + Rounding.integer - Rounding.integer
  }

  @inline(__always)
  private static func rounded(_ scaled: SIMD4<Double>, _ tie: Double) -> SIMD4<Double> {
    scaled + tie + Rounding.integer - Rounding.integer
  }

  @inline(__always)
  private static func limited(_ words: SIMD4<Double>, _ top: Double) -> SIMD4<Double> {
    words.replacing(with: top, where: words .> top)
      .replacing(with: -top - 1, where: words .< -top - 1)
  }

  @inline(__always)
  private static func limited(
    _ words: SIMD4<Double>, _ top: Double, _ saturated: inout SIMD4<Double>
  ) -> SIMD4<Double> {
    let result = limited(words, top)
    saturated += SIMD4(repeating: 0.0).replacing(with: 1, where: result .!= words)
    return result
  }
}
