import Assets
import Boards
import Compilation
import Emission
import Foundation
import GoldenCases
import NetSpec
import XCTest

@testable import Toolchain

/// Bitstreams with the real tools.
final class BitstreamTests: XCTestCase {
  private let golden = GoldenCase.named("mixed-modes")

  private func compiled(_ board: String) throws -> CompiledDesign {
    var options = CompilerOptions()
    let description = try BoardLibrary(assets: AssetLocator()).board(board)
    options.board = description
    options.device = try XCTUnwrap(Device.named(description.device))
    options.target = try XCTUnwrap(options.device).family
    options.lanes = .exactly(1)
    let reader = NetSpecReader(inputCount: golden.inputCount, outputCount: golden.outputCount)
    let document = try reader.read(golden.specBytes, file: golden.specName)
    return try CompiledDesign(document, name: "net", source: golden.specName, options: options)
  }

  /// Builds at a clock that is easily reached.
  private func build(_ board: String, megahertz: Double) async throws -> BoardBuild.Result {
    let assets = AssetLocator()
    let runner = JobRunner(locator: try ToolEnvironment(assets: assets).locator)
    let compiled = try compiled(board)
    return try await ToolCache().withWorkFolder("test-build") { folder in
      try await BoardBuild(
        compiled, seeds: 1, clockMHz: megahertz, assets: assets, runner: runner, progress: { _ in }
      ).run(in: folder)
    }
  }

  func testULX3S() async throws {
    let result = try await build("ulx3s-12f", megahertz: 100)
    XCTAssertEqual(result.bitstream, "bitstream/net_board.bit")
    let bytes = try XCTUnwrap(result.artefacts.first { $0.path == result.bitstream }).contents
    // The comments' mark, and the preamble before the first command.
    XCTAssertEqual(Array(bytes.prefix(2)), [0xFF, 0x00])
    XCTAssertTrue(Data(bytes).range(of: Data([0xFF, 0xFF, 0xBD, 0xB3])) != nil)
    let use = result.best.report.utilization
    XCTAssertEqual(use["EHXPLLL"]?.used, 1)
    XCTAssertEqual(use["TRELLIS_IO"]?.used, 6)
    XCTAssertGreaterThanOrEqual(try XCTUnwrap(result.best.report.clock("core_clk")), 100)
  }

  func testICEBreaker() async throws {
    let result = try await build("icebreaker", megahertz: 30)
    XCTAssertEqual(result.bitstream, "bitstream/net_board.bin")
    // What an UltraPlus takes, whatever is in it.
    XCTAssertEqual(result.byteCount, 104_090)
    XCTAssertEqual(result.best.report.utilization["ICESTORM_PLL"]?.used, 1)
  }
}
