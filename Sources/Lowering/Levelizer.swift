import Network

/// Binds reads to steps and finds the constants: `Network` -> `Levelled`.
public struct Levelizer: Sendable {
  /// Values of inputs that the caller keeps constant, by input index.
  public let constantInputs: [Int: Double]

  public init(constantInputs: [Int: Double] = [:]) { self.constantInputs = constantInputs }

  public func levelize(_ network: Network) -> Levelled {
    var constants = [Double?](repeating: nil, count: network.nodeCount)
    for (input, value) in constantInputs { constants[input] = value }
    for index in network.inputCount..<network.nodeCount {
      let node = NodeID(index)
      guard network.incoming(node).isEmpty else { continue }
      // Without connections the state is 0 from the first step on. A different initial activation
      // is visible to readers of the previous step, so such a node stays an ordinary one.
      let value = network.nodes[index].function.value(at: 0)
      if network.nodes[index].initialActivation == value { constants[index] = value }
    }
    return Levelled(
      network: network, constants: constants,
      materialised: materialised(network, constants: constants))
  }

  private func materialised(_ network: Network, constants: [Double?]) -> Set<NodeID> {
    var result = Set(network.outputs.map(NodeID.init).filter { constants[$0.index] != nil })
    for connection in network.connections where connection.role == .selfConnection {
      guard let gater = connection.gater, let gain = constants[gater.index] else { continue }
      if gain != 0 && gain != 1 { result.insert(gater) }
    }
    return result
  }
}
