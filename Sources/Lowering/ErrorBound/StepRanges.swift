import FixedPoint
import Network

/// What the words of a step may stand for: where values and states lie.
public struct StepRanges: Sendable {
  /// By value: nodes and gate products, in this step and in the previous one.
  public let current: [ClosedRange<Double>]
  public let previous: [ClosedRange<Double>]
  /// By state slot, before the step.
  public let states: [ClosedRange<Double>]

  public init(
    current: [ClosedRange<Double>], previous: [ClosedRange<Double>],
    states: [ClosedRange<Double>]
  ) {
    self.current = current
    self.previous = previous
    self.states = states
  }

  /// Every step that a network can make: inputs in their declared ranges, values where their functions
  /// and formats leave them, states within a magnitude for each node, or else within their format.
  public init(_ network: QuantisedNetwork, stateMagnitudes: [Double]? = nil) {
    var values = network.valueFormats.map { $0.minValue...$0.maxValue }
    for cell in network.cells {
      switch cell.output {
      case .logistic, .linear(rectified: true):
        values[cell.value] = 0...network.valueFormats[cell.value].maxValue
      case .tanh, .linear: break
      }
    }
    for (input, range) in zip(network.inputs, network.inputRanges) {
      // The nearest word of a value at the end of the range may lie beyond it.
      let half = network.valueFormats[input].unit / 2
      values[input] = range.lowerBound - half...range.upperBound + half
    }
    for value in values.indices where network.constant(value) != nil {
      let format = network.valueFormats[value]
      let word = format.value(Int64(network.initialValues[value]))
      values[value] = word...word
    }
    current = values
    previous = values.indices.map { value in
      // After a reset readers of the previous step see the initial value.
      let initial = network.valueFormats[value].value(Int64(network.initialValues[value]))
      let range = values[value]
      return min(range.lowerBound, initial)...max(range.upperBound, initial)
    }
    let format = network.plan.formats.state
    states = network.cells.filter { $0.stateSlot != nil }
      .sorted { ($0.stateSlot ?? 0) < ($1.stateSlot ?? 0) }
      .map { cell in
        guard let magnitude = stateMagnitudes?[cell.value], magnitude < -format.minValue else {
          return format.minValue...format.maxValue
        }
        return -magnitude...magnitude
      }
  }

  subscript(operand: Operand) -> ClosedRange<Double> {
    operand.age == .current ? current[operand.value] : previous[operand.value]
  }
}
