import FixedPoint
import Lowering

/// Runs a quantised network in integers: the normative model that RTL and C header must equal.
public struct FixedPointSimulator: Sendable {
  public let network: QuantisedNetwork
  /// Value words of this step (inputs, nodes, products).
  public private(set) var values: [Int32]
  /// Stored state words by state slot.
  public private(set) var states: [Int64]
  /// Wide state words of this step by value; products and inputs stay 0.
  public private(set) var wideStates: [Int64]
  public private(set) var saturations = SaturationCounts()

  private var previous: [Int32]
  private let plan: FormatPlan

  public init(_ network: QuantisedNetwork) {
    self.network = network
    plan = network.plan
    values = network.initialValues
    previous = network.initialValues
    states = network.initialStates
    wideStates = [Int64](repeating: 0, count: network.initialValues.count)
  }

  /// Restores the initial values and states; counters go on.
  public mutating func reset() {
    values = network.initialValues
    states = network.initialStates
  }

  /// One time step; `inputs` are words in the formats of `network.inputs`.
  public mutating func step(_ inputs: some Collection<Int32>) {
    precondition(inputs.count == network.inputs.count, "one word for each streamed input")
    swap(&values, &previous)
    for (value, word) in zip(network.inputs, inputs) { values[value] = word }
    for cell in network.cells { evaluate(cell) }
  }

  /// Output words in the formats of `network.outputs`.
  public var outputs: [Int32] { network.outputs.map { values[$0] } }

  private mutating func evaluate(_ cell: QuantisedNetwork.Cell) {
    var sum: Int64 = 0
    for index in cell.addends {
      let addend = network.addends[index]
      sum &+= operand(addend, stateSlot: cell.stateSlot) &* gain(addend.gater)
    }
    let wide = saturate(
      SaturatingArithmetic.roundedShift(sum, by: plan.activationBits - 1),
      width: plan.wideState.width, \.state)
    if let slot = cell.stateSlot {
      states[slot] = SaturatingArithmetic.saturate(
        SaturatingArithmetic.roundedShift(wide, by: plan.stateShift),
        width: plan.formats.state.width)
    }
    // What a constant's cell sums up is its value; the state of such a node is 0.
    if cell.isNode, network.factored.levelled.constants[cell.value] == nil {
      wideStates[cell.value] = wide
    }
    let biased = wide &+ (cell.argumentBias.map { operand($0, stateSlot: nil) } ?? 0)
    values[cell.value] = Int32(truncatingIfNeeded: output(biased, of: cell))
  }

  private func operand(_ addend: QuantisedNetwork.Addend, stateSlot: Int?) -> Int64 {
    let aligned: Int64 =
      switch addend.input {
      case .nothing: 0
      case .state: stateSlot.map { states[$0] << Int64(plan.stateLeftShift) } ?? 0
      case .value(let operand): Int64(word(operand)) << Int64(plan.valueLeftShift)
      case .sum(let index): dotProduct(network.sums[index]) << Int64(plan.sumLeftShift)
      }
    return SaturatingArithmetic.roundedShift(aligned, by: addend.shift) &+ addend.constant
  }

  private func dotProduct(_ sum: QuantisedNetwork.Sum) -> Int64 {
    var total: Int64 = 0
    for term in network.terms[sum.terms] {
      total &+= Int64(term.weight) &* Int64(word(term.source))
    }
    return total
  }

  /// The gater's word, or one in the same scale.
  private func gain(_ gater: Operand?) -> Int64 {
    gater.map { Int64(word($0)) } ?? Int64(1) << Int64(plan.activationBits - 1)
  }

  private func word(_ operand: Operand) -> Int32 {
    operand.age == .current ? values[operand.value] : previous[operand.value]
  }

  private mutating func output(_ biased: Int64, of cell: QuantisedNetwork.Cell) -> Int64 {
    switch cell.output {
    case .logistic: plan.table.word(argument(biased), .logistic)
    case .tanh: plan.table.word(argument(biased), .tanh)
    case .linear(let rectified):
      saturate(
        SaturatingArithmetic.roundedShift(
          rectified ? max(0, biased) : biased,
          by: plan.linearShift + network.valueFormats[cell.value].integerBits),
        width: plan.activationBits, \.linear)
    }
  }

  private mutating func argument(_ biased: Int64) -> Int64 {
    saturate(
      SaturatingArithmetic.roundedShift(biased, by: plan.argumentShift),
      width: plan.table.argument.width, \.argument)
  }

  private mutating func saturate(
    _ word: Int64, width: Int, _ counter: WritableKeyPath<SaturationCounts, Int>
  ) -> Int64 {
    let limited = SaturatingArithmetic.saturate(word, width: width)
    if limited != word { saturations[keyPath: counter] += 1 }
    return limited
  }
}
