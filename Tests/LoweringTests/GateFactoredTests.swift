import GoldenCases
import Network
import Simulation
import XCTest

@testable import Lowering

/// Factoring moves multiplications; what is computed stays what the float reference computes.
final class GateFactoredTests: XCTestCase {
  func testFactoredRandomNetworksComputeTheSame() {
    for (label, seed, network) in variedNetworks(0..<400) {
      check(network, network.factored(), seed: seed, label)
    }
    XCTAssertGreaterThan(comparedSteps, 7000)
  }

  func testFactoredNetworksWithConstantInputsComputeTheSame() {
    var constants = 0
    for (label, seed, network) in variedNetworks(400..<600) where network.inputCount > 0 {
      var generator = SeededGenerator(seed: seed)
      var constantInputs: [Int: Double] = [:]
      for input in 0..<network.inputCount where generator.chance(0.5) {
        constantInputs[input] = [1, 0, generator.value(in: -2...2)][generator.below(3)]
      }
      constants += constantInputs.count
      let factored = network.factored(constantInputs: constantInputs)
      check(network, factored, constantInputs: constantInputs, seed: seed, label)
    }
    XCTAssertGreaterThan(constants, 100)
  }

  func testFactoredGoldenCasesComputeTheSame() throws {
    for golden in GoldenCase.all {
      let network = try golden.network()
      check(network, network.factored(), seed: 1, golden.name)
    }
  }

  private var comparedSteps = 0

  private func check(
    _ network: Network, _ factored: GateFactored, constantInputs: [Int: Double] = [:],
    seed: UInt64, _ label: String
  ) {
    var reference = FloatSimulator(network)
    var evaluator = FactoredEvaluator(factored)
    // Sums are added in another order; linear nodes may amplify what that changes.
    var largest = 1.0
    for (step, drawn) in RandomNetwork.inputs(of: network, steps: 20, seed: seed).enumerated() {
      if step == 13 {
        reference.reset()
        evaluator.reset()
      }
      var row = drawn
      for (input, value) in constantInputs { row[input] = value }
      reference.step(row)
      evaluator.step(row)
      largest = max(largest, reference.states.map(abs).max() ?? 0)
      // Linear nodes that gate each other grow beyond every number.
      guard largest < 1e6 else { return }
      comparedSteps += 1
      for cell in factored.cells where !network.isInput(cell.node) {
        let node = cell.node.index
        XCTAssertEqual(
          evaluator.values[node], reference.activations[node], accuracy: 1e-12 * largest,
          "\(label), step \(step): node \(node)")
        guard factored.levelled.constants[node] == nil else { continue }
        XCTAssertEqual(
          evaluator.states[node], reference.states[node], accuracy: 1e-12 * largest,
          "\(label), step \(step): state of node \(node)")
      }
    }
  }
}
