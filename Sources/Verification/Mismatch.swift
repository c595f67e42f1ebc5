/// The first place where two runs of one network differ.
public struct Mismatch: Hashable, Sendable, Codable {
  /// All counted from 0; the step counts inside its sequence.
  public let sequence: Int
  public let step: Int
  public let output: Int
  /// Index of the output's node.
  public let node: Int?
  /// Words of the model and of what was checked against it; nil where a frame is missing.
  public let expected: Int64
  public let actual: Int64?
}

/// How many output words of two runs differ, and where first.
public struct Comparison: Sendable {
  public private(set) var mismatches = 0
  public private(set) var first: Mismatch?

  /// The comparison of a run with itself.
  public init(identical _: [[[Int32]]]) {}

  /// `nodes` are the outputs' nodes, for the place of the first difference.
  public init(expected: [[[Int32]]], actual: [[Int64]], nodes: [Int] = []) {
    var frame = 0
    for (sequence, steps) in expected.enumerated() {
      for (step, words) in steps.enumerated() {
        for (output, word) in words.enumerated() {
          let found =
            frame < actual.count && output < actual[frame].count ? actual[frame][output] : nil
          guard found != Int64(word) else { continue }
          mismatches += 1
          if first == nil {
            first = Mismatch(
              sequence: sequence, step: step, output: output,
              node: output < nodes.count ? nodes[output] : nil, expected: Int64(word),
              actual: found)
          }
        }
        frame += 1
      }
    }
  }
}
