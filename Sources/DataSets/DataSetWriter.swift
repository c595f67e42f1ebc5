import Numerals

/// Prints a data set in the form that `DataSetReader` reads.
public struct DataSetWriter: Sendable {
  public init() {}

  /// One line a step, `-` for a step without values, a blank line between sequences; every number
  /// is the shortest that reads back to the same Double.
  public func write(_ data: DataSet) -> [UInt8] {
    var text: [UInt8] = []
    // 20 bytes: a usual number and its comma.
    text.reserveCapacity(data.stepCount * (data.columnCount * 20 + 1))
    for (position, sequence) in data.sequences.enumerated() {
      if position > 0 { text.append(ASCII.lineFeed) }
      for step in sequence.steps { append(step, to: &text) }
    }
    return text
  }

  private func append(_ step: DataStep, to text: inout [UInt8]) {
    switch step {
    // A row of no columns would print as the blank line that ends a sequence.
    case .values(let values) where !values.isEmpty:
      for (column, value) in values.enumerated() {
        if column > 0 { text.append(ASCII.comma) }
        text.append(contentsOf: value.description.utf8)
      }
    case .values, .none:
      text.append(ASCII.minus)
    }
    text.append(ASCII.lineFeed)
  }
}
