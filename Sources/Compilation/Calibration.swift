import DataSets
import FixedPoint
import Network
import Simulation
import Verification

/// What a run of the float reference over data says about the ranges of a network's values.
public struct Calibration: Hashable, Codable, Sendable {
  /// Bits by which formats outgrow what was seen: other data, and rounding, go a little further.
  static let headroomBits = 1

  /// Ranges of the inputs that are not constant, by input index.
  public let inputRanges: [Int: ClosedRange<Double>]
  /// Magnitudes to make room for, of identity and relu outputs, by node.
  public let linearMagnitudes: [Int: Double]
  public let stateIntegerBits: Int

  /// Runs the network over data that has one value for each input that is not constant.
  public init(
    _ network: Network, constantInputs: [Int: Double], data: DataSet
  ) throws {
    var inputRanges: [Int: ClosedRange<Double>] = [:]
    var magnitudes = [Double](repeating: 0, count: network.nodeCount)
    // Initial states must fit, and weights have to be expressed beside the state.
    var largestState = network.nodes.dropFirst(network.inputCount).reduce(0) {
      max($0, abs($1.state))
    }
    try FloatRun.forEachStep(network, constantInputs: constantInputs, data) { simulator in
      for index in 0..<network.inputCount where constantInputs[index] == nil {
        let value = simulator.activations[index]
        let range = inputRanges[index] ?? value...value
        inputRanges[index] = min(range.lowerBound, value)...max(range.upperBound, value)
      }
      for index in network.inputCount..<network.nodeCount {
        largestState = max(largestState, abs(simulator.states[index]))
        magnitudes[index] = max(magnitudes[index], abs(simulator.activations[index]))
      }
    }
    self.inputRanges = inputRanges
    var linear: [Int: Double] = [:]
    for index in network.inputCount..<network.nodeCount {
      switch network.nodes[index].function {
      case .identity, .relu:
        linear[index] = magnitudes[index] * Double(1 << Self.headroomBits)
      case .logistic, .tanh: break
      }
    }
    linearMagnitudes = linear
    let largestWeight = network.connections.reduce(0) {
      $1.role == .weighted ? max($0, abs($1.weight)) : $0
    }
    stateIntegerBits = max(
      Self.integerBits(largestState) + Self.headroomBits, Self.integerBits(largestWeight))
  }

  /// The fewest integer bits m with |x| < 2^m.
  private static func integerBits(_ magnitude: Double) -> Int {
    magnitude < 1 ? 0 : Int(magnitude.exponent) + 1
  }
}
