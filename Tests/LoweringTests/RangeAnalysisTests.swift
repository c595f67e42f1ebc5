import FixedPoint
import GoldenCases
import Network
import Simulation
import XCTest

@testable import Lowering

final class RangeAnalysisTests: XCTestCase {
  func testFormatsOfLinearNodesFollowFromTheirSums() throws {
    let functions: [Int: ActivationFunction] = [2: .identity, 3: .relu, 4: .tanh, 5: .identity]
    let network = Network.make(
      nodes: 6, inputs: 2, functions: functions,
      [
        link(0, 2, 0.5), link(1, 2, -2), link(2, 3, 3), link(2, 4), link(4, 5, 0.4),
        link(2, 5, 0.2),
      ])
    let ranges = RangeAnalysis(network.factored(), .init())
    XCTAssertEqual(ranges.magnitudes[2], 2.5)
    XCTAssertEqual(ranges.magnitudes[3], 7.5)
    XCTAssertEqual(ranges.magnitudes[4], 1)
    XCTAssertEqual(ranges.magnitudes[5], 0.9, accuracy: 1e-15)
    let formats = try Quantiser().quantise(network.factored()).valueFormats
    XCTAssertEqual(formats.map(\.integerBits), [1, 1, 2, 3, 0, 0])
    XCTAssertTrue(formats.allSatisfy { $0.width == 16 })
  }

  func testDefaultInputsHoldOneExactlyAndOthersTheirRange() throws {
    let network = Network.make(nodes: 5, inputs: 4, (0..<4).map { link($0, 4, 0.1) })
    let options = QuantisationOptions(inputRanges: [1: 0...0.5, 2: -3...2, 3: -0.25...4])
    let formats = try Quantiser(options).quantise(network.factored()).valueFormats
    XCTAssertEqual(formats[0...3].map(\.integerBits), [1, 0, 2, 3])
    XCTAssertTrue(formats[0].contains(1))
  }

  func testAProductsFormatIsDerivedFromItsFactors() throws {
    // Input 0 gates input 1 into two nodes: one product of magnitude 12.
    let network = Network.make(
      nodes: 4, inputs: 2, outputs: 2, [link(1, 2, 0.5, by: 0), link(1, 3, 0.5, by: 0)])
    let options = QuantisationOptions(inputRanges: [0: -3...3, 1: -4...4])
    let quantised = try Quantiser(options).quantise(network.factored())
    XCTAssertEqual(quantised.factored.products.count, 1)
    XCTAssertEqual(quantised.valueFormats[4].integerBits, 4)
  }

  func testRecurrentLinearNodesHaveTheStatesRangeOrTheCalibratedOne() throws {
    let functions: [Int: ActivationFunction] = [1: .identity, 2: .relu]
    let network = Network.make(
      nodes: 3, inputs: 1, functions: functions, initial: [2: 3],
      [link(0, 1), link(1, 1), link(2, 2, 1.5), link(0, 2)])
    func bits(_ options: QuantisationOptions) throws -> [Int] {
      try Quantiser(options).quantise(network.factored()).valueFormats.map(\.integerBits)
    }
    XCTAssertEqual(try bits(.init()), [1, 10, 10])
    // What a reader of the first step sees must fit as well.
    XCTAssertEqual(try bits(.init(calibratedMagnitudes: [1: 5, 2: 0.5])), [1, 3, 2])
  }

  func testADecayingRecurrenceIsBoundedByItsSum() {
    // y = y'/4 + x stays below 4/3; the rounds of tightening come close.
    let functions: [Int: ActivationFunction] = [1: .identity, 2: .identity]
    let network = Network.make(
      nodes: 3, inputs: 1, functions: functions,
      [link(0, 1), link(2, 1, 0.25), link(1, 2)])
    let magnitudes = RangeAnalysis(network.factored(), .init()).magnitudes
    XCTAssertGreaterThanOrEqual(magnitudes[1], 4.0 / 3)
    XCTAssertLessThan(magnitudes[1], 1.5)
  }

  func testAMeanOfThePastAndSomethingElseStaysWithinBoth() throws {
    // A GRU's output: node 4 keeps itself by gate 1 and takes node 3 by gate 2.
    func magnitude(
      _ weight: Double, source: Int = 0, gater: Int = 2, function: ActivationFunction = .logistic,
      start: Double = 0.25
    ) -> Double {
      let functions: [Int: ActivationFunction] = [2: function, 3: .tanh, 4: .identity]
      let network = Network.make(
        nodes: 6, inputs: 1, functions: functions, initial: [4: start],
        [
          link(0, 1, 0.7), link(source, 2, weight), link(0, 3), link(4, 4, by: 1),
          link(3, 4, 1.5, by: gater), link(4, 5),
        ])
      return RangeAnalysis(network.factored(), .init()).magnitudes[4]
    }
    XCTAssertEqual(magnitude(-0.7), 1.5)
    XCTAssertEqual(magnitude(-0.7, start: -3), 3)
    // Gates that do not add up to one bound nothing.
    let range = -NumberFormats.defaultState(width: 32).minValue
    XCTAssertEqual(magnitude(-0.7.nextUp), range)
    XCTAssertEqual(magnitude(0.7), range)
    XCTAssertEqual(magnitude(-0.7, source: 5), range)
    XCTAssertEqual(magnitude(-0.7, gater: 1), range)
    XCTAssertEqual(magnitude(-0.7, function: .tanh), range)
  }

  func testNoRunLeavesTheDerivedRanges() {
    for (label, seed, network) in variedNetworks(0..<150) {
      let options = QuantisationOptions(inputRange: -2...2)
      let ranges = RangeAnalysis(network.factored(), options)
      var simulator = FloatSimulator(network)
      for row in RandomNetwork.inputs(of: network, steps: 20, seed: seed) {
        simulator.step(row.map { $0 < 0 ? -2 : 2 })
        let isBounded = simulator.states.allSatisfy { abs($0) < options.formats.state.maxValue }
        guard isBounded else { break }
        for node in 0..<network.nodeCount {
          // The clip holds logistic nodes, and so what follows them, below their float values.
          XCTAssertLessThanOrEqual(
            abs(simulator.activations[node]), ranges.magnitudes[node] * 1.001,
            "\(label): node \(node)")
        }
      }
    }
  }
}
