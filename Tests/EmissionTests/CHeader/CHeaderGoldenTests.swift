import FixedPoint
import GoldenCases
import Lowering
import Simulation
import XCTest

@testable import Emission

/// Every golden network as C: the fixed-point twin against the normative model, the float twin
/// against the float reference.
final class CHeaderGoldenTests: XCTestCase {
  func testTwinsOfEveryGoldenNetworkAgreeWithTheirModels() throws {
    for golden in GoldenCase.all {
      let harness = try CHeaderHarness(golden)
      let outcome = try harness.run(CHeaderHarness.gcc)
      check(outcome, harness, golden.name)
      checkReals(outcome, harness, golden.name, golden.name == "trained-dsr" ? 1e-5 : 1e-6)
    }
  }

  func testClangAndCxxBuildTheSameTwins() throws {
    for name in ["ext-standard-lstm", "csv-biased-cells", "exotic-gating", "relu-identity"] {
      let harness = try CHeaderHarness(.named(name))
      for compiler in [CHeaderHarness.clang, CHeaderHarness.cxx] {
        let outcome = try harness.run(compiler)
        check(outcome, harness, name)
        checkReals(outcome, harness, name, 1e-6)
      }
    }
  }

  func testSplitAndWideSumsAgree() throws {
    for name in ["ext-standard-lstm", "eurusd-20in-21blocks"] {
      let harness = try CHeaderHarness(.named(name))
      for split in 0...1 {
        let macro = "-D\(harness.prefix.uppercased())_Q_SPLIT=\(split)"
        check(try harness.run(CHeaderHarness.gcc, ["-O3", macro]), harness, "\(name), \(split)")
      }
    }
  }

  func testOtherWidthsAgreeInEveryBit() throws {
    let formats = [
      NumberFormats(weightBits: 4, activationBits: 4, state: NumberFormats.defaultState(width: 8)),
      NumberFormats(weightBits: 8, activationBits: 8, state: NumberFormats.defaultState(width: 16)),
      NumberFormats(weightBits: 18, activationBits: 18),
      NumberFormats(
        weightBits: 9, activationBits: 18, state: NumberFormats.defaultState(width: 24)),
    ]
    var agreements = 0
    for name in ["ext-standard-lstm", "csv-biased-cells", "exotic-gating", "trained-reber"] {
      for format in formats {
        // The narrowest state cannot hold every trained weight: that is an error of its own.
        guard let harness = try? CHeaderHarness(.named(name), formats: format) else { continue }
        agreements += 1
        check(try harness.run(CHeaderHarness.gcc, ["-O3"]), harness, "\(name) \(format)")
      }
    }
    XCTAssertGreaterThan(agreements, 12)
  }

  private func check(
    _ outcome: CHeaderHarness.Outcome, _ harness: CHeaderHarness, _ name: String
  ) {
    var simulator = FixedPointSimulator(harness.network)
    for (step, row) in harness.inputs.enumerated() where step < outcome.words.count {
      if harness.resets[step] { simulator.reset() }
      let words = harness.network.inputs.map {
        Int32(harness.network.valueFormats[$0].word(Double(Float(row[$0]))))
      }
      simulator.step(words)
      XCTAssertEqual(outcome.inputWords[step], words, "\(name), inputs of step \(step)")
      XCTAssertEqual(outcome.words[step], simulator.outputs, "\(name), step \(step)")
      if outcome.words[step] != simulator.outputs { return }
    }
  }

  private func checkReals(
    _ outcome: CHeaderHarness.Outcome, _ harness: CHeaderHarness, _ name: String,
    _ tolerance: Double
  ) {
    var simulator = FloatSimulator(harness.network.network)
    var worst = 0.0
    for (step, row) in harness.inputs.enumerated() where step < outcome.reals.count {
      if harness.resets[step] { simulator.reset() }
      simulator.step(row)
      for (real, expected) in zip(outcome.reals[step], simulator.outputs) {
        worst = max(worst, abs(Double(real) - expected))
      }
    }
    XCTAssertLessThanOrEqual(worst, tolerance, name)
  }
}
