import Diagnostics
import FixedPoint
import GoldenCases
import Network
import XCTest

@testable import Lowering

final class QuantiserTests: XCTestCase {
  func testWeightsCarryTheirSourcesExponentAndAreTheNearestWords() throws {
    try forEachSum { sum, quantised, terms, label in
      let factored = quantised.factored.terms[terms]
      XCTAssertEqual(factored.count, sum.terms.count, label)
      for (exact, term) in zip(factored, quantised.terms[sum.terms]) {
        XCTAssertEqual(term.source, exact.source, label)
        let integerBits = quantised.valueFormats[exact.source.value].integerBits
        let scaled = exact.weight * power(sum.weightExponent + integerBits)
        XCTAssertLessThanOrEqual(abs(Double(term.weight) - scaled), 0.5, label)
      }
    }
  }

  func testASumsExponentIsTheLargestWithWhichItsWeightsFit() throws {
    var largest = 0
    try forEachSum { sum, quantised, terms, label in
      let limit = power(quantised.plan.weightBits - 1) - 1
      func fits(_ exponent: Int) -> Bool {
        quantised.factored.terms[terms].allSatisfy { term in
          let integerBits = quantised.valueFormats[term.source.value].integerBits
          return abs(term.weight * power(exponent + integerBits)).rounded() <= limit
        }
      }
      XCTAssertTrue(quantised.plan.weightExponents.contains(sum.weightExponent), label)
      XCTAssertTrue(fits(sum.weightExponent), label)
      if sum.weightExponent == quantised.plan.weightExponents.upperBound {
        largest += 1
      } else {
        XCTAssertFalse(fits(sum.weightExponent + 1), label)
      }
    }
    XCTAssertGreaterThan(largest, 0, "tiny weights come up")
  }

  func testAWeightJustBelowAPowerOfTwoThatRoundsUpTakesTheNextExponent() throws {
    func sum(_ weight: Double) throws -> (Int, Int32) {
      let network = Network.make(nodes: 3, inputs: 1, [link(0, 1), link(0, 2, weight)])
      let quantised = try network.quantised()
      let sum = quantised.sums[quantised.sums.count - 1]
      return (sum.weightExponent, quantised.terms[sum.terms.lowerBound].weight)
    }
    // The input has one integer bit; weights have 10 bits.
    XCTAssertEqual(try sum(511.0 / 512).0, 8)
    XCTAssertEqual(try sum(511.0 / 512).1, 511)
    XCTAssertEqual(try sum(511.6 / 512).0, 7)
    XCTAssertEqual(try sum(511.6 / 512).1, 256)
    XCTAssertEqual(try sum(-2).0, 6)
    XCTAssertEqual(try sum(-2).1, -256)
  }

  func testAnInputsFormatServesItsRange() throws {
    let factored = GateFactorer().factor(
      Levelizer().levelize(Network.make(nodes: 2, inputs: 1, [link(0, 1, 0.5)])))
    for (range, integerBits) in [
      (-1.0...1.0, 1), (0...1, 1), (-1...0.99999, 0), (-1...0.5, 0), (-1.1...0, 1),
      (-2...1.99999, 1), (-2...2, 2), (0...0, 0), (-0.1...0.1, 0),
    ] {
      let options = QuantisationOptions(inputRange: range)
      let quantised = try Quantiser(options).quantise(factored)
      let format = quantised.valueFormats[0]
      XCTAssertEqual(format.integerBits, integerBits, "\(range)")
      // The next wider format would leave up to half of its unit, everywhere.
      let wider = QFormat(integerBits: integerBits + 1, width: format.width)
      for end in [range.lowerBound, range.upperBound] {
        let error = abs(format.value(format.word(end)) - end)
        XCTAssertLessThanOrEqual(error, wider.unit / 2, "\(range)")
      }
    }
  }

  func testASingleUnitWeightNeedsNoLane() throws {
    let network = Network.make(
      nodes: 4, inputs: 2, [link(0, 2), link(1, 2, 1, by: 0), link(0, 3, 2)])
    let quantised = try network.quantised()
    XCTAssertEqual(quantised.macsPerStep, 1)
    XCTAssertEqual(
      quantised.addends.map(\.input),
      [.value(Operand(0, .current)), .value(Operand(1, .current)), .sum(0)])
    XCTAssertEqual(quantised.addends.map(\.gater), [nil, Operand(0, .current), nil])
  }

  func testAStateThatItsFormatCannotHoldIsReported() {
    let network = Network.make(
      nodes: 4, inputs: 1, outputs: 2, states: [2: 5000, 3: -1024],
      [link(2, 2), link(3, 3), link(0, 2)])
    XCTAssertEqual(
      messages(network),
      [
        "[initial-state-range] initial state 5000.0 of node 2 exceeds Q10.21"
          + " (max 1023.9999995231628)"
      ])
  }

  func testAnInitialActivationThatItsFormatCannotHoldIsReported() {
    let network = Network.make(
      nodes: 4, inputs: 1, functions: [2: .identity], states: [2: 5000],
      [link(2, 1, 0.5), link(0, 2), link(0, 3)])
    XCTAssertEqual(
      messages(network),
      [
        "[initial-activation-range] initial activation 5000.0 of node 2 exceeds Q10.5"
          + " (max 1023.96875)"
      ])
  }

  func testAWeightBeyondWhatTheStateCanTakeIsReported() {
    let network = Network.make(
      nodes: 4, inputs: 1, outputs: 2, [link(0, 1), link(0, 2, -2047), link(1, 3, 5000)])
    XCTAssertEqual(
      messages(network),
      [
        "[weight-range] a weight of magnitude 5000.0 into node 3 cannot be expressed"
          + " beside a state of format Q10.21, but beside one of 11 integer bits"
      ])
  }

  func testEveryProblemIsReported() {
    let network = Network.make(
      nodes: 4, inputs: 1, outputs: 2, states: [2: 5000], [link(2, 2), link(0, 3, 90000)])
    XCTAssertEqual(messages(network).count, 2)
  }

  private func messages(_ network: Network) -> [String] {
    do {
      _ = try Quantiser().quantise(network.factored())
      return []
    } catch {
      return error.diagnostics.map { "[\($0.id)] \($0.message)" }
    }
  }

  private func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// Every sum that a lane forms with its terms before quantisation.
  private func forEachSum(
    _ body: (QuantisedNetwork.Sum, QuantisedNetwork, Range<Int>, String) throws -> Void
  ) throws {
    for (label, seed, network) in variedNetworks(0..<120) {
      let quantised = try network.scaled(seed).quantised()
      let factored = quantised.factored
      let onLanes = factored.sums.filter { sum in
        let weights = factored.terms[sum.terms].map(\.weight)
        return !weights.isEmpty && weights != [1]
      }
      XCTAssertEqual(onLanes.count, quantised.sums.count, label)
      for (exact, sum) in zip(onLanes, quantised.sums) {
        try body(sum, quantised, exact.terms, label)
      }
    }
  }
}

extension Network {
  /// The network with weights of very different magnitudes.
  fileprivate func scaled(_ seed: UInt64) -> Network {
    var generator = SeededGenerator(seed: seed)
    let exponents = nodes.map { _ in generator.below(30) - 22 }
    return Network(
      nodes: nodes, inputCount: inputCount, outputCount: outputCount,
      connections: connections.map { given in
        var connection = given
        guard given.role == .weighted else { return given }
        connection.weight *= Double(
          sign: .plus, exponent: exponents[given.destination.index], significand: 1)
        return connection
      })
  }
}
