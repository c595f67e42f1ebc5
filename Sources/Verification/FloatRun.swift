import DataSets
import Network
import Simulation

/// Outputs of the float reference for every step of a data set.
public struct FloatRun: Sendable {
  public let outputs: DataSet
  /// States of all nodes after each step; empty unless asked for.
  public let states: DataSet

  /// Data has one value for each input that is not constant.
  public init(
    _ network: Network, constantInputs: [Int: Double], _ data: DataSet, keepsStates: Bool = false
  ) throws {
    var outputs = RowCollector(columnCount: network.outputCount, shape: data)
    var states = RowCollector(columnCount: network.nodeCount, shape: data)
    try Self.forEachStep(network, constantInputs: constantInputs, data) { simulator in
      outputs.append(simulator.outputs)
      if keepsStates { states.append(simulator.states) }
    }
    self.outputs = outputs.finish()
    self.states = states.finish()
  }

  /// Calls `body` after every step; fails when the task is cancelled.
  public static func forEachStep(
    _ network: Network, constantInputs: [Int: Double], _ data: DataSet,
    _ body: (FloatSimulator) -> Void
  ) throws {
    var simulator = FloatSimulator(network)
    var values = (0..<network.inputCount).map { constantInputs[$0] ?? 0 }
    let streamed = values.indices.filter { constantInputs[$0] == nil }
    for sequence in data.sequences {
      try Task.checkCancellation()
      simulator.reset()
      for (index, step) in sequence.steps.enumerated() {
        if index % 64 == 63 { try Task.checkCancellation() }
        if let row = step.values {
          for (input, value) in zip(streamed, row) { values[input] = value }
        }
        simulator.step(values)
        body(simulator)
      }
    }
  }
}

/// Collects one row a step into sequences as long as those of the data.
public struct RowCollector {
  private let columnCount: Int
  private var lengths: ArraySlice<Int>
  private var result: DataSet
  private var current: DataSequence

  public init(columnCount: Int, shape: DataSet) {
    self.columnCount = columnCount
    lengths = shape.sequences.map(\.count)[...]
    result = DataSet(columnCount: columnCount)
    current = DataSequence(columnCount: columnCount)
  }

  public mutating func append(_ row: some Collection<Double>) {
    current.append(row)
    guard current.count == lengths.first else { return }
    result.append(current)
    lengths.removeFirst()
    current = DataSequence(columnCount: columnCount)
  }

  public func finish() -> DataSet { result }
}
