import FixedPoint
import GoldenCases
import NetSpec
import Network
import Simulation
import XCTest

@testable import Lowering

extension GoldenCase {
  /// The network that the case's netSpec describes.
  func network() throws -> Network {
    try NetSpecReader(dialect: dialect, inputCount: inputCount, outputCount: outputCount)
      .read(specBytes, file: specName).network
  }
}

extension Network {
  func factored(constantInputs: [Int: Double] = [:]) -> GateFactored {
    GateFactorer().factor(Levelizer(constantInputs: constantInputs).levelize(self))
  }

  /// Narrow operands: their table is found quickly, and structure does not depend on widths.
  func quantised(
    _ options: QuantisationOptions = .init(
      formats: .init(weightBits: 10, activationBits: 10, state: QFormat(integerBits: 12, width: 28))
    )
  ) throws -> QuantisedNetwork {
    try Quantiser(options).quantise(factored())
  }

  /// A small network by hand: nodes behind the inputs are logistic unless named otherwise.
  static func make(
    nodes: Int, inputs: Int, outputs: Int = 1, functions: [Int: ActivationFunction] = [:],
    states: [Int: Double] = [:], initial: [Int: Double] = [:], _ connections: [Connection]
  ) -> Network {
    let nodes = (0..<nodes).map { index in
      let function = functions[index] ?? .logistic
      let state = states[index] ?? 0
      return Node(
        state: state, function: function,
        initialActivation: initial[index] ?? function.value(at: state))
    }
    return Network(
      nodes: nodes, inputCount: inputs, outputCount: outputs, connections: connections)
  }
}

/// source -> destination, optionally gated.
func link(_ source: Int, _ destination: Int, _ weight: Double = 1, by gater: Int? = nil)
  -> Connection
{
  Connection(
    destination: NodeID(destination), source: NodeID(source), weight: weight,
    gater: gater.map(NodeID.init))
}

/// Small random networks of both dialects with all that is odd, each with its seed.
func variedNetworks(_ seeds: Range<UInt64>) -> [(label: String, seed: UInt64, network: Network)] {
  seeds.map { seed in
    let dialect: Dialect = seed % 3 == 0 ? .csv : .seed
    let network = RandomNetwork.varied(seed: seed, dialect: dialect).network(seed: seed)
    return ("seed \(seed), \(dialect)", seed, network)
  }
}
