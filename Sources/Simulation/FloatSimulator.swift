import Network

/// The float reference: LSTM-g's forward step in Double, with the results of a literal evaluation
/// of the equations in their written order.
public struct FloatSimulator: Sendable {
  /// y of every node.
  public private(set) var activations: [Double]
  /// s of every node; input nodes keep what the netSpec says.
  public private(set) var states: [Double]
  private let network: Network
  private let plan: ForwardPlan

  public init(_ network: Network) {
    self.network = network
    plan = ForwardPlan(network)
    activations = network.nodes.map(\.initialActivation)
    states = network.nodes.map(\.state)
  }

  /// y of the output nodes.
  public var outputs: ArraySlice<Double> { activations[network.outputs] }

  /// One forward step, on one value for each input.
  public mutating func step(_ inputs: some Collection<Double>) {
    precondition(
      inputs.count == network.inputCount,
      "\(inputs.count) values for \(network.inputCount) inputs")
    var position = 0
    for value in inputs {
      activations[position] = value
      position += 1
    }
    plan.activateUnits(&activations, &states)
  }

  /// Restores the netSpec's states and initial activations.
  public mutating func reset() {
    for (index, node) in network.nodes.enumerated() {
      activations[index] = node.initialActivation
      states[index] = node.state
    }
  }
}
