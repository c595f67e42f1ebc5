import GoldenCases
import XCTest

/// Every golden network but the largest in Icarus at four lanes: RTL = model in every bit.
final class GoldenIcarusTests: XCTestCase {
  private static let trained = ["trained-dsr", "trained-parity", "trained-reber"]

  private func check(_ names: [String]) async throws {
    for name in names {
      _ = try await GoldenHardware(name).assertRTLEqualsModel(lanes: 4, engine: Engines.icarus)
    }
  }

  func testUntrainedNetworks() async throws {
    try await check(
      GoldenCase.all.map(\.name).filter { !Self.trained.contains($0) && $0 != "random-1000" })
  }
  func testDistractedSequenceRecall() async throws { try await check(["trained-dsr"]) }
  func testParity() async throws { try await check(["trained-parity"]) }
  func testReber() async throws { try await check(["trained-reber"]) }
}
