import DataSets
import Network
import Numerals
import Simulation
import Verification

/// What precision is measured on: data, and what the float reference makes of it.
public struct PrecisionData: Sendable {
  public let data: DataSet
  /// Whether nobody gave data, and random values from the declared ranges stand for them.
  public let isRandom: Bool
  let outputs: DataSet
  let labels: DataSet?
  let judge: Judge
  /// Part of the judged steps that the float reference has right; nil without labels.
  public let accuracy: Double?
  /// Ranges that formats and bounds may build on; nil for random data.
  let calibration: Calibration?
  /// Largest magnitude of every node's state, with the calibration's headroom.
  let stateMagnitudes: [Double]?

  /// Data of a user; labels have its shape.
  public init(
    _ network: Network, constantInputs: [Int: Double], data: DataSet, labels: DataSet? = nil,
    judge: Judge = .threshold
  ) throws {
    try self.init(
      network, constantInputs, data, isRandom: false, labels: labels, judge: judge)
  }

  /// Random sequences with every input anywhere in its range, the same ones for the same seed.
  public init(
    random network: Network, constantInputs: [Int: Double], range: ClosedRange<Double>,
    seed: UInt64
  ) throws {
    var generator = SplitMix64(seed: seed)
    let columns = network.inputCount - constantInputs.count
    var data = DataSet(columnCount: columns)
    for _ in 0..<Self.randomSequences {
      var sequence = DataSequence(columnCount: columns)
      for _ in 0..<Self.randomSteps {
        if columns == 0 {
          sequence.appendStepWithoutValues()
        } else {
          sequence.append(
            (0..<columns).map { _ in
              range.lowerBound + generator.unit() * (range.upperBound - range.lowerBound)
            })
        }
      }
      data.append(sequence)
    }
    try self.init(network, constantInputs, data, isRandom: true, labels: nil, judge: .threshold)
  }

  static let randomSequences = 64
  static let randomSteps = 32

  private init(
    _ network: Network, _ constantInputs: [Int: Double], _ data: DataSet, isRandom: Bool,
    labels: DataSet?, judge: Judge
  ) throws {
    self.data = data
    self.isRandom = isRandom
    self.labels = labels
    self.judge = judge
    var magnitudes = [Double](repeating: 0, count: network.nodeCount)
    var outputs = RowCollector(columnCount: network.outputCount, shape: data)
    try FloatRun.forEachStep(network, constantInputs: constantInputs, data) { simulator in
      outputs.append(simulator.outputs)
      for (node, state) in simulator.states.enumerated() {
        magnitudes[node] = max(magnitudes[node], abs(state))
      }
    }
    self.outputs = outputs.finish()
    accuracy = labels.flatMap { [outputs = self.outputs] in
      Judgement(outputs, labels: $0, judge: judge).accuracy
    }
    calibration =
      isRandom ? nil : try Calibration(network, constantInputs: constantInputs, data: data)
    for (node, spec) in network.nodes.enumerated() {
      magnitudes[node] =
        max(magnitudes[node], abs(spec.state)) * Double(1 << Calibration.headroomBits)
    }
    stateMagnitudes = isRandom ? nil : magnitudes
  }
}
