import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

/// The simulation of a generated folder with plain make.
final class MakefileTests: FolderTestCase {
  private func makeFolder(expected: String) throws {
    for name in ["rtl", "sim"] {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    for name in ["Makefile", "compare.awk", "lstmg_tb.cpp", "lstmg_tb.v"] {
      try FileManager.default.copyItem(
        atPath: testbenchFolder + "/" + name, toPath: folder + "/sim/" + name)
    }
    _ = try AdderDesign().write(to: folder + "/rtl")
    var stimulus = Stimulus()
    stimulus.append(frame: [1, -2, 3], startsSequence: true)
    stimulus.append(frame: [1, 1, 1])
    try Files.write(stimulus.text(inputBytes: 2), to: folder + "/sim/stimulus.txt")
    try write("TOP := adder\nINPUT_BITS := 16\nOUTPUT_BITS := 24\n", to: "sim/config.mk")
    try write(expected, to: "sim/expected.txt")
  }

  private func make(_ arguments: [String]) async throws -> String {
    try await JobRunner(logFolder: folder)
      .run(Job(.file("/usr/bin/make"), arguments, in: folder + "/sim"))
  }

  private let right = "000002 0\n000000 1\n000005 0\nffffff 1\n"

  func testBothSimulatorsConfirmWhatIsExpected() async throws {
    try makeFolder(expected: right)
    for target in ["icarus", "verilator"] {
      let output = try await make([target])
      XCTAssertTrue(output.hasSuffix("all 4 output beats are right\n"), output)
    }
    _ = try await make(["icarus", "WAVE=wave.fst"])
    XCTAssertTrue(names(in: folder + "/sim").contains("wave.fst"))
    _ = try await make(["clean"])
    XCTAssertFalse(names(in: folder + "/sim").contains("build"))
  }

  func testFirstDifferenceIsNamed() async throws {
    for (expected, message) in [
      (
        "000002 0\n000000 1\n000004 0\nffffff 1\n",
        "output beat 3 is 000005 0, expected 000004 0"
      ),
      ("000002 0\n000000 1\n000005 0\n", "output beat 4 is ffffff 1, expected none"),
      ("", "output beat 1 is 000002 0, expected none"),
      (right + "000000 0\n", "4 of 5 output beats came"),
    ] {
      try makeFolder(expected: expected)
      let diagnostic = try await failure { try await make(["icarus"]) }
      XCTAssertTrue(
        diagnostic.notes.contains { $0.message.hasSuffix(message) }, "\(diagnostic.notes)")
      try tearDownWithError()
      try setUpWithError()
    }
  }
}
