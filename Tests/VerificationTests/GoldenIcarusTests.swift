import GoldenCases
import XCTest

/// Every golden network but the largest in Icarus at four lanes: RTL = model in every bit. Of trained
/// networks the first sequences; Verilator, which is faster, plays all of them.
final class GoldenIcarusTests: XCTestCase {
  private static let trained = ["trained-dsr", "trained-parity", "trained-reber"]

  private func check(_ names: [String], firstSequences: Int? = nil) async throws {
    for name in names {
      _ = try await GoldenHardware(name).assertRTLEqualsModel(
        lanes: 4, engine: Engines.icarus, firstSequences: firstSequences)
    }
  }

  func testUntrainedNetworks() async throws {
    try await check(
      GoldenCase.all.map(\.name).filter { !Self.trained.contains($0) && $0 != "random-1000" })
  }
  func testDistractedSequenceRecall() async throws {
    try await check(["trained-dsr"], firstSequences: 8)
  }
  func testParity() async throws { try await check(["trained-parity"], firstSequences: 3) }
  func testReber() async throws { try await check(["trained-reber"], firstSequences: 8) }
}
