/// What a data file holds: sequences of time steps, all of one width.
public struct DataSet: Hashable, Sendable {
  /// Values of each step that has any; 0 if the width was open and no step has values.
  public let columnCount: Int
  public private(set) var sequences: [DataSequence]

  public init(columnCount: Int, sequences: [DataSequence] = []) {
    precondition(sequences.allSatisfy { $0.columnCount == columnCount }, "sequence of other width")
    self.columnCount = columnCount
    self.sequences = sequences
  }

  /// Number of time steps in all sequences.
  public var stepCount: Int { sequences.reduce(0) { $0 + $1.count } }

  /// The first sequences, so many of them; nil for all.
  public func first(_ count: Int?) -> DataSet {
    guard let count else { return self }
    return DataSet(columnCount: columnCount, sequences: Array(sequences.prefix(count)))
  }

  /// Adds a sequence of the same width.
  public mutating func append(_ sequence: DataSequence) {
    precondition(sequence.columnCount == columnCount, "sequence of other width")
    sequences.append(sequence)
  }
}
