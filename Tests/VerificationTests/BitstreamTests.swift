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

  private static func compiled(_ board: String, _ change: (String) -> String = { $0 }) throws
    -> CompiledDesign
  {
    var options = CompilerOptions()
    let description = try BoardLibrary(assets: AssetLocator()).board(board)
    options.board = description
    options.device = try XCTUnwrap(Device.named(description.device))
    options.target = try XCTUnwrap(options.device).family
    options.lanes = .exactly(1)
    let reader = NetSpecReader(
      inputCount: Self.golden.inputCount, outputCount: Self.golden.outputCount)
    let text = change(String(decoding: Self.golden.specBytes, as: UTF8.self))
    let document = try reader.read(Array(text.utf8), file: Self.golden.specName)
    return try CompiledDesign(document, name: "net", source: Self.golden.specName, options: options)
  }

  /// Builds; `body` may look at the files of the tools.
  private func build(
    _ compiled: CompiledDesign, megahertz: Double?,
    _ body: @Sendable (BoardBuild.Result, String) async throws -> Void
  ) async throws {
    let assets = AssetLocator()
    let runner = JobRunner(locator: try ToolEnvironment(assets: assets).locator)
    try await ToolCache().withWorkFolder("test-build") { folder in
      let result = try await BoardBuild(
        compiled, seeds: 1, clockMHz: megahertz, assets: assets, runner: runner,
        progress: { _ in }
      ).run(in: folder)
      try await body(result, folder)
    }
  }

  func testULX3S() async throws {
    try await build(try Self.compiled("ulx3s-12f"), megahertz: 100) { result, _ in
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

  /// The netlist that was placed answers as the model does, once its markers have given way to contents. Two
  /// rounds: without a wish for the clock, the seed is placed again with the PLL at what it reached.
  func testICEBreaker() async throws {
    let compiled = try Self.compiled("icebreaker")
    try await build(compiled, megahertz: nil) { result, folder in
      XCTAssertEqual(result.placements.map(\.seed), [1])
      let reached = try XCTUnwrap(result.best.report.clock("core_clk"))
      XCTAssertEqual(
        reached, result.placements.compactMap { $0.report.clock("core_clk") }.max(),
        "the second round places alike")
      let clock = result.board.clock
      XCTAssertLessThanOrEqual(clock.coreMHz, reached)
      XCTAssertEqual(
        clock,
        ClockPlan.fastest(atMost: reached, for: .ice40, oscillatorMHz: clock.oscillatorMHz))
      XCTAssertEqual(result.bitstream, "bitstream/net_board.bin")
      // What an UltraPlus takes, whatever is in it.
      XCTAssertEqual(result.byteCount, 104_090)
      let use = result.best.report.utilization
      XCTAssertEqual(use["ICESTORM_PLL"]?.used, 1)
      try await Self.checkNetlist(compiled, result, folder)
      try await Self.checkReuse(compiled, result)
    }
  }

  /// The bitstream of a folder with the same weights, and with others.
  private static func checkReuse(
    _ compiled: CompiledDesign, _ result: BoardBuild.Result
  ) async throws {
    let assets = AssetLocator()
    let runner = JobRunner(locator: try ToolEnvironment(assets: assets).locator)
    let folder = FileManager.default.temporaryDirectory.path + "/lstmg-reuse-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try ArtefactWriter().write(result.artefacts, to: folder)
    let reuse = try BitstreamReuse(folder: folder)
    func refilled(_ compiled: CompiledDesign) async throws -> BoardBuild.Result {
      let other = try reuse.compiled(compiled.document, source: compiled.source)
      return try await ToolCache().withWorkFolder("test-build") { work in
        try await reuse.run(other, in: work, assets: assets, runner: runner)
      }
    }
    func bitstream(_ result: BoardBuild.Result) -> [UInt8]? {
      result.artefacts.first { $0.path == result.bitstream }?.contents
    }
    let same = try await refilled(compiled)
    XCTAssertEqual(same.artefacts.map(\.path), result.artefacts.map(\.path))
    for (a, b) in zip(same.artefacts, result.artefacts) {
      XCTAssertTrue(a.contents == b.contents, a.path)
    }
    let retrained = try self.compiled("icebreaker") {
      $0.replacingOccurrences(
        of: #"(-?)0\.(\d)(\d+)"#, with: "$10.$2$3" + "7", options: .regularExpression)
    }
    let other = try await refilled(retrained)
    XCTAssertEqual(bitstream(other)?.count, bitstream(result)?.count)
    XCTAssertNotEqual(bitstream(other), bitstream(result))
    XCTAssertEqual(
      other.artefacts.first { $0.path.hasSuffix("routed.asc") },
      result.artefacts.first { $0.path.hasSuffix("routed.asc") })
  }

  private static func checkNetlist(
    _ compiled: CompiledDesign,
    _ result: BoardBuild.Result, _ folder: String
  ) async throws {
    let flow = try XCTUnwrap(
      BitstreamFlow(result.board, name: compiled.name, folder: folder))
    let contents = compiled.blockContents(assets: AssetLocator(), board: result.board)
    let scratch = folder + "/simulation"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: false)
    let netlist = try await BoardNetlist(
      json: Files.read("\(folder)/\(flow.netlist)"), top: flow.top, contents: contents,
      in: scratch)
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
    // Lit by what it did, and dark as nothing went wrong.
    let isLow = result.board.board.leds.activeLow
    XCTAssertEqual(answers.activity, !isLow)
    XCTAssertEqual(answers.error, isLow)
    let clock = result.board.clock
    XCTAssertEqual(
      Double(answers.coreCycles), 1000 * clock.coreMHz / Double(clock.oscillatorMHz), accuracy: 1)
  }
}
