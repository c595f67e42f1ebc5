import Assets
import Compilation
import Emission
import Foundation
import GoldenCases
import Lowering
import Simulation
import XCTest

@testable import Verification

/// The generated clients in C and Python, talking to the board's model through a pseudo-terminal.
final class HostClientTests: XCTestCase {
  private struct Run {
    let status: Int32
    let output: String
    let error: String
  }

  /// Runs a program of `PATH` to its end.
  private func run(_ words: [String], in folder: URL) throws -> Run {
    let files = ["out", "err"].map { folder.appendingPathComponent(UUID().uuidString + $0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: try String(contentsOf: files[0], encoding: .utf8),
      error: try String(contentsOf: files[1], encoding: .utf8))
  }

  /// The board's model behind a pseudo-terminal.
  private func serve(_ folder: BoardFolder) async throws -> (port: String, end: () -> Void) {
    try start(
      try await folder.model.executable(), ["+terminal"], in: folder.model.workingDirectory)
  }

  /// A program that prints the name of a pseudo-terminal first, and runs until its standard input ends.
  private func start(
    _ program: String, _ arguments: [String], in folder: String
  ) throws -> (port: String, end: () -> Void) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { break }
      line += more
    }
    let port = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
    return (
      port,
      {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
      }
    )
  }

  /// Inserts a text behind what a pattern matches.
  private func insert(_ text: String, behind pattern: String, in url: URL) throws {
    var contents = try String(contentsOf: url, encoding: .utf8)
    let range = try XCTUnwrap(contents.range(of: pattern, options: .regularExpression), pattern)
    contents.insert(contentsOf: text, at: range.upperBound)
    try Data(contents.utf8).write(to: url)
  }

  private func rows(_ sequences: [[[Double]]]) -> String {
    sequences.map { sequence in
      sequence.map { $0.map(\.description).joined(separator: ",") + "\n" }.joined()
    }.joined(separator: "\n")
  }

  func testBothClientsAgreeWithTheBoardInEveryBit() async throws {
    let hardware = try GoldenHardware("mixed-modes")
    let network = hardware.quantised
    // The design of tests of the link: their model serves here, too.
    let design = HardwareDesign(
      network, Scheduler(lanes: 1, profile: .shallow).schedule(network))
    let words = [4, 3].map { Array(hardware.inputs.sequences[0].prefix($0)) }
    var simulator = FixedPointSimulator(network)
    let outputs = words.map { sequence -> [[Double]] in
      simulator.reset()
      return sequence.map { step in
        simulator.step(step)
        return network.outputs.map {
          network.valueFormats[$0].value(Int64(simulator.values[$0]))
        }
      }
    }
    let inputs = words.map { sequence in
      sequence.map { step in
        zip(step, network.inputs).map { network.valueFormats[$1].value(Int64($0)) }
      }
    }
    try await BoardFolder.use(
      design, board: "icebreaker", family: .ice40, primitives: nil, withClients: true
    ) { folder in
      let host = folder.url.appendingPathComponent(HostClientEmitter.folder)
      try Data(rows(inputs).utf8).write(to: host.appendingPathComponent("in.csv"))
      try Data(rows(outputs).utf8).write(to: host.appendingPathComponent("out.csv"))
      let (port, end) = try await serve(folder)
      defer { end() }
      // First, because the others change the clients.
      try checkNoise(port, host, rows(outputs))
      try checkC(port, host, expected: outputs)
      try checkPython(port, host, expected: outputs)
    }
  }

  private func checkC(_ port: String, _ host: URL, expected: [[[Double]]]) throws {
    func compile(_ compiler: String) throws {
      let build = try run(
        [
          compiler, "-std=c11", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-o", "stream",
          "golden_stream.c", "golden_client.c",
        ], in: host)
      XCTAssertEqual(build.status, 0, build.error)
    }
    try compile("clang")
    try compile("gcc")
    let good = try run(["./stream", port, "in.csv"], in: host)
    XCTAssertEqual(good.status, 0, good.error)
    XCTAssertTrue(good.error.contains("differences  0 of 7 words"), good.error)
    XCTAssertTrue(good.error.contains("steps        7 in 2 sequences"), good.error)
    let values = good.output.split(separator: "\n").compactMap { Double($0) }
    for (actual, wanted) in zip(values, expected.joined().joined()) {
      XCTAssertEqual(actual, wanted, accuracy: 1e-8)
    }
    XCTAssertEqual(values.count, 7)

    for (text, message) in [
      ("", "bad.csv:0: error: there is no step in the data"),
      ("# nothing\n\n", "bad.csv:2: error: there is no step in the data"),
      ("0,1e400\n", "bad.csv:1: error: this is no row of finite numbers"),
      ("inf,0\n", "bad.csv:1: error: this is no row of finite numbers"),
      ("0,-infinity\n", "bad.csv:1: error: this is no row of finite numbers"),
      ("nan,0\n", "bad.csv:1: error: this is no row of finite numbers"),
    ] {
      try Data(text.utf8).write(to: host.appendingPathComponent("bad.csv"))
      let bad = try run(["./stream", port, "bad.csv"], in: host)
      XCTAssertEqual(bad.status, 65, text)
      XCTAssertEqual(bad.error, message + "\n")
    }

    // One weight of what is expected.
    try insert(
      "1000 + ", behind: #"golden_q_weight, \d+\) = \{\s+/\*[^*]*\*/\s+"#,
      in: host.appendingPathComponent("../c/golden.h"))
    try compile("gcc")
    let bad = try run(["./stream", port, "in.csv"], in: host)
    XCTAssertEqual(bad.status, 1, bad.error)
    XCTAssertTrue(bad.error.contains("sequence 1, step 1, output 0: word "), bad.error)
    XCTAssertEqual(bad.output, good.output)

    try insert("1", behind: "_CLIENT_HASH \"", in: host.appendingPathComponent("golden_client.h"))
    try compile("gcc")
    let other = try run(["./stream", port, "in.csv"], in: host)
    XCTAssertEqual(other.status, 74, other.error)
    XCTAssertTrue(other.error.contains("the board has another network"), other.error)
    XCTAssertEqual(other.output, "")
  }

  private func checkPython(_ port: String, _ host: URL, expected: [[[Double]]]) throws {
    let words = ["golden_client.py", "--port", port, "--data", "in.csv"]
    // Without any package, so that none of this machine's is taken, and with pyserial.
    let command = ["python3", "-S"] + words
    let withPackage = [try Self.pythonWithSerial()]
    let probe = ["-c", "import serial; print(serial.__name__)"]
    XCTAssertEqual(try run(withPackage + probe, in: host).output, "serial\n")
    XCTAssertNotEqual(try run(["python3", "-S"] + probe, in: host).status, 0)
    for line in [command, withPackage + words] {
      let good = try run(line + ["--expect", "out.csv"], in: host)
      XCTAssertEqual(good.status, 0, good.error)
      XCTAssertEqual(good.output, "# node 11\n" + rows(expected))
      XCTAssertTrue(good.error.contains("differences  0 of 7 words"), good.error)
    }
    try Data("# nothing\n\n".utf8).write(to: host.appendingPathComponent("empty.csv"))
    let empty = try run(command.dropLast() + ["empty.csv"], in: host)
    XCTAssertEqual(empty.status, 65)
    XCTAssertTrue(empty.error.contains("there is no step in the data"), empty.error)

    // One unit in the last place of what is expected.
    var wrong = expected
    wrong[0][0][0] += 1.0 / 32768
    try Data(rows(wrong).utf8).write(to: host.appendingPathComponent("out.csv"))
    let bad = try run(command + ["--expect", "out.csv"], in: host)
    XCTAssertEqual(bad.status, 1, bad.error)
    XCTAssertTrue(bad.error.contains("sequence 1, step 0, node 11: word "), bad.error)

    try insert("1", behind: "\nHASH = \"", in: host.appendingPathComponent("golden_client.py"))
    let other = try run(command, in: host)
    XCTAssertEqual(other.status, 74, other.error)
    XCTAssertTrue(other.error.contains("the board has another network"), other.error)
  }

  /// The interpreter of the environment that `Scripts/fpga-tools` makes from PyPI.
  private static func pythonWithSerial() throws -> String {
    try ToolEnvironment(assets: AssetLocator()).python.programs + "/python3"
  }

  /// What may be asked again is asked again, a step only if the board has counted none.
  private func checkNoise(_ port: String, _ host: URL, _ expected: String) throws {
    let proxy = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("noisy_line.py").path
    try Data(expected.utf8).write(to: host.appendingPathComponent("out.csv"))
    let build = try run(
      [
        "gcc", "-std=c11", "-DGOLDEN_CLIENT_TIMEOUT_MS=1000", "-o", "patient", "golden_stream.c",
        "golden_client.c",
      ], in: host)
    XCTAssertEqual(build.status, 0, build.error)
    // Ping, counts, reset, steps: here the ping and the reset are sent twice, and the first step.
    for (faults, status, message) in [
      (["request1:flip", "reply3:noise", "request6:drop"], 0, "differences  0 of 7 words"),
      (["reply5:drop"], 74, "the outputs of a step were lost on the line"),
    ] {
      for client in [
        ["./patient"], ["python3", "golden_client.py", "--timeout", "1", "--expect", "out.csv"],
      ] {
        let line = try start("/usr/bin/env", ["python3", proxy, port] + faults, in: host.path)
        defer { line.end() }
        let words =
          client.count == 1
          ? [line.port, "in.csv"] : ["--port", line.port, "--data", "in.csv"]
        let run = try run(client + words, in: host)
        XCTAssertEqual(run.status, Int32(status), run.error)
        XCTAssertTrue(run.error.contains(message), run.error)
      }
    }
  }
}
