import DataSets
import Lowering

/// Output words as real numbers.
public struct OutputValues: Sendable {
  private let units: [Double]

  public init(_ network: QuantisedNetwork) {
    units = network.outputs.map { network.valueFormats[$0].unit }
  }

  /// Values of words by sequence, by step, by output.
  public func data(_ words: [[[Int32]]]) -> DataSet {
    var data = DataSet(columnCount: units.count)
    for sequence in words {
      var rows = DataSequence(columnCount: units.count)
      for step in sequence { rows.append(zip(step, units).map { Double($0) * $1 }) }
      data.append(rows)
    }
    return data
  }

  /// Values of frames in one row, cut into sequences as long as those of `shape`; nil where frames
  /// are missing or of another length.
  public func data(frames: [[Int64]], shape: DataSet) -> DataSet? {
    guard frames.count == shape.stepCount, frames.allSatisfy({ $0.count == units.count }) else {
      return nil
    }
    var data = RowCollector(columnCount: units.count, shape: shape)
    for frame in frames { data.append(zip(frame, units).map { Double($0) * $1 }) }
    return data.finish()
  }
}
