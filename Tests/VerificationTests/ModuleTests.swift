import Assets
import Foundation
import Toolchain
import XCTest

/// Modules of the hand-written RTL alone, in Icarus, against what their comments say: random words and
/// extreme ones, all parameters that change a structure; the versions of device families too.
final class ModuleTests: XCTestCase {
  private static let benches = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Modules").path

  /// Runs a bench with the modules of `hdl/`, or a family's where it has its own.
  private func check(
    _ bench: String, family: String? = nil, cases: Int, file: StaticString = #filePath,
    line: UInt = #line
  ) async throws {
    let log = try await Self.run(bench, family: family)
    XCTAssertEqual(
      log.filter { $0.hasPrefix("FAIL") }.prefix(3), [], bench, file: file, line: line)
    XCTAssertEqual(
      log.count { $0.hasPrefix("checked ") }, cases, log.prefix(5).joined(separator: "\n"),
      file: file, line: line)
  }

  private static func run(_ bench: String, family: String?) async throws -> [String] {
    let hdl = try AssetLocator().path(of: "hdl")
    func modules(_ folder: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".v") }
        .sorted()
    }
    var sources: [String: String] = [:]
    for name in try modules(hdl) { sources[name] = hdl + "/" + name }
    if let family {
      for folder in [hdl + "/" + family, hdl + "/" + family + "/sim"] {
        for name in try modules(folder) { sources[name] = folder + "/" + name }
      }
    }
    let program = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lstmg-module-" + UUID().uuidString
    ).path
    defer { try? FileManager.default.removeItem(atPath: program) }
    let runner = JobRunner()
    // Only what the bench names is elaborated, and modules of a family name others that are generated.
    let folders = Set(
      sources.values.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path })
    let ordered = folders.sorted { ($0.count, $0) > ($1.count, $1) }
    let warnings = try await runner.run(
      Job(
        .tool(.iverilog),
        ["-g2005", "-s", "bench", "-o", program] + ordered.flatMap { ["-y", $0] }
          + [benches + "/" + bench + ".v"]))
    XCTAssertEqual(warnings, "")
    return try await runner.run(Job(.tool(.vvp), ["-n", program])).split(separator: "\n").map(
      String.init)
  }

  func testCarryChains() async throws { try await check("carry", cases: 100) }
  func testCarryChainsOfECP5() async throws {
    try await check("carry", family: "ecp5", cases: 100)
  }
  func testCarryChainsOfICE40() async throws {
    try await check("carry", family: "ice40", cases: 100)
  }
  func testSumsOfICE40() async throws { try await check("sums", family: "ice40", cases: 168) }
  func testSums() async throws { try await check("sums", cases: 168) }
  func testSumsOfECP5() async throws { try await check("sums", family: "ecp5", cases: 168) }
  func testShiftsAndRounding() async throws { try await check("align", cases: 54) }
  func testProductsAndDelays() async throws { try await check("products", cases: 90) }
  func testProductsOfECP5() async throws {
    try await check("products", family: "ecp5", cases: 90)
  }
  func testProductsOfGowin() async throws {
    try await check("products", family: "gowin", cases: 90)
  }
}
