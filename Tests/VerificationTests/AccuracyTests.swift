import DataSets
import FixedPoint
import GoldenCases
import XCTest

@testable import Verification

/// Trained networks in hardware at 18/18/32 bits, and whether their sequences come out right at the
/// usual widths.
final class AccuracyTests: XCTestCase {
  private let wide = NumberFormats(weightBits: 18, activationBits: 18)
  private let narrow = NumberFormats(
    weightBits: 8, activationBits: 8, state: NumberFormats.defaultState(width: 16))

  private func checkRTL(
    _ name: String, limit: Double, judge: Judge? = nil, line: UInt = #line
  ) async throws {
    let hardware = try GoldenHardware(name, formats: wide)
    let run = try await hardware.assertRTLEqualsModel(
      lanes: 8, engine: Engines.verilator, profile: .medium, line: line)
    XCTAssertLessThanOrEqual(hardware.largestError(run.frames), limit, line: line)
    if let judge { try assertAllRight(hardware, run.frames, judge, line: line) }
  }

  private func judgement(
    _ hardware: GoldenHardware, _ frames: [[Int64]], _ judge: Judge
  ) throws -> Judgement {
    let labels = hardware.golden.labels()
    let outputs = try XCTUnwrap(
      OutputValues(hardware.quantised).data(frames: frames, shape: labels))
    return Judgement(outputs, labels: labels, judge: judge)
  }

  private func assertAllRight(
    _ hardware: GoldenHardware, _ frames: [[Int64]], _ judge: Judge, line: UInt = #line
  ) throws {
    let judgement = try judgement(hardware, frames, judge)
    XCTAssertGreaterThanOrEqual(judgement.sequences, 70, line: line)
    XCTAssertEqual(judgement.sequencesRight, judgement.sequences, line: line)
  }

  func testParityAt18Bits() async throws {
    try await checkRTL("trained-parity", limit: 1e-5, judge: .threshold)
  }
  func testReberAt18Bits() async throws {
    try await checkRTL("trained-reber", limit: 1e-4, judge: .rank)
  }
  func testDistractedSequenceRecallAt18Bits() async throws {
    try await checkRTL("trained-dsr", limit: 1e-3, judge: .threshold)
  }
  func testStandardLSTMAt18Bits() async throws {
    try await checkRTL("ext-standard-lstm", limit: 3e-5)
  }

  /// The integer model stands for the hardware here: other tests show that they agree.
  func testEverySequenceIsRightAt16Bits() throws {
    for (name, judge) in [
      ("trained-parity", Judge.threshold), ("trained-reber", .rank), ("trained-dsr", .threshold),
    ] {
      let hardware = try GoldenHardware(name)
      let model = try ModelRun(hardware.quantised, hardware.inputs)
      XCTAssertEqual(model.saturations.state, 0, name)
      try assertAllRight(hardware, model.outputs.joined().map { $0.map(Int64.init) }, judge)
    }
  }

  private func eightBits(namesConstants: Bool) throws -> (error: Double, judgement: Judgement) {
    let hardware = try GoldenHardware(
      "trained-dsr", formats: narrow, namesConstants: namesConstants)
    let frames = try ModelRun(hardware.quantised, hardware.inputs).outputs.joined()
      .map { $0.map(Int64.init) }
    return (hardware.largestError(frames), try judgement(hardware, frames, .threshold))
  }

  /// Biases of 8 bits drift over a sequence; as constants they keep the operand's precision.
  func testEightBitsBreakDistractedSequenceRecallUnlessItsBiasIsConstant() throws {
    let streamed = try eightBits(namesConstants: false)
    XCTAssertGreaterThan(streamed.error, 0.5)
    XCTAssertLessThan(streamed.judgement.sequencesRight, streamed.judgement.sequences)
    let constant = try eightBits(namesConstants: true)
    XCTAssertLessThan(constant.error, 0.5)
    XCTAssertEqual(constant.judgement.sequencesRight, constant.judgement.sequences)
  }
}
