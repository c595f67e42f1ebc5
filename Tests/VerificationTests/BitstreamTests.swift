import Assets
import Boards
import Emission
import Foundation
import GoldenCases
import NetSpec
import Simulation
import XCTest

@testable import Compilation
@testable import Toolchain

/// Bitstreams with the real tools, and what the netlist computes that one of them was made of.
final class BitstreamTests: XCTestCase {
  private static let golden = GoldenCase.named("mixed-modes")

  private func compiled(_ board: String) throws -> CompiledDesign {
    var options = CompilerOptions()
    let description = try BoardLibrary(assets: AssetLocator()).board(board)
    options.board = description
    options.device = try XCTUnwrap(Device.named(description.device))
    options.target = try XCTUnwrap(options.device).family
    options.lanes = .exactly(1)
    let reader = NetSpecReader(
      inputCount: Self.golden.inputCount, outputCount: Self.golden.outputCount)
    let document = try reader.read(Self.golden.specBytes, file: Self.golden.specName)
    return try CompiledDesign(document, name: "net", source: Self.golden.specName, options: options)
  }

  /// Builds at a clock that is easily reached; `body` may look at the files of the tools.
  private func build(
    _ compiled: CompiledDesign, megahertz: Double,
    _ body: @Sendable (BoardBuild.Result, String) async throws -> Void
  ) async throws {
    let assets = AssetLocator()
    let runner = JobRunner(locator: try ToolEnvironment(assets: assets).locator)
    try await ToolCache().withWorkFolder("test-build") { folder in
      let result = try await BoardBuild(
        compiled, seeds: 1, clockMHz: megahertz, assets: assets, runner: runner, progress: { _ in }
      ).run(in: folder)
      try await body(result, folder)
    }
  }

  func testULX3S() async throws {
    try await build(try compiled("ulx3s-12f"), megahertz: 100) { result, _ in
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
  }

  /// The netlist that was placed answers as the model does, once its markers have given way to contents.
  func testICEBreaker() async throws {
    let compiled = try compiled("icebreaker")
    try await build(compiled, megahertz: 30) { result, folder in
      XCTAssertEqual(result.bitstream, "bitstream/net_board.bin")
      // What an UltraPlus takes, whatever is in it.
      XCTAssertEqual(result.byteCount, 104_090)
      let use = result.best.report.utilization
      XCTAssertEqual(use["ICESTORM_PLL"]?.used, 1)
      try await Self.checkNetlist(compiled, result, folder)
    }
  }

  private static func checkNetlist(
    _ compiled: CompiledDesign, _ result: BoardBuild.Result, _ folder: String
  ) async throws {
    let flow = try XCTUnwrap(
      BitstreamFlow(result.board, name: compiled.name, folder: folder))
    let contents = compiled.blockContents(assets: AssetLocator(), board: result.board)
    let scratch = folder + "/simulation"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: false)
    let netlist = try await BoardNetlist(
      json: Files.read("\(folder)/\(flow.netlist)"), top: flow.top, contents: contents, in: scratch)
    XCTAssertEqual(netlist.blockCount, result.best.report.utilization["ICESTORM_RAM"]?.used)

    let quantiser = InputQuantiser(compiled.design.network)
    var saturations = SaturationCounts()
    let steps = Self.golden.sequences()[0].prefix(4).map {
      quantiser.words($0, saturations: &saturations)
    }
    let dialogue = BoardDialogue(
      design: compiled.design, sequences: [Array(steps.prefix(2)), Array(steps.suffix(2))])
    let answers = try await netlist.answers(
      to: dialogue.requests, oscillatorMHz: result.board.board.clock.mhz,
      clocksPerBit: result.board.board.clocksPerBit)
    try dialogue.check(
      answers.frames,
      from: .init(
        hash: compiled.hash,
        version: ProgramVersion.text.split(separator: ".").compactMap { Int($0) },
        name: compiled.name.text))
    // Active low: lit by what it did, and dark as nothing went wrong.
    XCTAssertFalse(answers.activity)
    XCTAssertTrue(answers.error)
    let clock = result.board.clock
    XCTAssertEqual(
      Double(answers.coreCycles), 1000 * clock.coreMHz / Double(clock.oscillatorMHz), accuracy: 1)
  }
}
