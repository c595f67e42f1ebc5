import GoldenCases
import XCTest

@testable import lstmg_hdl

final class ReportTests: ProgramTestCase {
  private let parity = GoldenCase.named("trained-parity")

  private func simulated(mismatches: Int, accuracy: Double) -> String {
    """
    {"schema":"lstmg-hdl/1","command":"simulate","engine":"c","steps":1200,"sequences":3,
     "mismatches":\(mismatches),"maxAbsError":0.00123,"rmsError":0.0001,"sequencesRight":2,
     "accuracy":\(accuracy),"saturations":{"state":4,"argument":9},"cyclesPerStep":null}
    """
  }

  func testDesignAndRunsMakeOneTable() throws {
    try place(parity)
    let json = try succeed(["generate", "net.spec", "-o", "out", "--json"] + counts(parity))
    try write(json, to: "generate.json")
    try write(simulated(mismatches: 0, accuracy: 1), to: "c header.json")
    let lines = try succeed(["report", "generate.json", "c header.json"])
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    XCTAssertEqual(lines[0], "network    19 nodes, 89 connections, 85 multiply-accumulates a step")
    XCTAssertTrue(lines[3].hasPrefix("resources  "))
    XCTAssertEqual(lines[4], "")
    XCTAssertEqual(
      Array(lines[5...]),
      [
        "run       steps  sequences right  mismatches  largest error  saturated states"
          + "  cycles a step",
        "c header  1,200           2 of 3           0        1.23e-3                 4"
          + "              -",
        "",
      ])
  }

  func testAPredictionIsToldWithItsDevice() throws {
    try place(parity)
    let json = try succeed(
      ["generate", "net.spec", "-o", "out", "--target", "ecp5", "--lanes", "1", "--json"]
        + counts(parity))
    try write(json, to: "generate.json")
    let lines = try succeed(["report", "generate.json"]).split(separator: "\n").map(String.init)
    XCTAssertEqual(lines.count, 6)
    XCTAssertNotNil(
      try Regex("^time +[0-9.]+ us a step, .* MHz \\(predicted\\)$").wholeMatch(in: lines[4]))
    XCTAssertNotNil(
      try Regex("^size .* of ecp5-[0-9]+k \\(predicted\\)$").wholeMatch(in: lines[5]), lines[5])
  }

  func testARunThatIsNotRightIsNamed() throws {
    try write(simulated(mismatches: 0, accuracy: 0.5), to: "narrow.json")
    XCTAssertTrue(
      try succeed(["report", "narrow.json"]).hasSuffix("\n\nNot everything is right in: narrow\n"))
  }

  func testAMismatchIsAFailedCheck() throws {
    try write(simulated(mismatches: 2, accuracy: 1), to: "c.json")
    let run = try run(["report", "c.json"])
    XCTAssertEqual(run.status, 1)
    XCTAssertTrue(run.output.contains("1.23e-3"))
    XCTAssertEqual(
      run.errorLines,
      ["error: 2 words of these runs differ from the fixed-point model [mismatch]"])
  }

  func testAnotherFileIsRefused() throws {
    try write("{\"schema\":\"other\"}", to: "other.json")
    let run = try run(["report", "other.json"])
    XCTAssertEqual(run.status, 65)
    XCTAssertEqual(
      run.errorLines,
      ["other.json: error: not what 'generate --json' or 'simulate --json' prints [not-a-report]"])
    XCTAssertEqual(try self.run(["report", "missing.json"]).status, 66)
  }

  func testMarkdownHasAColumnFlushRightForEveryNumber() {
    var table = ColumnTable(["run", "n"])
    table.add(["a", "12"])
    XCTAssertEqual(table.markdown, "| run |  n |\n| --- | -: |\n| a   | 12 |")
  }
}
