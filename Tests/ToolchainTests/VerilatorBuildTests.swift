import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

final class VerilatorBuildTests: FolderTestCase {
  private var stimulus: Stimulus {
    var stimulus = Stimulus()
    stimulus.append(frame: [1, 2, 3])
    return stimulus
  }

  private func simulate(
    _ design: AdderDesign, _ cache: ToolCache, runner: JobRunner? = nil
  ) async throws -> SimulationTrace {
    let rtl = folder + "/rtl"
    try FileManager.default.createDirectory(atPath: rtl, withIntermediateDirectories: true)
    let engine = VerilatorEngine(
      testbenchFolder: testbenchFolder, runner: runner ?? JobRunner(logFolder: folder),
      cache: cache)
    return try await engine.simulate(try design.write(to: rtl), stimulus).checked()
  }

  func testRuntimeIsSharedByModelsAndAModelByImages() async throws {
    let cache = ToolCache(root: folder + "/cache")
    var design = AdderDesign()
    let first = try await simulate(design, cache)
    let runtime = try snapshot(cache, "runtime") + snapshot(cache, "headers")
    XCTAssertEqual(runtime.count, 4)
    let models = try snapshot(cache, "models")
    XCTAssertEqual(models.count, 1)

    design.offsets = [100, 200]
    let second = try await simulate(design, cache)
    XCTAssertEqual(first.frames, [[6, -4]])
    XCTAssertEqual(second.frames, [[106, 196]])
    XCTAssertEqual(try snapshot(cache, "models"), models)

    design.change(\.top, "difference : sum", "sum : difference")
    let third = try await simulate(design, cache)
    XCTAssertEqual(third.frames, [[196, 106]])
    XCTAssertEqual(try snapshot(cache, "models").count, 2)
    XCTAssertEqual(try snapshot(cache, "runtime") + snapshot(cache, "headers"), runtime)
  }

  /// Files of one kind of entries, with the numbers that a new file would not share.
  private func snapshot(_ cache: ToolCache, _ kind: String) throws -> [String] {
    try names(in: cache.root + "/" + kind).flatMap { entry in
      let path = "\(cache.root)/\(kind)/\(entry)"
      return try names(in: path).map { name in
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
        return "\(entry)/\(name) \(attributes[.systemFileNumber] ?? 0)"
      }
    }
  }

  func testPrecompiledHeaderIsUsed() async throws {
    // With -Winvalid-pch the compiler would say why not; the timing in docs rests on it.
    let cache = ToolCache(root: folder + "/cache")
    _ = try await simulate(AdderDesign(), cache)
    let header = try XCTUnwrap(names(in: cache.root + "/headers").first)
    let path = "\(cache.root)/headers/\(header)/model.h"
    let runtime = VerilatorRuntime(
      runner: JobRunner(), cache: cache, compiler: .gxx, wave: nil, versions: [])
    try write("int x;\n", to: "unit.cpp")
    let output = try await JobRunner().run(
      Job(
        .tool(.gxx),
        runtime.flags + ["-H", "-Winvalid-pch", "-include", path, "-c", "unit.cpp"], in: folder))
    XCTAssertTrue(output.hasPrefix("! \(path).gch\n"), output)
  }

  func testModelIsTheSameWithTheOtherCompiler() async throws {
    let tools = folder + "/tools"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    for tool in [Tool.verilator, .clangxx] {
      try FileManager.default.createSymbolicLink(
        atPath: tools + "/" + tool.rawValue,
        withDestinationPath: try ToolLocator().path(of: tool))
    }
    let runner = JobRunner(locator: ToolLocator(searchPath: tools), logFolder: folder)
    let trace = try await simulate(AdderDesign(), sharedCache, runner: runner)
    let usual = try await simulate(AdderDesign(), sharedCache)
    XCTAssertEqual(trace, usual)
  }

  func testWarningAboutTheVerilogIsAnErrorWithItsText() async throws {
    var design = AdderDesign()
    design.change(\.core, "noise_q <= 4'd1", "noise_q <= 5'd1")
    let diagnostic = try await failure { try await simulate(design, sharedCache) }
    XCTAssertEqual(diagnostic.id, "tool-failed")
    XCTAssertEqual(diagnostic.message, "verilator failed: exit status 1")
    XCTAssertTrue(
      diagnostic.notes.contains { $0.message.hasPrefix("%Warning-WIDTH: adder_core.v:67:15: ") },
      "\(diagnostic.notes)")
  }

  func testMissingImageIsAnError() async throws {
    let design = try AdderDesign().write(to: folder)
    try FileManager.default.removeItem(atPath: folder + "/offsets.memh")
    let engine = VerilatorEngine(testbenchFolder: testbenchFolder, cache: sharedCache)
    let diagnostic = try await failure { try await engine.simulate(design, stimulus) }
    XCTAssertEqual(diagnostic.id, "simulator-warning")
    XCTAssertTrue(diagnostic.notes.contains { $0.message.contains("offsets.memh") })
  }

  func testSimulationBeyondItsTimeLimitIsStopped() async throws {
    let design = try AdderDesign().write(to: folder)
    let engine = VerilatorEngine(
      testbenchFolder: testbenchFolder, runner: JobRunner(logFolder: folder), cache: sharedCache,
      timeLimit: .milliseconds(100))
    let endless = Stimulus([.wait(outputFrames: 1)], outputFrames: 1, timeout: .max)
    let diagnostic = try await failure { try await engine.simulate(design, endless) }
    XCTAssertEqual(diagnostic.message, "adder failed: stopped after 0.1 seconds")
  }
}
