import XCTest

@testable import Toolchain

final class HoldReportTests: XCTestCase {
  /// A path as nextpnr shows it; `total` is how long after its hold time the data changes.
  static func path(_ total: String, severity: String = "ERROR") -> String {
    """
    \(severity): Hold/min time violation for clock 'posedge core_clk':
    Info:       type curr  total name
    Info:   clk-to-q  0.20  0.20 Source u_core.pc_here_DFFRE_Q_1.Q
    Info:    routing  0.40  0.61 Net u_core.pc_here[3] (17,8) -> (19,9)
    Info:                          Sink u_core.u_program.memory.0.0.ADB8
    Info:       hold -0.12  \(total) Source u_core.u_program.memory.0.0.ADB8
    Info: 0.08 ns logic, 0.40 ns routing


    """
  }

  func testPathsThatAreBrokenByTheirOwnFigures() {
    let head = "Info: 84 Hold/min time violations (showing 10 worst paths):\n\n"
    let good = HoldReport(log: head + Self.path("0.49") + Self.path("0.00", severity: "Warning"))
    XCTAssertEqual([good.count, good.shown, good.broken], [84, 2, 0])
    let bad = HoldReport(log: head + Self.path("0.49") + Self.path("-0.06"))
    XCTAssertEqual([bad.count, bad.shown, bad.broken], [84, 2, 1])
  }

  func testALogWithoutAny() {
    let log = "Info:       hold -0.12  -0.49 Source of no violation\nInfo: Max frequency: 3 MHz\n"
    XCTAssertEqual(HoldReport(log: log), .none)
    XCTAssertEqual(HoldReport.none.count, 0)
  }
}
