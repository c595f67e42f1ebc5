import FixedPoint

/// `LogisticTable.word` with what does not depend on the argument computed once.
struct TableEvaluator {
  private let offsetBits: Int64
  private let offsetMask: Int64
  private let lowest: Int64
  private let highest: Int64
  private let one: Int64
  private let half: Int64
  private let shift: Int64
  private let largestResult: Int64
  private let segments: UnsafePointer<SIMD2<Int64>>

  /// `segments` outlive the evaluator: base, moved to the unit of a product, and slope of each.
  init(_ table: LogisticTable, segments: UnsafeMutableBufferPointer<SIMD2<Int64>>) {
    guard let start = segments.baseAddress else { preconditionFailure("a table has segments") }
    self.segments = UnsafePointer(start)
    offsetBits = Int64(table.offsetBits)
    offsetMask = 1 << Int64(table.offsetBits) - 1
    lowest = table.argument.minWord
    highest = table.argument.maxWord
    one = 1 << Int64(table.baseFractionBits + table.slopeFractionBits)
    shift = Int64(LogisticTable.guardBits + table.slopeFractionBits)
    half = 1 << (shift - 1)
    largestResult = 1 << Int64(table.activationBits - 1) - 1
  }

  /// Word of the logistic function.
  @inline(__always)
  func logistic(_ word: Int64) -> Int64 {
    min((sum(word) &+ half) &>> shift, largestResult)
  }

  /// Word of tanh(x) = 2 logistic(2x) - 1.
  @inline(__always)
  func tanh(_ word: Int64) -> Int64 {
    let doubled = min(max(word &<< 1, lowest), highest)
    let result = (sum(doubled) &<< 1 &- one &+ half) &>> shift
    return min(max(result, ~largestResult), largestResult)
  }

  /// The logistic function before it is rounded.
  @inline(__always)
  private func sum(_ word: Int64) -> Int64 {
    let sign = word &>> 63
    // The most negative word has no positive twin: it takes its neighbour's value.
    let magnitude = min((word ^ sign) &- sign, highest)
    let segment = segments[Int(truncatingIfNeeded: magnitude &>> offsetBits)]
    let sum = segment.x &+ segment.y &* (magnitude & offsetMask)
    // one - sum for the negative half.
    return (one & sign) &+ ((sum ^ sign) &- sign)
  }
}
