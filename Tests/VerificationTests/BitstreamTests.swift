import Assets
import Boards
import Compilation
import Emission
import Foundation
import GoldenCases
import HostLink
import NetSpec
import Simulation
import XCTest

@testable import Toolchain
@testable import Verification

/// Bitstreams with the real tools, and the very netlist that was placed, in a simulator.
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

  /// Builds at a clock that is easily reached, and hands over the folder where the tools worked.
  private func build<Result: Sendable>(
    _ compiled: CompiledDesign, megahertz: Double,
    _ work: (BoardBuild.Result, String) async throws -> Result
  ) async throws -> Result {
    let assets = AssetLocator()
    let runner = JobRunner(locator: try ToolEnvironment(assets: assets).locator)
    return try await ToolCache().withWorkFolder("test-build") { folder in
      let result = try await BoardBuild(
        compiled, seeds: 1, clockMHz: megahertz, assets: assets, runner: runner, progress: { _ in }
      ).run(in: folder)
      return try await work(result, folder)
    }
  }

  func testULX3S() async throws {
    let compiled = try compiled("ulx3s-12f")
    try await build(compiled, megahertz: 100) { result, _ in
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

  /// The netlist that nextpnr placed takes a step at the pins of its serial line, with the PLL's clock
  /// beside the oscillator's.
  func testICEBreakerAndItsNetlist() async throws {
    let compiled = try compiled("icebreaker")
    try await build(compiled, megahertz: 30) { result, folder in
      XCTAssertEqual(result.bitstream, "bitstream/net_board.bin")
      // What an UltraPlus takes, whatever is in it.
      XCTAssertEqual(result.byteCount, 104_090)
      XCTAssertEqual(result.best.report.utilization["ICESTORM_PLL"]?.used, 1)
      let steps = Array(
        try GoldenHardware(golden.name, namesConstants: false).inputs.sequences[0].prefix(1))
      let width = compiled.design.dataBits / 8
      var questions = [Request.reset.frame(number: 0)]
      for (index, step) in steps.enumerated() {
        questions.append(
          Request.step.frame(
            number: UInt8(index + 1), payload: Words.bytes(step.map(Int64.init), width: width)))
      }
      let replies = try await play(questions, compiled, in: folder)
      XCTAssertEqual(replies.map(\.type), [0x83, 0x82])
      var simulator = FixedPointSimulator(compiled.design.network)
      let expected = steps.map { step in
        simulator.step(step)
        return compiled.design.network.outputs.map { Int64(simulator.values[$0]) }
      }
      XCTAssertEqual(
        replies.dropFirst().map { Words.words($0.payload, width: width) }, expected)
    }
  }

  /// What the netlist in a folder of an iCEBreaker's build answers.
  private func play(
    _ questions: [Frame], _ compiled: CompiledDesign, in folder: String
  ) async throws -> [Frame] {
    let assets = AssetLocator()
    let runner = JobRunner()
    let top = BoardEmitter.top(compiled.name)
    let board = try XCTUnwrap(compiled.board?.board)
    try await runner.run(
      Job(
        .tool(.yosys),
        ["-q", "-p", "read_json \(top).json; write_verilog -noattr netlist.v"], in: folder))
    let ours = try assets.files(in: "hdl").filter { $0.hasPrefix("ice40/sim/") }
      .map { try assets.path(of: "hdl") + "/" + $0 }
    let names = ours.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    let cells = try await CellModels(runner: runner).text(of: .ice40, without: Set(names))
    try Files.write(Array(cells.utf8), to: folder + "/cells.v")
    let words = questions.flatMap { $0.encoded.map { String(format: "%03x", $0) } + ["100"] }
    try Files.write(Array(words.joined(separator: "\n").utf8), to: folder + "/bytes.txt")
    // Models in files of their own have no timescale.
    try Files.write(Array("+timescale+1ns/1ps\n".utf8), to: folder + "/timescale.f")
    try await runner.run(
      Job(
        .tool(.iverilog),
        ["-g2005", "-Wall", "-Wno-portbind", "-c", "timescale.f", "-o", "board.vvp"]
          + ["-s", "lstmg_board_tb", "-DLSTMG_TOP=\(top)", "-DLSTMG_BUTTON=0"]
          + ["-DLSTMG_CLOCKS_PER_BIT=\(board.clocksPerBit)"]
          + ["-DLSTMG_CLOCK_NS=\(1e3 / Double(board.clock.mhz))"]
          + [try assets.path(of: "sim") + "/lstmg_board_tb.v", "netlist.v", "cells.v"] + ours,
        in: folder))
    let said = try await runner.run(
      Job(
        .tool(.vvp),
        ["-n", "board.vvp", "+bytes=bytes.txt", "+count=\(words.count)", "+replies=replies.txt"],
        in: folder))
    XCTAssertEqual(said, "")
    let lines = String(decoding: try Files.read(folder + "/replies.txt"), as: UTF8.self)
      .split(separator: "\n")
    XCTAssertEqual(lines.last, "end")
    let bytes = lines.compactMap { UInt8($0, radix: 16) }
    return try bytes.split(separator: 0).map { try XCTUnwrap(Frame(encoded: Array($0))) }
  }
}
