import Diagnostics
import XCTest

@testable import Toolchain

final class TraceParserTests: XCTestCase {
  private func parse(_ text: String, outputBytes: Int = 2) throws -> SimulationTrace {
    try TraceParser(outputBytes: outputBytes).parse(Array(text.utf8))
  }

  func testEveryKindOfLineIsRead() throws {
    let trace = try parse(
      """
      frame_error 1 3
      in_first 4
      in_last 6
      step_done 9
      violation 10 m_axis_tvalid fell
      out fffe 0 11
      out 7fff 1 12
      frame_error 0 13
      timeout 90 output frame 2 of 2
      end 91

      """)
    XCTAssertEqual(trace.errorChanges.map(\.isError), [true, false])
    XCTAssertEqual(trace.errorChanges.map(\.cycle), [3, 13])
    XCTAssertEqual(trace.firstInputs, [4])
    XCTAssertEqual(trace.lastInputs, [6])
    XCTAssertEqual(trace.stepsDone, [9])
    XCTAssertEqual(trace.violations, [.init(cycle: 10, text: "m_axis_tvalid fell")])
    XCTAssertEqual(
      trace.beats,
      [.init(value: -2, isLast: false, cycle: 11), .init(value: 32767, isLast: true, cycle: 12)])
    XCTAssertEqual(trace.timeout, .init(cycle: 90, text: "output frame 2 of 2"))
    XCTAssertEqual(trace.cycles, 91)
  }

  func testSignIsThatOfTheStreamsWidth() throws {
    XCTAssertEqual(try parse("out ff 1 0\nend 1\n", outputBytes: 1).beats[0].value, -1)
    XCTAssertEqual(try parse("out 00ff 1 0\nend 1\n").beats[0].value, 255)
    XCTAssertEqual(
      try parse("out 8000000000000000 1 0\nend 1\n", outputBytes: 8).beats[0].value, .min)
  }

  func testFrameWithoutItsEndIsNoFrame() throws {
    XCTAssertEqual(try parse("out 1 0 0\nout 2 1 1\nout 3 0 2\nend 3\n").frames, [[1, 2]])
  }

  func testResultThatBreaksOffIsAnInternalError() async throws {
    for (text, message) in [
      ("out 1 1 0\n", "ends too early"), ("", "ends too early"),
      ("end 1\nout 1 1 2\n", "ends too early"), ("out 1 1 0\nwhat\nend 1\n", "has a bad line 2"),
      ("out 1q 1 0\nend 1\n", "has a bad line 1"), ("in_first\nend 1\n", "has a bad line 1"),
    ] {
      let diagnostic = try await failure { try parse(text) }
      XCTAssertEqual(
        diagnostic.message,
        "internal error in the testbench: the result \(message); please report")
      XCTAssertEqual(diagnostic.exitCode, .internalError)
    }
  }
}
