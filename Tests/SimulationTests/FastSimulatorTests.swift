import FixedPoint
import XCTest

@testable import Simulation

/// The fast evaluation against the normative one: every word, every step.
final class FastSimulatorTests: XCTestCase {
  func testRandomNetworks() throws {
    for seed in 0..<300 as Range<UInt64> {
      try check(XCTUnwrap(.random(seed: seed, sequences: 3), "seed \(seed)"))
    }
  }

  func testGoldenCases() throws {
    for simulated in try SimulatorCase.golden(sequences: 3) { try check(simulated) }
  }

  func testSumsAsWideAsDoublesHold() throws { try check(.widestSum()) }

  func testEveryWordOfTheTable() {
    for activationBits in [4, 8, 13, 16, 18] {
      let table = LogisticTable(activationBits: activationBits)
      var segments = zip(table.bases, table.slopes).map {
        SIMD2($0 << Int64(table.slopeFractionBits), $1)
      }
      segments.withUnsafeMutableBufferPointer { segments in
        let evaluator = TableEvaluator(table, segments: segments)
        var differing = 0
        for word in table.argument.minWord...table.argument.maxWord {
          if evaluator.logistic(word) != table.word(word, .logistic) { differing += 1 }
          if evaluator.tanh(word) != table.word(word, .tanh) { differing += 1 }
        }
        XCTAssertEqual(differing, 0, "\(activationBits) bits")
      }
    }
  }

  func testEveryWordOfGates() {
    for activationBits in [4, 8, 13, 16, 18] {
      let table = LogisticTable(activationBits: activationBits)
      GateEvaluator.lines(table).withUnsafeBufferPointer { lines in
        guard let start = lines.baseAddress else { return XCTFail("a table has segments") }
        // Wide states with the fraction bits of an argument, and of more integer bits.
        let evaluator = GateEvaluator(
          wideBits: table.argument.width + 1, argumentShift: 0, table, lines: start)
        var differing = 0
        let most = 2 * table.argument.maxWord
        for first in stride(from: -most, through: most, by: 4) {
          let words = SIMD4(first, first + 1, first + 2, first + 3)
          let wide = SIMD4(Double(words[0]), Double(words[1]), Double(words[2]), Double(words[3]))
          var counts = SIMD4<Double>.zero
          let logistic = evaluator.logistic(wide, &counts)
          let tanh = evaluator.tanh(wide, &counts)
          for lane in 0..<4 {
            let argument = SaturatingArithmetic.saturate(words[lane], width: table.argument.width)
            if Int64(logistic[lane]) != table.word(argument, .logistic) { differing += 1 }
            if Int64(tanh[lane]) != table.word(argument, .tanh) { differing += 1 }
            if counts[lane] != (argument == words[lane] ? 0 : 2) { differing += 1 }
          }
        }
        XCTAssertEqual(differing, 0, "\(activationBits) bits")
      }
    }
  }

  private func check(_ simulated: SimulatorCase) throws {
    var normative = FixedPointSimulator(simulated.network)
    let fast = FastSimulator(simulated.network)
    for (index, sequence) in simulated.sequences.enumerated() {
      normative.reset()
      fast.reset()
      for (step, row) in sequence.enumerated() {
        normative.step(row)
        fast.step(row)
        XCTAssertEqual(
          StepWords(fast), StepWords(normative),
          "\(simulated.label), sequence \(index), step \(step)")
      }
    }
    XCTAssertEqual(fast.saturations, normative.saturations, simulated.label)
  }
}
