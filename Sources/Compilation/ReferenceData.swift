import DataSets
import Diagnostics
import Verification

/// Expected outputs or labels, in the shape of the data they belong to.
public struct ReferenceData: Sendable {
  public let data: DataSet

  /// Reads expected outputs; with a judge, labels for it. Where sequences may be represented by their
  /// last steps, one row for each of them will do.
  public init(
    _ path: String, outputCount: Int, shape: DataSet, holdsLabelsFor judge: Judge? = nil,
    allowsLastSteps: Bool = false
  ) throws(DiagnosticList) {
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try FileReader().read(path)
    } catch {
      throw DiagnosticList([error])
    }
    let mayBeClass = judge == .argmax || judge == .lastArgmax
    let read = try DataSetReader(columnCount: mayBeClass ? nil : outputCount)
      .read(bytes, file: path)
    if mayBeClass {
      guard outputCount > 1 else { throw DiagnosticList([.oneOutputHasNoClass(path)]) }
      guard [0, 1, outputCount].contains(read.columnCount) else {
        throw DiagnosticList([.labelWidth(read.columnCount, outputCount, path)])
      }
      if read.columnCount == 1, outputCount > 1, let bad = Self.badClass(read, outputCount) {
        throw DiagnosticList([
          .noClass(bad.value, outputCount, at: DataPlaces(bytes, file: path).row(bad.row))
        ])
      }
    }
    if judge == .lastArgmax || allowsLastSteps, let spread = Self.spread(read, over: shape) {
      data = spread
      return
    }
    let (mine, theirs) = (read.sequences.map(\.count), shape.sequences.map(\.count))
    guard mine == theirs else { throw DiagnosticList([.otherShape(mine, theirs, path)]) }
    data = read
  }

  /// Rows of whole sequences, one each, as those of their last steps.
  private static func spread(_ labels: DataSet, over shape: DataSet) -> DataSet? {
    let lengths = shape.sequences.map(\.count)
    guard labels.sequences.map(\.count) != lengths else { return nil }
    let rows = labels.sequences.flatMap(\.steps)
    guard rows.count == lengths.count else { return nil }
    var data = DataSet(columnCount: labels.columnCount)
    for (row, length) in zip(rows, lengths) {
      var sequence = DataSequence(columnCount: labels.columnCount)
      for _ in 1..<length { sequence.appendStepWithoutValues() }
      if let values = row.values {
        sequence.append(values)
      } else {
        sequence.appendStepWithoutValues()
      }
      data.append(sequence)
    }
    return data
  }

  private static func badClass(_ labels: DataSet, _ count: Int) -> (row: Int, value: Double)? {
    for (row, step) in labels.sequences.lazy.flatMap(\.steps).enumerated() {
      guard let value = step.values?.first else { continue }
      if value.rounded() != value || value < 0 || value >= Double(count) { return (row, value) }
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func otherShape(
    _ mine: [Int], _ theirs: [Int], _ path: String
  ) -> Diagnostic {
    let location = SourceLocation(file: path)
    guard mine.count == theirs.count else {
      return Diagnostic(
        id: "other-shape", "the file has \(mine.count) sequences, the data \(theirs.count)",
        at: location, hint: "give each step of the data a row, '-' where there is nothing to say")
    }
    let index = zip(mine, theirs).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    return Diagnostic(
      id: "other-shape",
      "sequence \(index + 1) has \(mine[index]) rows, in the data \(theirs[index])",
      at: location, hint: "give each step of the data a row, '-' where there is nothing to say")
  }

  fileprivate static func labelWidth(
    _ columns: Int, _ outputCount: Int, _ path: String
  ) -> Diagnostic {
    Diagnostic(
      id: "label-width",
      "labels have \(columns) columns, expected \(outputCount) or the number of a class",
      at: SourceLocation(file: path))
  }

  fileprivate static func noClass(
    _ value: Double, _ count: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-class", "\(value) is no class: the outputs are 0 to \(count - 1)", at: location)
  }
}

extension Diagnostic {
  fileprivate static func oneOutputHasNoClass(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "no-classes", "the network has one output, whose largest is always the same",
      at: SourceLocation(file: path), hint: "judge it with --judge threshold", exitCode: .usage)
  }
}
