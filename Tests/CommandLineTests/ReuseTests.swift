import Foundation
import GoldenCases
import XCTest

/// `build --reuse`, with tools that only pretend.
final class ReuseTests: ProgramTestCase {
  private var tools: FakeTools!
  private let golden = GoldenCase.named("mixed-modes")

  override func setUpWithError() throws {
    try super.setUpWithError()
    try place(golden)
    tools = try FakeTools(in: folder)
    try tools.addBitstreamTools()
  }

  private func build(_ arguments: [String]) throws -> Run {
    try run(["build"] + arguments, environment: tools.environment)
  }

  private func build(_ spec: String, board: String, _ more: [String] = [], to output: String) throws
  {
    let run = try build(
      [spec] + counts(golden)
        + ["--board", board, "--lanes", "1", "--name", "net", "--clock-mhz", "50", "-o", output]
        + more)
    XCTAssertEqual(run.status, 0, run.error)
  }

  /// The same network with other weights.
  private func retrain() throws {
    try write(
      try read(golden.specName).replacingOccurrences(
        of: #"(-?)0\.(\d)(\d+)"#, with: "$10.$2$3" + "7", options: .regularExpression),
      to: "retrained.spec")
    XCTAssertNotEqual(try read("retrained.spec"), try read(golden.specName))
  }

  func testWeightsAreReplacedAsABuildWouldHaveMadeThem() throws {
    try retrain()
    try build(golden.specName, board: "icebreaker", to: "first")
    try build("retrained.spec", board: "icebreaker", to: "full")
    let before = try tools.recorded().count
    let run = try build(["retrained.spec", "--reuse", "first", "-o", "second", "--json"])
    XCTAssertEqual(run.status, 0, run.error)
    XCTAssertEqual(
      Array(try tools.recorded().dropFirst(before)), ["icepack filled.asc net_board.bin"])
    XCTAssertEqual(try files(below: "second"), try files(below: "full"))
    XCTAssertNotEqual(
      try read("first/bitstream/net_board.bin"), try read("second/bitstream/net_board.bin"))
    XCTAssertEqual(try object(run.output)["reused"] as? String, "first")

    // The blocks hold what the Verilog beside them says, in its order.
    let script = "\(FakeTools.blocks) second/rtl/net_memories.v"
    try tools.add("expected", script)
    let expected = Process()
    expected.executableURL = tools.folder.appendingPathComponent("expected")
    expected.currentDirectoryURL = work
    let pipe = Pipe()
    expected.standardOutput = pipe
    try expected.run()
    let text = String(
      decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    XCTAssertEqual(
      try read("second/bitstream/net_board.bin"), "routed with seed 1\n" + text)

    // In its place, and back again.
    XCTAssertEqual(try build([golden.specName, "--reuse", "second"]).status, 0)
    XCTAssertEqual(try files(below: "second"), try files(below: "first"))
  }

  // MARK: Formats

  /// The network with every weight times a factor, but those of states.
  private func scale(_ golden: GoldenCase, by factor: Double, to name: String) throws {
    let lines = try read(golden.specName).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { line -> String in
      var words = line.split(separator: " ").map(String.init)
      guard words.count == 5, words[0] != words[1], let weight = Double(words[2]) else {
        return String(line)
      }
      words[2] = "\(weight * factor)"
      return words.joined(separator: " ")
    }
    try write(lines.joined(separator: "\n"), to: name)
    XCTAssertNotEqual(try read(name), try read(golden.specName))
  }

  /// Weights whose bounds need fewer bits get the formats of the bitstream.
  func testSmallerWeightsKeepTheFormats() throws {
    let linear = GoldenCase.named("relu-identity")
    try place(linear)
    try scale(linear, by: 0.125, to: "small.spec")
    let options = ["--board", "icebreaker", "--lanes", "1", "--name", "net", "--clock-mhz", "50"]
    XCTAssertEqual(
      try build([linear.specName] + counts(linear) + options + ["-o", "first"]).status, 0)
    XCTAssertEqual(
      try build(["small.spec"] + counts(linear) + options + ["-o", "alone"]).status, 0)
    let run = try build(["small.spec", "--reuse", "first", "-o", "second"])
    XCTAssertEqual(run.status, 0, run.error)
    func formats(_ folder: String) throws -> NSDictionary {
      let design = try object(read("\(folder)/manifest.json"))["design"] as? [String: Any]
      return try XCTUnwrap(design?["formats"] as? NSDictionary)
    }
    XCTAssertNotEqual(try formats("alone"), try formats("first"), "the test is worth something")
    XCTAssertEqual(try formats("second"), try formats("first"))
    XCTAssertNotEqual(
      try read("second/bitstream/net_board.bin"), try read("first/bitstream/net_board.bin"))
    // The folder is a whole one: its C header has these formats, too.
    let rows = try read("inputs.csv").split(separator: "\n").prefix(8)
    try write(rows.joined(separator: "\n") + "\n", to: "data.csv")
    XCTAssertTrue(
      try succeed(["simulate", "second", "--data", "data.csv", "--engine", "c"]).contains(
        "mismatches   0"))
    // And back: nothing is left of it.
    XCTAssertEqual(try build([linear.specName, "--reuse", "second"]).status, 0)
    XCTAssertEqual(try files(below: "second"), try files(below: "first"))
  }

  func testLargerWeightsAreRefusedByName() throws {
    let linear = GoldenCase.named("relu-identity")
    try place(linear)
    try scale(linear, by: 8, to: "large.spec")
    let first = try build(
      [linear.specName] + counts(linear)
        + ["--board", "icebreaker", "--lanes", "1", "--name", "net", "--clock-mhz", "50"]
        + ["-o", "out"])
    XCTAssertEqual(first.status, 0, first.error)
    try refused(
      "large.spec", 1, "the weights need wider formats than the bitstream has", "note: node 12: Q",
      ", the bitstream has Q")
  }

  // MARK: What goes wrong

  func testAnotherNumberOfInputsIsTold() throws {
    try build(golden.specName, board: "icebreaker", to: "out")
    let other = GoldenCase.named("relu-identity")
    try place(other)
    try refused(
      other.specName, 1, "the network has 2 inputs, and the bitstream's 3: a full build is needed")
  }

  private func refused(
    _ spec: String, options: [String] = [], _ status: Int32, _ messages: String...,
    file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let before = try files(below: "out")
    let run = try build([spec, "--reuse", "out"] + options)
    XCTAssertEqual(run.status, status, run.error, file: file, line: line)
    for message in messages {
      XCTAssertTrue(run.error.contains(message), run.error, file: file, line: line)
    }
    XCTAssertEqual(try files(below: "out"), before, "nothing is written", file: file, line: line)
  }

  func testAnotherShapeIsTold() throws {
    try build(golden.specName, board: "icebreaker", to: "out")
    let other = GoldenCase.named("trained-parity")
    try place(other)
    try refused(
      other.specName, options: counts(other), 1, "a full build is needed", "cyclesPerStep: ",
      "rtl/net.v, line ")
  }

  func testWhatIsNotAsItWasBuilt() throws {
    try build(golden.specName, board: "icebreaker", to: "out")
    let path = "out/rtl/lstmg_core.v"
    let core = try read(path)
    try write("wire mine;\n" + core, to: path)
    try refused(
      golden.specName, 1, "rtl/lstmg_core.v, line 1: '`default_nettype none', was 'wire mine;'")
    try write(core, to: path)
    try write(try read("out/bitstream/routed.asc") + " ", to: "out/bitstream/routed.asc")
    try refused(golden.specName, 65, "routed.asc has changed since the bitstream was made")
    try FileManager.default.removeItem(at: work.appendingPathComponent("out/bitstream"))
    try refused(golden.specName, 66, "holds no bitstream")
  }

  func testFamiliesAndMemoriesThatCannot() throws {
    try build(golden.specName, board: "tangnano20k", to: "out")
    try refused(golden.specName, 1, "the memories of Tang Nano 20K's family are inferred")
    try build(golden.specName, board: "icebreaker", ["--weight-memory", "spram"], to: "out")
    try refused(golden.specName, 1, "loads its weights from a flash memory")
  }

  func testUsage() throws {
    try build(golden.specName, board: "icebreaker", to: "out")
    try refused(golden.specName, options: ["--seeds", "2"], 64, "--reuse takes board, clock")
    try refused(golden.specName, options: ["--lanes", "2"], 64, "--reuse takes board, clock")
    try refused("out", 64, "name the netSpec of the retrained network")
  }
}
