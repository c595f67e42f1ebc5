/// Weights from sources (columns) to units (rows), row by row.
public struct Matrix: Hashable, Sendable {
  public let rows: Int
  public let columns: Int
  public let values: [Double]

  public init(rows: Int, columns: Int, _ values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows)x\(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The weights of one unit, by source.
  public func row(_ index: Int) -> ArraySlice<Double> {
    values[index * columns..<(index + 1) * columns]
  }

  /// Some of the units.
  func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      rows: range.count, columns: columns,
      Array(values[range.lowerBound * columns..<range.upperBound * columns]))
  }

  /// Some of the sources.
  func columns(_ range: Range<Int>) -> Matrix {
    var part: [Double] = []
    part.reserveCapacity(rows * range.count)
    for index in 0..<rows {
      part += row(index)[(index * columns + range.lowerBound)...].prefix(range.count)
    }
    return Matrix(rows: rows, columns: range.count, part)
  }

  var transposed: Matrix {
    var turned = [Double](repeating: 0, count: values.count)
    for row in 0..<rows {
      for column in 0..<columns { turned[column * rows + row] = values[row * columns + column] }
    }
    return Matrix(rows: columns, columns: rows, turned)
  }

  var negated: Matrix { Matrix(rows: rows, columns: columns, values.map { -$0 }) }
}
