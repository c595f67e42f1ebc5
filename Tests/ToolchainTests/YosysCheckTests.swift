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

  func testCombinationalLoopIsAnErrorOnEveryFamily() async throws {
    var design = AdderDesign()
    design.change(\.top, "reg         second_q;", "reg         second_q;\n  wire        a, b;")
    design.change(
      \.top, "assign m_axis_tlast = second_q;",
      "assign a = !(b & second_q);\n  assign b = !(a & s_axis_tlast);\n  assign m_axis_tlast = a;")
    for family in [YosysCheck.Family.ecp5, .ice40, .gowin, .xilinx] {
      let diagnostic = try await failure { try await synthesise(design, family) }
      XCTAssertTrue(
        diagnostic.notes.contains { $0.message.contains("found logic loop") },
        "\(family): \(diagnostic)")
    }
  }

  /// Such a loop is closed to the family's command: it knows the carry cell by its ports only.
  func testLoopThroughAnInstantiatedCellIsAnError() async throws {
    var design = AdderDesign()
    design.change(\.top, "reg         second_q;", "reg         second_q;\n  wire        a, b;")
    design.change(
      \.top, "assign m_axis_tlast = second_q;",
      """
      CCU2C #(.INIT0(16'h96aa), .INIT1(16'h96aa), .INJECT1_0("NO"), .INJECT1_1("NO")) u_loop (
          .A0(a), .B0(s_axis_tlast), .C0(1'b0), .D0(1'b1), .A1(second_q), .B1(1'b0), .C1(1'b0),
          .D1(1'b1), .CIN(1'b0), .S0(a), .S1(b), .COUT());
        assign m_axis_tlast = b;
      """)
    let diagnostic = try await failure { try await synthesise(design, .ecp5) }
    XCTAssertEqual(diagnostic.id, "synthesis-warning")
    XCTAssertEqual(diagnostic.notes.first?.message, "Warning: found logic loop in module adder:")
    XCTAssertTrue(diagnostic.notes.contains { $0.message.contains("u_loop") })
  }

  func testUndrivenWireIsAnError() async throws {
    var design = AdderDesign()
    design.change(\.top, "reg         second_q;", "reg         second_q;\n  wire        nothing;")
    design.change(
      \.top, "assign m_axis_tlast = second_q;", "assign m_axis_tlast = second_q ^ nothing;")
    let diagnostic = try await failure { try await synthesise(design, .ice40) }
    XCTAssertEqual(diagnostic.id, "synthesis-warning")
    XCTAssertEqual(
      diagnostic.notes.map(\.message), ["Warning: Wire adder.\\nothing is used but has no driver."])
  }

  func testLatchIsAnErrorOnFamiliesOfDevices() async throws {
    var design = AdderDesign()
    design.change(\.top, "reg         second_q;", "reg         second_q;\n  reg         kept;")
    design.change(
      \.top, "assign m_axis_tlast = second_q;",
      "always @* if (second_q) kept = s_axis_tlast;\n  assign m_axis_tlast = kept;")
    for family in [YosysCheck.Family.ecp5, .ice40] {
      let diagnostic = try await failure { try await synthesise(design, family) }
      XCTAssertTrue(
        diagnostic.notes.contains { $0.message.contains("Latch inferred") }, "\(diagnostic)")
    }
  }

  /// Two registers behind a product of 16 by 16 bits, which the DSP pass puts into one multiplier
  /// wrongly and says so only in passing.
  func testDriverConflictOfTheDSPPassIsAnError() async throws {
    var design = AdderDesign()
    design.change(
      \.top, "reg         second_q;",
      """
      reg         second_q;
        reg signed [31:0] product_q, product_q2;
        always @(posedge clk) begin
          product_q <= $signed(s_axis_tdata) * $signed(sum[15:0]);
          product_q2 <= product_q;
        end
      """)
    design.change(
      \.top, "assign m_axis_tlast = second_q;", "assign m_axis_tlast = ^product_q2;")
    let diagnostic = try await failure {
      try await synthesise(design, .ice40, options: ["-dsp"])
    }
    XCTAssertEqual(diagnostic.id, "synthesis-warning")
    XCTAssertTrue(
      diagnostic.notes.contains { $0.message.contains("Driver-driver conflict") },
      "\(diagnostic.notes)")
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
