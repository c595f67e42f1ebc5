import Compilation
import Emission
import Foundation
import GoldenCases
import XCTest

/// `talk` with the simulated board: the program, a pseudo-terminal, and the top module's pins.
final class TalkTests: ProgramTestCase {
  private let golden = GoldenCase.named("mixed-modes")

  override func setUpWithError() throws {
    try super.setUpWithError()
    try place(golden)
  }

  /// For a board whose memories are read from files when the simulation begins.
  private func generate(_ options: [String] = ["--board", "tangnano20k"]) throws {
    try succeed(
      ["generate", golden.specName] + counts(golden)
        + ["--lanes", "1", "--name", "net", "-o", "net"] + options)
  }

  func testAWholeConversation() throws {
    try generate()
    let rows = try read("inputs.csv").split(separator: "\n").prefix(12)
    try write(rows.joined(separator: "\n") + "\n", to: "data.csv")
    let run = try run(["talk", "net", "--port", "sim", "--data", "data.csv", "-o", "out.csv"])
    XCTAssertEqual(run.status, 0, run.error)
    XCTAssertTrue(run.output.contains("Tang Nano 20K at sim"), run.output)
    XCTAssertTrue(run.output.contains("0: every word equals the fixed-point model"), run.output)
    XCTAssertTrue(run.output.contains("equal the model's after the last step"), run.output)
    XCTAssertTrue(run.output.contains("as computed"), run.output)
    XCTAssertTrue(run.output.contains("0 bad frames"), run.output)
    let model = try self.run(
      ["simulate", "net", "--engine", "model", "--data", "data.csv", "-o", "model.csv"])
    XCTAssertEqual(model.status, 0, model.error)
    XCTAssertEqual(try read("out.csv"), try read("model.csv"))

    // One bit of one weight: the board says that it is the network, and is found out.
    let image = "net/rtl/" + (try firstImage("lane00"))
    var lines = try read(image).split(separator: "\n").map(String.init)
    let place = try XCTUnwrap(lines.firstIndex { word(of: $0).map { $0 != 0 } ?? false })
    lines[place] = String(try XCTUnwrap(word(of: lines[place])) ^ 1 << 12, radix: 16)
    try write(lines.joined(separator: "\n") + "\n", to: image)
    let wrong = try self.run(["talk", "net", "--port", "sim", "--data", "data.csv", "--json"])
    XCTAssertEqual(wrong.status, 1, wrong.output)
    XCTAssertTrue(
      wrong.error.contains("of the board differ from the fixed-point model"), wrong.error)
    let report = try object(wrong.output)
    XCTAssertNotEqual(report["mismatches"] as? Int, 0)

    // Another network in the place of this one.
    let identity = "net/rtl/" + (try firstImage("identity"))
    var bytes = try read(identity).split(separator: "\n").map(String.init)
    let first = try XCTUnwrap(bytes.firstIndex { !$0.hasPrefix("/") })
    bytes[first + 20] = bytes[first + 20] == "00" ? "01" : "00"
    try write(bytes.joined(separator: "\n") + "\n", to: identity)
    let other = try self.run(["talk", "net", "--port", "sim"])
    XCTAssertEqual(other.status, 1)
    XCTAssertTrue(other.error.contains("the board runs another network: 'net'"), other.error)
  }

  /// The word of a line of a memory image, if it has one.
  private func word(of line: String) -> Int? {
    line.split(separator: " ").first.flatMap { Int($0, radix: 16) }
  }

  private func firstImage(_ kind: String) throws -> String {
    try XCTUnwrap(
      names(in: work.appendingPathComponent("net/rtl")).first {
        $0.contains(kind) && $0.hasSuffix(".memh")
      })
  }

  func testUsage() throws {
    try generate()
    try write("0\n", to: "data.csv")
    check(["talk", "net"], 64, "no port is given")
    check(["talk", "net", "--port", "sim", "-o", "x"], 64, "without --data")
    check(
      ["talk", "net", "--port", "/dev/ttyNONE"], 66, "/dev/ttyNONE: error: cannot open the port")
    check(["talk", "net", "--port", "/dev/null"], 74, "this is no serial port")
    check(["talk", "nowhere", "--port", "sim"], 66, "nowhere")
  }

  func testAFolderWithoutABoard() throws {
    try generate([])
    check(["talk", "net", "--port", "sim"], 64, "the folder was generated for no board")
  }

  func testABoardThatIsSilent() throws {
    try generate()
    let terminal = try PseudoTerminal { _ in [] }
    defer { terminal.hangUp() }
    check(["talk", "net", "--port", terminal.path], 74, "nothing answers at 1000000 baud")
  }

  // MARK: A board that is wrong

  /// What the bitstream of the folder says of itself.
  private func identity() throws -> [UInt8] {
    let image = try read("net/rtl/" + (try firstImage("identity"))).split(separator: "\n")
    return image.compactMap { word(of: String($0)) }.prefix(BoardIdentity.byteCount).map {
      UInt8($0)
    }
  }

  /// Talks to the model at the other end of a pseudo-terminal; `change` is done to its identity.
  private func talk(
    latencyError: Int64 = 0, stateError: Int64 = 0, _ change: (inout [UInt8]) -> Void = { _ in }
  ) throws -> Run {
    let folder = work.appendingPathComponent("net").path
    let design = try SimulationSubject(folder: folder).compiled().design
    var bytes = try identity()
    XCTAssertEqual(bytes.count, BoardIdentity.byteCount)
    change(&bytes)
    let board = ModelBoard(
      design, identity: bytes, latencyError: latencyError, stateError: stateError)
    let terminal = try PseudoTerminal(board.answer)
    defer { terminal.hangUp() }
    return try run(["talk", "net", "--port", terminal.path, "--data", "inputs.csv", "--json"])
  }

  func testWhatABoardMayHaveWrong() throws {
    try generate()
    let good = try talk()
    XCTAssertEqual(good.status, 0, good.error)

    let slow = try talk(latencyError: 3)
    XCTAssertEqual(slow.status, 1)
    XCTAssertTrue(slow.error.contains("[latency-mismatch]"), slow.error)
    let report = try object(slow.output)
    let expected = try XCTUnwrap(report["expectedLatencyCycles"] as? Int)
    XCTAssertEqual(report["latencyCycles"] as? Int, expected + 3)
    XCTAssertTrue(
      slow.error.contains(
        "the core took \(expected + 3) cycles, and its schedule has \(expected)"), slow.error)
    XCTAssertEqual(report["mismatches"] as? Int, 0)

    let wrong = try talk(stateError: 1)
    XCTAssertEqual(wrong.status, 1)
    XCTAssertTrue(
      wrong.error.contains("1 state of the board differ from the model's after the last step"),
      wrong.error)
    XCTAssertTrue(wrong.error.contains("[state-mismatch]"), wrong.error)
    XCTAssertEqual(try object(wrong.output)["wrongStates"] as? Int, 1)
    XCTAssertEqual(try object(wrong.output)["mismatches"] as? Int, 0)
  }

  func testABoardThatSpeaksAnotherProtocol() throws {
    try generate()
    let other = try talk { $0[0] = 2 }
    XCTAssertEqual(other.status, 1)
    XCTAssertTrue(
      other.error.contains("error: the board speaks another version of the protocol"), other.error)
    XCTAssertEqual(try talk { $0.removeLast() }.status, 1)
  }

  private func check(
    _ arguments: [String], _ status: Int32, _ message: String, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    do {
      let run = try run(arguments)
      XCTAssertEqual(run.status, status, run.error, file: file, line: line)
      XCTAssertTrue(run.error.contains(message), run.error, file: file, line: line)
    } catch { XCTFail("\(error)", file: file, line: line) }
  }
}
