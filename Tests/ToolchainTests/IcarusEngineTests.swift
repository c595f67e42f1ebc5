import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

final class IcarusEngineTests: FolderTestCase {
  private func simulate(_ design: AdderDesign) async throws -> SimulationTrace {
    let engine = IcarusEngine(
      testbenchFolder: testbenchFolder, runner: JobRunner(logFolder: folder))
    var stimulus = Stimulus(timeout: 100)
    stimulus.append(frame: [1, 2, 3])
    return try await engine.simulate(try design.write(to: folder), stimulus)
  }

  func testUnknownControlIsAViolation() async throws {
    var design = AdderDesign()
    design.change(\.core, "      phase_q <= Collect;\n      count_q <=", "      count_q <=")
    let trace = try await simulate(design)
    XCTAssertEqual(
      trace.violations, [.init(cycle: 3, text: "unknown value on a control output")])
  }

  func testUnknownDataIsAViolation() async throws {
    var design = AdderDesign()
    design.change(\.core, "total_q <= 24'd0;", "")
    let trace = try await simulate(design)
    XCTAssertEqual(
      trace.violations.map(\.text), ["unknown value on m_axis_tdata or m_axis_tlast"])
  }

  func testWarningOfTheCompilerIsAnError() async throws {
    var design = AdderDesign()
    design.change(\.top, ".error_q(frame_error)", ".error_q()")
    design.change(
      \.top, "assign m_axis_tlast", "assign frame_error = m_axis_tdata;\n  assign m_axis_tlast")
    design.change(\.top, ".ready_i(m_axis_tready && second_q),", "")
    let diagnostic = try await failure { try await simulate(design) }
    XCTAssertEqual(diagnostic.id, "simulator-warning")
    XCTAssertEqual(diagnostic.message, "iverilog had something to object")
    XCTAssertTrue(diagnostic.notes.contains { $0.message.contains("ready_i") })
  }

  func testImageThatIsTooShortIsAnError() async throws {
    var design = AdderDesign()
    design.offsets = [1]
    let diagnostic = try await failure { try await simulate(design) }
    XCTAssertEqual(diagnostic.id, "simulator-warning")
    XCTAssertEqual(diagnostic.message, "vvp had something to object")
    XCTAssertTrue(diagnostic.notes.contains { $0.message.contains("offsets.memh") })
  }

  func testMistakeInTheVerilogIsAnErrorWithItsText() async throws {
    var design = AdderDesign()
    design.change(\.core, "noise_q <= 4'd1", "noise_q <= nothing")
    let diagnostic = try await failure { try await simulate(design) }
    XCTAssertEqual(diagnostic.id, "tool-failed")
    XCTAssertTrue(
      diagnostic.notes.contains { $0.message.hasPrefix("adder_core.v:67: error: ") },
      "\(diagnostic.notes)")
  }
}
