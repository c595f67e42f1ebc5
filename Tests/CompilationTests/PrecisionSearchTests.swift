import DataSets
import Diagnostics
import FixedPoint
import GoldenCases
import Lowering
import Network
import Simulation
import XCTest

@testable import Compilation

final class PrecisionSearchTests: XCTestCase {
  private func network(_ name: String = "minimal-1node") throws -> Network {
    try GoldenCase.named(name).network()
  }

  private func data(_ network: Network) throws -> PrecisionData {
    try PrecisionData(random: network, constantInputs: [:], range: -1...1, seed: 5)
  }

  private func search(
    _ network: Network, _ goal: PrecisionGoal?, _ options: CompilerOptions = CompilerOptions()
  ) throws -> PrecisionResult {
    var search = PrecisionSearch(network, options: options, data: try data(network), goal: goal)
    return try search.run()
  }

  /// The largest error with some widths, by the simulators alone.
  private func error(_ network: Network, _ widths: Widths) throws -> Double {
    var options = CompilerOptions()
    options.weightBits = widths.weights
    options.activationBits = widths.activations
    options.stateBits = widths.states
    let quantised = try Pipeline(options).quantised(network)
    let quantiser = InputQuantiser(quantised)
    var model = FixedPointSimulator(quantised)
    var reference = FloatSimulator(network)
    var counts = SaturationCounts()
    var worst = 0.0
    for sequence in try data(network).data.sequences {
      model.reset()
      reference.reset()
      for step in sequence.steps {
        let row = Array(step.values ?? [])
        model.step(quantiser.words(row, saturations: &counts))
        reference.step(row)
        for (index, word) in model.outputs.enumerated() {
          let value = quantised.valueFormats[quantised.outputs[index]].value(Int64(word))
          worst = max(worst, abs(value - Array(reference.outputs)[index]))
        }
      }
    }
    return worst
  }

  func testEveryCandidateKeepsTheGoalAndNoneIsABitTooWide() throws {
    for (name, limit) in [("minimal-1node", 1e-3), ("fanout-gater", 3e-3), ("ungated-rnn", 2e-2)] {
      let network = try network(name)
      let result = try search(network, .error(limit))
      let kept = result.points.filter(\.meetsGoal)
      XCTAssertFalse(kept.isEmpty, name)
      for point in kept {
        XCTAssertEqual(point.largestError, try error(network, point.widths), name)
        XCTAssertLessThanOrEqual(point.largestError, limit, name)
      }
      let chosen = try XCTUnwrap(result.chosen).widths
      let (w, a, s) = (chosen.weights, chosen.activations, chosen.states)
      XCTAssertLessThan(w + a + s, 18 + 18 + 32, name)
      let narrow = kept.filter(\.isNarrow)
      XCTAssertFalse(narrow.isEmpty, name)
      for widths in narrow.map(\.widths) {
        let (w, a, s) = (widths.weights, widths.activations, widths.states)
        for narrower in [
          Widths(weights: w, activations: a - 1, states: 32),
          Widths(weights: w, activations: a, states: s - 1),
        ] where narrower.activations >= 4 && narrower.states >= 8 {
          XCTAssertGreaterThan(try error(network, narrower), limit, "\(name) \(narrower)")
        }
      }
    }
  }

  func testTheTableHoldsNothingThatAnotherPointBeats() throws {
    let points = try search(network("fanout-gater"), nil).points
    XCTAssertGreaterThan(points.count, 5)
    XCTAssertNil(points.first { $0.isChosen || $0.meetsGoal })
    for (a, b) in zip(points, points.dropFirst()) {
      XCTAssertLessThan(a.largestError, b.largestError)
      XCTAssertGreaterThan(a.storedBits, b.storedBits)
    }
    for point in points { XCTAssertNotNil(point.prediction) }
  }

  func testTheErrorOfOneStepIsBounded() throws {
    // Without recurrence the whole run is no more than one step.
    let network = Network(
      nodes: (0..<3).map { index in
        Node(
          state: 0, function: index == 2 ? .tanh : .identity, initialActivation: 0)
      }, inputCount: 2, outputCount: 1,
      connections: [
        Connection(destination: NodeID(2), source: NodeID(0), weight: 1.3),
        Connection(destination: NodeID(2), source: NodeID(1), weight: -0.7),
      ])
    let points = try search(network, nil).points
    for point in points {
      XCTAssertLessThanOrEqual(point.ratio, 1)
      XCTAssertGreaterThan(point.ratio, 0.1, "the bound says something")
    }
  }

  func testWidthsThatAreGivenStay() throws {
    var options = CompilerOptions()
    options.weightBits = 7
    options.stateBits = 20
    for point in try search(network(), .error(0.1), options).points {
      XCTAssertEqual(point.widths.weights, 7)
      XCTAssertEqual(point.widths.states, 20)
    }
  }

  func testAGoalThatNothingKeepsIsAnErrorWithWhatIsReached() throws {
    XCTAssertThrowsError(try search(network("fanout-gater"), .error(1e-9))) { error in
      let first = (error as? DiagnosticList)?.diagnostics.first
      XCTAssertEqual(first?.id, "goal-out-of-reach")
      XCTAssertEqual(first?.exitCode, .checkFailed)
      XCTAssertTrue(first?.message.contains("the largest error is") ?? false)
    }
  }

  func testRepeatedSearchesAgree() throws {
    XCTAssertEqual(
      try search(network(), .error(1e-3)).points, try search(network(), .error(1e-3)).points)
  }
}
