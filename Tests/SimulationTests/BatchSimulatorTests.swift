import Lowering
import XCTest

@testable import Simulation

/// The evaluation of several sequences at once against the normative one of each: every word, every
/// step, in every instruction set of the processor.
final class BatchSimulatorTests: XCTestCase {
  func testRandomNetworks() throws {
    var served = 0
    for seed in 0..<300 as Range<UInt64> {
      let simulated = try SimulatorCase.random(seed: seed, sequences: 11)
      guard BatchSimulator.serves(simulated.network) else { continue }
      served += 1
      try check(simulated)
    }
    XCTAssertGreaterThan(served, 200)
  }

  func testGoldenCases() throws {
    for simulated in try SimulatorCase.golden(sequences: 9) {
      XCTAssertTrue(BatchSimulator.serves(simulated.network), simulated.label)
      try check(simulated)
    }
  }

  func testTheBaselineIsThereOnEveryProcessor() {
    XCTAssertEqual(BatchSimulator.instructionSets.first, 0)
  }

  func testWhatDoublesDoNotHoldIsRefused() throws {
    var refused = 0
    for seed in 0..<300 as Range<UInt64> {
      let network = try SimulatorCase.random(seed: seed, sequences: 0).network
      let plan = network.plan
      let widest = max(plan.laneAccumulatorBits, plan.nodeAccumulatorBits, plan.operand.width + 2)
      XCTAssertEqual(BatchSimulator.serves(network), widest <= 53, "seed \(seed)")
      if widest > 53 { refused += 1 }
    }
    XCTAssertGreaterThan(refused, 3)
  }

  /// The largest sums of lanes that are served: 2^17 products of 2^34 each, but for a few units.
  func testSumsAsWideAsDoublesHold() throws {
    let simulated = try SimulatorCase.widestSum()
    XCTAssertEqual(simulated.network.plan.laneAccumulatorBits, 53)
    XCTAssertTrue(BatchSimulator.serves(simulated.network))
    try check(simulated)
  }

  /// More sequences than lanes, of different lengths: a lane takes the next one when its own ends.
  private func check(_ simulated: SimulatorCase) throws {
    let expected = simulated.sequences.map { sequence in
      var normative = FixedPointSimulator(simulated.network)
      let words = sequence.map { step in
        normative.step(step)
        return StepWords(normative)
      }
      return (words: words, saturations: normative.saturations)
    }
    for instructionSet in BatchSimulator.instructionSets {
      let batch = BatchSimulator(simulated.network, instructionSet: instructionSet)
      var waiting = simulated.sequences.indices.reversed() as [Int]
      // One lane stays idle.
      var lanes = (1..<BatchSimulator.laneCount).map { (lane: $0, sequence: -1, step: 0) }
      for place in lanes.indices { lanes[place].sequence = waiting.popLast() ?? -1 }
      while !lanes.isEmpty {
        for lane in lanes {
          batch.setInputs(simulated.sequences[lane.sequence][lane.step], lane: lane.lane)
        }
        batch.step()
        for place in lanes.indices.reversed() {
          let (lane, sequence, step) = lanes[place]
          let label =
            "\(simulated.label), set \(instructionSet), sequence \(sequence), step \(step)"
          XCTAssertEqual(
            StepWords(batch, lane: lane), expected[sequence].words[step], label)
          lanes[place].step += 1
          guard lanes[place].step == simulated.sequences[sequence].count else { continue }
          XCTAssertEqual(
            batch.takeSaturations(lane: lane), expected[sequence].saturations, label)
          if let next = waiting.popLast() {
            batch.reset(lane)
            lanes[place] = (lane, next, 0)
          } else {
            lanes.remove(at: place)
          }
        }
      }
    }
  }
}
