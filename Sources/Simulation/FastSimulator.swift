import FixedPoint
import Lowering

/// Runs a quantised network on one sequence as `FixedPointSimulator` does, word for word, only
/// faster.
///
/// An instance belongs to one thread at a time.
public final class FastSimulator {
  public let network: QuantisedNetwork
  private let memory: ModelMemory
  private var evaluator: StepEvaluator

  /// Whether floating point holds the sums of a network's lanes and what they are rounded to
  /// exactly: so it is but for sums of very many terms, more than a hundred thousand of 18 bits.
  ///
  /// A sum of 2^n products of words of p and q bits is 2^(p + q + n - 2) at most, hence 2^51 for an
  /// accumulator of p + q + n <= 53 bits. So large an integer is exact in `Double` with half of its
  /// last bit, which makes ties no ties, and next to 1.5 * 2^52, which rounds. An aligned addend
  /// without its constant lies within twice the operand's range, as that constant is an operand
  /// too. Products of the table stay below 2^44 for the widest activations.
  public static func serves(_ network: QuantisedNetwork) -> Bool {
    network.plan.laneAccumulatorBits <= 53 && network.plan.operand.width <= 51
  }

  public init(_ network: QuantisedNetwork) {
    precondition(Self.serves(network), "see serves")
    self.network = network
    memory = ModelMemory(ModelProgram(network), network)
    evaluator = StepEvaluator(memory, network.plan)
    for _ in 0..<2 {
      for (value, word) in network.initialValues.enumerated() { evaluator.write(word, to: value) }
      evaluator.swapSteps()
    }
    reset()
  }

  public var saturations: SaturationCounts { evaluator.saturations }

  /// Restores the initial values and states; counters go on.
  public func reset() {
    for (value, word) in network.initialValues.enumerated() { evaluator.write(word, to: value) }
    for (slot, state) in network.initialStates.enumerated() { memory.states[slot] = state }
  }

  /// Value words of this step (inputs, nodes, products).
  public subscript(value: ValueID) -> Int32 { evaluator.word(value) }

  /// Wide state word of a value of this step; products and inputs stay 0.
  public func wideState(_ value: ValueID) -> Int64 { memory.wides[value] }

  /// Stored state words by state slot.
  public var states: [Int64] { Array(memory.states) }

  /// Output words in the formats of `network.outputs`.
  public var outputs: [Int32] { network.outputs.map { evaluator.word($0) } }

  /// One time step; `inputs` are words in the formats of `network.inputs`.
  public func step(_ inputs: some Collection<Int32>) {
    precondition(inputs.count == network.inputs.count, "one word for each streamed input")
    let isContiguous: Void? = inputs.withContiguousStorageIfAvailable { evaluator.step($0) }
    if isContiguous == nil { Array(inputs).withUnsafeBufferPointer { evaluator.step($0) } }
  }
}
