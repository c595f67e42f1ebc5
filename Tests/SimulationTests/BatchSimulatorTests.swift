import Lowering
import XCTest

@testable import Simulation

/// The evaluation of several sequences at once against the normative one of each: every word, every
/// step, in every instruction set of the processor.
final class BatchSimulatorTests: XCTestCase {
  func testRandomNetworks() throws {
    var (served, refused, widest) = (0, 0, 0)
    for seed in 0..<1000 as Range<UInt64> {
      guard let simulated = SimulatorCase.random(seed: seed, sequences: 11) else { continue }
      guard BatchSimulator.serves(simulated.network) else {
        refused += 1
        continue
      }
      served += 1
      if simulated.network.nodeSumBound >= 1 << 50 { widest += 1 }
      try check(simulated)
    }
    XCTAssertGreaterThan(served, 700)
    XCTAssertGreaterThan(refused, 10)
    // Those whose sums take nearly all bits of a floating-point number.
    XCTAssertGreaterThan(widest, 10)
  }

  func testGoldenCases() throws {
    var refused: [String] = []
    for simulated in try SimulatorCase.golden(sequences: 9) {
      if BatchSimulator.serves(simulated.network) {
        try check(simulated)
      } else {
        refused.append(simulated.label)
      }
    }
    // Linear nodes gate linear nodes there.
    XCTAssertEqual(refused, ["relu-identity, 16 bits", "relu-identity, 18 bits"])
  }

  func testTheBaselineIsThereOnEveryProcessor() {
    XCTAssertEqual(BatchSimulator.instructionSets.first, 0)
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
      lanes.removeLast(max(0, lanes.count - waiting.count))
      for place in lanes.indices { lanes[place].sequence = waiting.removeLast() }
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
