import Diagnostics
import XCTest

final class DiagnosticTests: XCTestCase {
  private func problem(_ message: String, _ line: Int?, column: Int? = nil) -> Diagnostic {
    Diagnostic(
      id: "example", message, at: SourceLocation(file: "xor.spec", line: line, column: column))
  }

  func testAListIsSortedByPlaceWithPlacelessOnesLast() {
    let list = DiagnosticList([
      Diagnostic(id: "example", "nowhere"), problem("late", 12),
      problem("second column", 3, column: 9),
      problem("first column", 3, column: 2), problem("whole file", nil),
    ])
    XCTAssertEqual(
      list.diagnostics.map(\.message),
      ["whole file", "first column", "second column", "late", "nowhere"])
  }

  func testTheExitStatusIsThatOfTheFirstError() {
    let warning = Diagnostic(.warning, id: "example", "take care", exitCode: .internalError)
    XCTAssertEqual(DiagnosticList([]).exitStatus, .success)
    XCTAssertEqual(DiagnosticList([warning]).exitStatus, .success)
    XCTAssertEqual(
      DiagnosticList([
        warning, Diagnostic(id: "example", "no such file", exitCode: .missingFile),
      ]).exitStatus, .missingFile)
  }

  func testALineHasPlaceSeverityMessageAndId() {
    let diagnostic = Diagnostic(
      id: "duplicate-gater", "node 5 is gated twice",
      at: SourceLocation(file: "xor.spec", line: 7, column: 12),
      notes: [.init("first gated here", at: SourceLocation(file: "xor.spec", line: 4, column: 12))],
      hint: "remove one of them")
    XCTAssertEqual(
      DiagnosticRenderer().render(diagnostic),
      """
      xor.spec:7:12: error: node 5 is gated twice [duplicate-gater]
      xor.spec:4:12: note: first gated here
        hint: remove one of them
      """)
  }

  func testPlacesMayLackLineAndColumn() {
    XCTAssertEqual(
      DiagnosticRenderer().render(problem("empty", nil)), "xor.spec: error: empty [example]")
    XCTAssertEqual(
      DiagnosticRenderer().render(Diagnostic(.warning, id: "example", "hm")),
      "warning: hm [example]")
  }

  func testColourMarksTheSeverityAlone() {
    XCTAssertEqual(
      DiagnosticRenderer(usesColour: true).render(Diagnostic(id: "example", "bad")),
      "\u{1B}[1;31merror:\u{1B}[0m bad [example]")
  }
}
