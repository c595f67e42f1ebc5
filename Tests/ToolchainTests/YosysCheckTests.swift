import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

final class YosysCheckTests: FolderTestCase {
  private func synthesise(
    _ design: AdderDesign, _ family: YosysCheck.Family = .generic, options: [String] = []
  ) async throws -> CellCounts {
    _ = try design.write(to: folder)
    return try await YosysCheck(runner: JobRunner(logFolder: folder))
      .synthesise(folder: folder, top: "adder", family: family, options: options)
  }

  func testCellsOfACleanCoreAreCounted() async throws {
    let ecp5 = try await synthesise(AdderDesign(), .ecp5)
    XCTAssertGreaterThan(ecp5["TRELLIS_FF"], 50)
    XCTAssertEqual(ecp5["MULT18X18D"], 0)
    XCTAssertEqual(ecp5.total, ecp5.byType.values.reduce(0, +))
    let ice40 = try await synthesise(AdderDesign(), .ice40, options: ["-dsp"])
    XCTAssertGreaterThan(ice40["SB_LUT4"], 50)
    XCTAssertEqual(names(in: folder), ["adder.v", "adder_core.v", "offsets.memh"])
  }

  func testInferredLatchIsAnError() async throws {
    var design = AdderDesign()
    design.change(\.top, "reg         second_q;", "reg         second_q;\n  reg         kept;")
    design.change(
      \.top, "assign m_axis_tlast = second_q;",
      "always @* if (second_q) kept = s_axis_tlast;\n  assign m_axis_tlast = kept;")
    let diagnostic = try await failure { try await synthesise(design) }
    XCTAssertEqual(diagnostic.id, "synthesis-warning")
    XCTAssertEqual(diagnostic.message, "yosys objects to adder on generic")
    XCTAssertTrue(
      diagnostic.notes[0].message.hasPrefix("Latch inferred for signal `\\adder.\\kept'"))
  }

  func testTwoDriversOfOneWireAreAnError() async throws {
    var design = AdderDesign()
    design.change(
      \.top, "assign m_axis_tlast = second_q;",
      "assign m_axis_tlast = second_q;\n  assign m_axis_tlast = s_axis_tlast;")
    let diagnostic = try await failure { try await synthesise(design, .ecp5) }
    XCTAssertEqual(diagnostic.id, "synthesis-warning")
    XCTAssertTrue(
      diagnostic.notes.contains {
        $0.message.hasPrefix("Warning: multiple conflicting drivers for adder.")
      })
    // The lines that belong to a warning come with it.
    XCTAssertTrue(diagnostic.notes.contains { $0.message.hasPrefix("    ") })
  }

  func testCombinationalLoopIsAnError() async throws {
    var design = AdderDesign()
    design.change(\.top, "reg         second_q;", "reg         second_q;\n  wire        a, b;")
    design.change(
      \.top, "assign m_axis_tlast = second_q;",
      "assign a = !(b & second_q);\n  assign b = !(a & s_axis_tlast);\n  assign m_axis_tlast = a;")
    let diagnostic = try await failure { try await synthesise(design) }
    XCTAssertTrue(
      diagnostic.notes.contains { $0.message.hasPrefix("Warning: found logic loop") })
  }

  func testMistakeInTheVerilogIsAnErrorWithItsText() async throws {
    var design = AdderDesign()
    design.change(\.core, "noise_q <= 4'd1;", "noise_q <= 4'd1")
    let diagnostic = try await failure { try await synthesise(design) }
    XCTAssertEqual(diagnostic.id, "tool-failed")
    XCTAssertTrue(
      diagnostic.notes.contains { $0.message.hasPrefix("adder_core.v:68: ERROR: ") },
      "\(diagnostic.notes)")
  }
}
