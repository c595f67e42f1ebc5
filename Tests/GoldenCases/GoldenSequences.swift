import DataSets
import NetSpec
import Network

extension GoldenCase {
  /// The case's network as its netSpec describes it.
  public func network() throws -> Network {
    try NetSpecReader(dialect: dialect, inputCount: inputCount, outputCount: outputCount)
      .read(specBytes, file: specName).network
  }

  /// The case's inputs as sequences: a new one begins wherever `reset.csv` says so.
  public func sequences() -> [[[Double]]] {
    let resets = rows(of: "reset.csv")
    var sequences: [[[Double]]] = []
    for (step, row) in (rows(of: "inputs.csv") ?? []).enumerated() {
      if step == 0 || resets?[step].first == 1 { sequences.append([]) }
      sequences[sequences.count - 1].append(row)
    }
    return sequences
  }

  /// Smallest and largest value of every input, at least -1 ... 1.
  public func inputRanges() -> [Int: ClosedRange<Double>] {
    var ranges: [Int: ClosedRange<Double>] = [:]
    for input in 0..<inputCount {
      let values = sequences().joined().map { $0[input] } + [-1, 1]
      ranges[input] = (values.min() ?? -1)...(values.max() ?? 1)
    }
    return ranges
  }
}

extension GoldenCase {
  /// Desired outputs of the trained cases in the shape of `sequences`; steps that nobody judges have
  /// no values.
  public func labels() -> DataSet {
    let expected = rows(of: "expected.csv") ?? []
    var step = 0
    var labels = DataSet(columnCount: outputCount)
    for sequence in sequences() {
      var rows = DataSequence(columnCount: outputCount)
      for _ in sequence {
        if expected[step].isEmpty {
          rows.appendStepWithoutValues()
        } else {
          rows.append(expected[step])
        }
        step += 1
      }
      labels.append(rows)
    }
    return labels
  }
}
