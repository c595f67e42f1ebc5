import DataSets

/// How far two sets of outputs lie apart.
public struct ErrorMeasure: Hashable, Sendable {
  /// One output of one step; all counted from 0, the step inside its sequence.
  public struct Place: Hashable, Codable, Sendable {
    public let sequence: Int
    public let step: Int
    public let output: Int
  }

  public private(set) var largest = 0.0
  public private(set) var rootMeanSquare = 0.0
  /// Where the largest difference is; nil if there is none at all.
  public private(set) var worst: Place?

  /// Both sets have the same shape; steps without values count nothing.
  public init(_ outputs: DataSet, against reference: DataSet) {
    var squares = 0.0
    var count = 0
    for (sequence, (a, b)) in zip(outputs.sequences, reference.sequences).enumerated() {
      for (step, (row, expected)) in zip(a.steps, b.steps).enumerated() {
        guard let row = row.values, let expected = expected.values else { continue }
        for (output, (value, wanted)) in zip(row, expected).enumerated() {
          let error = abs(value - wanted)
          squares += error * error
          count += 1
          if error > largest {
            largest = error
            worst = Place(sequence: sequence, step: step, output: output)
          }
        }
      }
    }
    rootMeanSquare = count == 0 ? 0 : (squares / Double(count)).squareRoot()
  }
}
