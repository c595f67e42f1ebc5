import Network
import Simulation
import XCTest

final class FloatSimulatorTests: XCTestCase {
  func testNewNetworkShowsItsInitialActivationsAndStates() {
    let simulator = FloatSimulator(chain())
    XCTAssertEqual(simulator.activations, [0, 0.25, 0.5])
    XCTAssertEqual(simulator.states, [9, 2, 0])
    XCTAssertEqual(simulator.outputs, [0.5])
  }

  func testLowerSourcesSupplyThisStepAndHigherOnesThePreviousOne() {
    var simulator = FloatSimulator(chain())
    simulator.step([1])
    // Node 1: 2 * input + 3 * y_2 of before; node 2: y_1 of now, gated by y_1 of now.
    XCTAssertEqual(simulator.states, [9, 3.5, 12.25])
    simulator.step([0])
    XCTAssertEqual(simulator.states, [9, 36.75, 1350.5625])
    XCTAssertEqual(simulator.outputs, [1350.5625])
  }

  func testWrittenWeightOfASelfConnectionIsIgnored() {
    var simulator = FloatSimulator(
      network([.identity], states: [3], [link(0, 0, 7)]))
    simulator.step([])
    XCTAssertEqual(simulator.states, [3])
  }

  func testNodeWithoutSelfConnectionForgetsItsState() {
    var simulator = FloatSimulator(network([.identity], states: [3], []))
    simulator.step([])
    XCTAssertEqual(simulator.states, [0])
  }

  func testGatedSelfConnectionReadsTheCurrentContentOfItsGater() {
    // Node 0 is gated by node 1 of the previous step, node 2 by node 1 of this step.
    var simulator = FloatSimulator(
      network(
        [.identity, .identity, .identity], states: [5, 3, 7],
        [
          link(0, 0, 1, gater: 1),
          link(1, 0, 1),
          link(2, 2, 1, gater: 1),
        ]))
    simulator.step([])
    XCTAssertEqual(simulator.states, [15, 15, 105])
  }

  func testArgumentBiasIsAddedToTheArgumentOnlyAndTheHighestSourceCounts() {
    let biased = Network(
      nodes: [
        node(.logistic), node(.logistic), node(.identity, state: 4),
      ], inputCount: 2, outputCount: 1,
      connections: [
        link(2, 0, 9, role: .argumentBias),
        link(2, 1, 9, role: .argumentBias),
        link(2, 2, 1),
      ])
    var simulator = FloatSimulator(biased)
    simulator.step([10, 0.5])
    XCTAssertEqual(simulator.states, [0, 0, 4])
    XCTAssertEqual(simulator.outputs, [4.5])
  }

  func testGainIsMultipliedByTheWeightBeforeTheSource() {
    // (0.1 * 0.7) * 0.3 and 0.1 * (0.7 * 0.3) differ in the last bit.
    var simulator = FloatSimulator(
      network(
        [.identity], inputs: 2, states: [0],
        [link(2, 0, 0.7, gater: 1)]))
    simulator.step([0.3, 0.1])
    XCTAssertEqual(simulator.states[2], (0.1 * 0.7) * 0.3)
    XCTAssertNotEqual((0.1 * 0.7) * 0.3, 0.1 * (0.7 * 0.3))
  }

  func testTermsAreAddedInAscendingOrderOfTheirSources() {
    var simulator = FloatSimulator(
      network(
        [.identity], inputs: 3, states: [0],
        (0..<3).reversed().map { link(3, $0, 1) }))
    simulator.step([1e16, 1, -1e16])
    XCTAssertEqual(simulator.outputs, [0])
  }

  func testProductsAreRoundedBeforeTheyAreAdded() {
    // A fused multiply-add would leave the rounding error of the product.
    let value = 1 + 0x1p-30
    var simulator = FloatSimulator(
      network(
        [.identity], inputs: 2, states: [0],
        [
          link(2, 0, -(value * value)),
          link(2, 1, value),
        ]))
    simulator.step([1, value])
    XCTAssertEqual(simulator.outputs, [0])
  }

  func testResetRestoresStatesAndInitialActivations() {
    var simulator = FloatSimulator(chain())
    simulator.step([1])
    let first = simulator.states
    simulator.step([0.5])
    simulator.reset()
    XCTAssertEqual(simulator.activations, [0, 0.25, 0.5])
    XCTAssertEqual(simulator.states, [9, 2, 0])
    simulator.step([1])
    XCTAssertEqual(simulator.states, first)
  }

  func testCopyOfASimulatorRunsOnItsOwn() {
    var simulator = FloatSimulator(chain())
    var copy = simulator
    copy.step([1])
    XCTAssertEqual(simulator.states, [9, 2, 0])
    simulator.step([1])
    XCTAssertEqual(simulator.states, copy.states)
  }

  /// Input 0; node 1 reads it and node 2; node 2 reads node 1 gated by node 1.
  private func chain() -> Network {
    Network(
      nodes: [
        .init(state: 9, function: .logistic, initialActivation: 0),
        .init(state: 2, function: .identity, initialActivation: 0.25),
        .init(state: 0, function: .identity, initialActivation: 0.5),
      ], inputCount: 1, outputCount: 1,
      connections: [
        link(1, 0, 2),
        link(1, 2, 3),
        link(2, 1, 1, gater: 1),
      ])
  }

  /// Inputs, then nodes whose initial activation is their state; the last one is the output.
  private func network(
    _ functions: [ActivationFunction], inputs: Int = 0, states: [Double],
    _ connections: [Connection]
  ) -> Network {
    Network(
      nodes: (0..<inputs).map { _ in node(.logistic) }
        + zip(functions, states).map { node($0, state: $1) },
      inputCount: inputs, outputCount: 1, connections: connections)
  }

  private func node(_ function: ActivationFunction, state: Double = 0) -> Node {
    Node(state: state, function: function, initialActivation: state)
  }

  private func link(
    _ destination: Int, _ source: Int, _ weight: Double, gater: Int? = nil,
    role: Connection.Role? = nil
  ) -> Connection {
    Connection(
      destination: NodeID(destination), source: NodeID(source), weight: weight,
      gater: gater.map(NodeID.init), role: role)
  }
}
