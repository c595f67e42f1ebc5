import FixedPoint
import GoldenCases
import Lowering
import NetSpec
import Network
import Simulation
import XCTest

final class FixedPointSimulatorTests: XCTestCase {
  func testEveryStepOfRandomNetworksStaysWithinTheDerivedBound() throws {
    for seed in 0..<240 as Range<UInt64> {
      let dialect: Dialect = seed % 3 == 0 ? .csv : .seed
      var shape = RandomNetwork.varied(seed: seed, dialect: dialect)
      shape.weightLimit = 0.7
      try check(shape.network(seed: seed), formats(seed), seed: seed, "seed \(seed), \(dialect)")
    }
    XCTAssertGreaterThan(comparedSteps, 2000)
    // Far below the bound, the test would not notice an error.
    XCTAssertGreaterThan(largestShare, 0.9)
  }

  func testEveryStepOfTheGoldenCasesStaysWithinTheDerivedBound() throws {
    for golden in GoldenCase.all where golden.name != "random-1000" {
      let network = try NetSpecReader(
        dialect: golden.dialect, inputCount: golden.inputCount, outputCount: golden.outputCount
      ).read(golden.specBytes, file: golden.specName).network
      try check(network, .init(activationBits: 12), seed: 1, golden.name)
    }
  }

  func testResetRestoresTheStart() throws {
    for seed in 0..<30 as Range<UInt64> {
      let network = RandomNetwork.varied(seed: seed).network(seed: seed)
      let quantised = try quantise(network, formats(seed))
      let quantiser = InputQuantiser(quantised)
      var counts = SaturationCounts()
      let rows = RandomNetwork.inputs(of: network, steps: 6, seed: seed)
        .map { quantiser.words($0, saturations: &counts) }
      var fresh = FixedPointSimulator(quantised)
      var used = FixedPointSimulator(quantised)
      for row in rows.reversed() { used.step(row) }
      used.reset()
      for (step, row) in rows.enumerated() {
        fresh.step(row)
        used.step(row)
        XCTAssertEqual(fresh.values, used.values, "seed \(seed), step \(step)")
        XCTAssertEqual(fresh.states, used.states, "seed \(seed), step \(step)")
        XCTAssertEqual(fresh.wideStates, used.wideStates, "seed \(seed), step \(step)")
      }
    }
  }

  func testSaturationsAreCountedByKind() throws {
    // 1 integrates 6 times the input in Q5.10, 2 sees 20 times it, 3 is said to stay within one.
    let network = Network(
      nodes: (0..<4).map { index in
        let function: ActivationFunction = index == 1 ? .logistic : index == 2 ? .tanh : .identity
        return Node(state: 0, function: function, initialActivation: function.value(at: 0))
      }, inputCount: 1, outputCount: 1,
      connections: [
        Connection(destination: NodeID(1), source: NodeID(0), weight: 6),
        Connection(destination: NodeID(1), source: NodeID(1), weight: 1),
        Connection(destination: NodeID(2), source: NodeID(0), weight: 20),
        Connection(destination: NodeID(3), source: NodeID(0), weight: 4),
      ])
    let options = QuantisationOptions(
      formats: .init(activationBits: 8, state: QFormat(integerBits: 5, width: 16)),
      calibratedMagnitudes: [3: 1])
    let quantised = try Quantiser(options).quantise(
      GateFactorer().factor(Levelizer().levelize(network)))
    var simulator = FixedPointSimulator(quantised)
    var counts = SaturationCounts()
    let words = InputQuantiser(quantised).words([1], saturations: &counts)
    XCTAssertEqual(counts.total, 0)
    for _ in 0..<5 { simulator.step(words) }
    XCTAssertEqual(simulator.saturations.state, 0, "5 times 6 fits 32")
    XCTAssertEqual(simulator.saturations.argument, 5 + 3, "20 always, 18, 24 and 30 of the sum")
    XCTAssertEqual(simulator.saturations.linear, 5, "4 where 1 was said to be the most")
    simulator.step(words)
    XCTAssertEqual(simulator.saturations.state, 1, "36 does not fit 32")
    XCTAssertEqual(simulator.wideStates[1], quantised.plan.wideState.maxWord)
    _ = InputQuantiser(quantised).words([2.5], saturations: &counts)
    XCTAssertEqual(counts.input, 1)
  }

  private var comparedSteps = 0
  private var largestShare = 0.0

  /// Widths by seed: narrow ones, whose errors are large, and wide ones.
  private func formats(_ seed: UInt64) -> NumberFormats {
    let activationBits = [8, 10, 12, 5, 9][Int(seed % 5)]
    let weightBits = [8, 16, 18, 6][Int(seed / 5 % 4)]
    let stateWidth = [32, 20, 16, 12, 8][Int(seed / 20 % 5)]
    return NumberFormats(
      weightBits: weightBits, activationBits: activationBits,
      state: NumberFormats.defaultState(width: stateWidth))
  }

  private func quantise(_ network: Network, _ formats: NumberFormats) throws -> QuantisedNetwork {
    // Inputs beyond one make gains beyond one where inputs gate.
    try Quantiser(.init(formats: formats, inputRange: -3...3)).quantise(
      GateFactorer().factor(Levelizer().levelize(network)))
  }

  /// Before every step the float reference is put to what the words say, so that the bound is that
  /// of one step.
  private func check(
    _ network: Network, _ formats: NumberFormats, seed: UInt64, _ label: String
  ) throws {
    let quantised = try quantise(network, formats)
    let quantiser = InputQuantiser(quantised)
    var simulator = FixedPointSimulator(quantised)
    var counts = SaturationCounts()
    let rows = RandomNetwork.inputs(of: network, steps: 12, limit: 3, seed: seed)
    let ranges = StepRanges(quantised)
    let general = StepErrorBound(quantised, ranges, roundsInputs: false)
    for (step, row) in rows.enumerated() {
      if step == 8 { simulator.reset() }
      let words = quantiser.words(row, saturations: &counts)
      let previous = values(simulator)
      let states = simulator.states.map(quantised.plan.formats.state.value)
      let saturated = simulator.saturations
      simulator.step(words)
      let current = values(simulator)
      let isSaturated =
        simulator.saturations.state != saturated.state
        || simulator.saturations.linear != saturated.linear
      if isSaturated { continue }
      comparedSteps += 1
      var reference = FloatSimulator(quantised.resumed(values: previous, states: states))
      reference.step(current[0..<network.inputCount])
      let bound = StepErrorBound(
        quantised, .points(current: current, previous: previous, states: states),
        roundsInputs: false)
      for value in current.indices {
        XCTAssertTrue(ranges.current[value].contains(current[value]), "\(label): \(value)")
        XCTAssertTrue(ranges.previous[value].contains(previous[value]), "\(label): \(value)")
        XCTAssertLessThanOrEqual(
          bound.values[value], general.values[value], "\(label), step \(step): value \(value)")
      }
      for cell in quantised.cells where cell.isNode {
        let place = "\(label), step \(step): node \(cell.value)"
        let wide = quantised.plan.wideState.value(simulator.wideStates[cell.value])
        let stored =
          cell.stateSlot.map { quantised.plan.formats.state.value(simulator.states[$0]) } ?? wide
        let pairs = [
          (current[cell.value], reference.activations[cell.value], bound.values[cell.value]),
          (wide, reference.states[cell.value], bound.wideStates[cell.value]),
          (stored, reference.states[cell.value], bound.storedStates[cell.value]),
        ]
        for (actual, exact, limit) in pairs {
          let error = abs(actual - exact)
          XCTAssertLessThanOrEqual(error, limit + 1e-12 * abs(exact), place)
          largestShare = max(largestShare, error / limit)
        }
      }
    }
    XCTAssertEqual(counts.input, 0, label)
  }

  private func values(_ simulator: FixedPointSimulator) -> [Double] {
    zip(simulator.values, simulator.network.valueFormats).map { $1.value(Int64($0)) }
  }
}

extension StepRanges {
  /// The step that just these words make.
  fileprivate static func points(
    current: [Double], previous: [Double], states: [Double]
  ) -> StepRanges {
    StepRanges(
      current: current.map { $0...$0 }, previous: previous.map { $0...$0 },
      states: states.map { $0...$0 })
  }
}

extension QuantisedNetwork {
  /// The network with other initial values; nodes that never change keep theirs.
  fileprivate func resumed(values: [Double], states: [Double]) -> Network {
    var nodes = network.nodes
    for index in nodes.indices where factored.levelled.constants[index] == nil {
      nodes[index].initialActivation = values[index]
    }
    for cell in cells {
      if let slot = cell.stateSlot { nodes[cell.value].state = states[slot] }
    }
    return Network(
      nodes: nodes, inputCount: network.inputCount, outputCount: network.outputCount,
      connections: network.connections)
  }
}
