import FixedPoint
import Lowering

/// Widths and shifts of a step, ready for use.
struct StepPlan {
  let gainShift: Int64
  let gainHalf: Int64
  let wideTop: Int64
  let stateAlignment: Alignment
  let stateTop: Int64
  let gates: GateEvaluator
  let logistic: LogisticFunction
  let tanh: TanhFunction
  let identity: IdentityFunction
  let rectifier: RectifierFunction

  init(_ plan: FormatPlan, _ memory: ModelMemory) {
    func top(_ width: Int) -> Int64 { 1 << Int64(width - 1) - 1 }
    gainShift = Int64(plan.activationBits - 1)
    gainHalf = 1 << (gainShift - 1)
    wideTop = top(plan.wideState.width)
    stateAlignment = Alignment(left: 0, right: UInt8(max(0, plan.stateShift)))
    stateTop = top(plan.formats.state.width)
    gates = GateEvaluator(plan, lines: memory.lines.start)
    let table = TableEvaluator(plan.table, segments: memory.segments)
    logistic = LogisticFunction(top: top(plan.table.argument.width), table: table)
    tanh = TanhFunction(top: top(plan.table.argument.width), table: table)
    identity = IdentityFunction(top: top(plan.activationBits))
    rectifier = RectifierFunction(top: top(plan.activationBits))
  }

  /// The word, or the nearest one of those from ~top to top.
  @inline(__always)
  static func limit(_ word: Int64, _ top: Int64) -> Int64 { min(max(word, ~top), top) }
}

/// A shift to the left, or a rounded one to the right.
struct Alignment {
  private let left: Int64
  private let right: Int64
  private let half: Int64

  @inline(__always)
  init(left: UInt8, right: UInt8) {
    self.left = Int64(left)
    self.right = Int64(right)
    half = (1 &<< Int64(right)) &>> 1
  }

  @inline(__always)
  init(_ shape: AddendShape) { self.init(left: shape.left, right: shape.right) }

  @inline(__always)
  func callAsFunction(_ word: Int64) -> Int64 { ((word &<< left) &+ half) &>> right }
}
