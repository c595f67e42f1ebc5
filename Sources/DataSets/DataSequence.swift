/// One time step of a data file.
public enum DataStep: Hashable, Sendable {
  case values(ArraySlice<Double>)
  /// The row `-`: no inputs, no target, or not judged.
  case none

  /// The values of the step, nil if it has none.
  public var values: ArraySlice<Double>? {
    switch self {
    case .values(let values): values
    case .none: nil
    }
  }
}

/// Time steps that follow one another; the state is reset before the first one.
public struct DataSequence: Hashable, Sendable {
  /// Values of each step that has any.
  public let columnCount: Int
  /// The values of all steps that have any, one row after the other: an array a step would cost
  /// an allocation each.
  private var values: [Double]
  /// Where a step's row starts in `values`; -1 is a step without values.
  private var rowStarts: [Int]

  public init(columnCount: Int) { self.init(columnCount: columnCount, values: [], rowStarts: []) }

  init(columnCount: Int, values: [Double], rowStarts: [Int]) {
    self.columnCount = columnCount
    self.values = values
    self.rowStarts = rowStarts
  }

  /// Number of time steps, those without values included.
  public var count: Int { rowStarts.count }

  /// The time steps in order.
  public var steps: some RandomAccessCollection<DataStep> { rowStarts.lazy.map(step(from:)) }

  /// The time step at a position, from 0.
  public subscript(position: Int) -> DataStep { step(from: rowStarts[position]) }

  /// Adds a time step with values, one for each column.
  public mutating func append(_ row: some Collection<Double>) {
    rowStarts.append(values.count)
    values.append(contentsOf: row)
    precondition(values.count == rowStarts[count - 1] + columnCount, "row of another width")
  }

  /// Adds a time step without values.
  public mutating func appendStepWithoutValues() { rowStarts.append(-1) }

  private func step(from start: Int) -> DataStep {
    start < 0 ? .none : .values(values[start..<start + columnCount])
  }
}
