import FixedPoint
import GoldenCases
import Lowering
import NetSpec
import Network
import XCTest

@testable import Simulation

/// The fast evaluation against the normative one: every word, every step.
final class FastSimulatorTests: XCTestCase {
  func testRandomNetworks() throws {
    for seed in 0..<200 as Range<UInt64> {
      let network = RandomNetwork.varied(seed: seed).network(seed: seed)
      try check(network, formats(seed), seed: seed, "seed \(seed)")
    }
  }

  func testGoldenCases() throws {
    for golden in GoldenCase.all {
      let network = try NetSpecReader(
        dialect: golden.dialect, inputCount: golden.inputCount, outputCount: golden.outputCount
      ).read(golden.specBytes, file: golden.specName).network
      for (weightBits, activationBits) in [(16, 16), (18, 18), (8, 8)] {
        try check(
          network, .init(weightBits: weightBits, activationBits: activationBits), seed: 1,
          "\(golden.name), \(activationBits) bits")
      }
    }
  }

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

  private func formats(_ seed: UInt64) -> NumberFormats {
    let activationBits = [8, 18, 12, 5, 16][Int(seed % 5)]
    let weightBits = [8, 16, 18, 6][Int(seed / 5 % 4)]
    let stateWidth = [32, 20, 16, 12, 8][Int(seed / 20 % 5)]
    return NumberFormats(
      weightBits: weightBits, activationBits: activationBits,
      state: NumberFormats.defaultState(width: stateWidth))
  }

  private func check(
    _ network: Network, _ formats: NumberFormats, seed: UInt64, _ label: String
  ) throws {
    let quantised = try Quantiser(.init(formats: formats, inputRange: -3...3)).quantise(
      GateFactorer().factor(Levelizer().levelize(network)))
    let quantiser = InputQuantiser(quantised)
    var inputs = SaturationCounts()
    let rows = RandomNetwork.inputs(of: network, steps: 12, seed: seed)
      .map { quantiser.words($0, saturations: &inputs) }
    var normative = FixedPointSimulator(quantised)
    let fast = FastSimulator(quantised)
    for (step, row) in rows.enumerated() {
      if step % 5 == 4 {
        normative.reset()
        fast.reset()
      }
      normative.step(row)
      fast.step(row)
      let place = "\(label), step \(step)"
      XCTAssertEqual(normative.values.indices.map { fast[$0] }, normative.values, place)
      XCTAssertEqual(fast.states, normative.states, place)
      XCTAssertEqual(
        normative.wideStates.indices.map { fast.wideState($0) }, normative.wideStates, place)
      XCTAssertEqual(fast.outputs, normative.network.outputs.map { normative.values[$0] }, place)
    }
    XCTAssertEqual(fast.saturations, normative.saturations, label)
  }
}
