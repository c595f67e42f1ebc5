import Foundation
import XCTest

final class ImportTests: ProgramTestCase {
  private static let example = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/wave")

  private func example(_ name: String) -> String {
    Self.example.appendingPathComponent(name).path
  }

  func testTheExampleIsImportedCheckedAndCompiledAsTheReportSays() throws {
    let text = try succeed([
      "import", example("wave.safetensors"), "-o", "wave.spec", "--check", example("data.csv"),
      example("outputs.csv"),
    ])
    XCTAssertTrue(text.contains("lstm.l0: LSTM, 1 input -> 4 units"), text)
    XCTAssertTrue(text.contains("gates i,f,g,o"), text)
    let next = try XCTUnwrap(text.split(separator: "\n").first { $0.hasPrefix("next") })
    var words = next.split(separator: " ").map(String.init)
    XCTAssertEqual(words.removeFirst(), "next")
    XCTAssertEqual(words.removeFirst(), "lstmg-hdl")
    try succeed(words)
    let judged = try object(
      try succeed([
        "simulate", "DIR", "--engine", "model", "--json", "--data", example("data.csv"), "--labels",
        example("labels.csv"),
      ]))
    XCTAssertEqual(judged["accuracy"] as? Double, 1)
  }

  func testTheReportAsJSON() throws {
    let report = try object(
      try succeed([
        "import", example("wave.safetensors"), "--json", "--check", example("data.csv"),
        example("outputs.csv"), "--tolerance", "1e-5",
      ]))
    XCTAssertEqual(report["schema"] as? String, "lstmg-hdl/1")
    XCTAssertEqual(report["command"] as? String, "import")
    XCTAssertEqual(report["format"] as? String, "safetensors")
    XCTAssertEqual(report["inputs"] as? Int, 1)
    XCTAssertEqual(report["outputs"] as? Int, 1)
    XCTAssertEqual(report["constants"] as? Int, 1)
    XCTAssertEqual(report["parameters"] as? Int, 16 + 64 + 32 + 5)
    let layers = try XCTUnwrap(report["layers"] as? [[String: Any]])
    XCTAssertEqual(layers.map { $0["kind"] as? String }, ["LSTM", "dense"])
    XCTAssertEqual(layers[0]["gateOrder"] as? String, "i,f,g,o")
    let check = try XCTUnwrap(report["check"] as? [String: Any])
    XCTAssertEqual(check["passes"] as? Bool, true)
    XCTAssertEqual(check["steps"] as? Int, 2560)
    XCTAssertEqual(check["rows"] as? Int, 2560)
    let errors = ["imported", "quantised"].map {
      (check[$0] as? [String: Any])?["maxAbsError"] as? Double ?? .nan
    }
    // Single precision loses something, 16 bits lose more.
    XCTAssertGreaterThan(errors[0], 0)
    XCTAssertLessThan(errors[0], 1e-5)
    XCTAssertGreaterThan(errors[1], errors[0])
    XCTAssertLessThan(errors[1], 1e-2)
  }

  func testAWeightThatWasMixedUpFailsTheCheckAndWritesNothing() throws {
    // The header says nothing of gates: swapping two of equal shape leaves a valid file.
    var bytes = [UInt8](
      try Data(contentsOf: Self.example.appendingPathComponent("wave.safetensors")))
    let end = bytes.count
    let gates = end - 64..<end
    bytes.replaceSubrange(gates, with: bytes[gates].dropFirst(16) + bytes[gates].prefix(16))
    try Data(bytes).write(to: work.appendingPathComponent("mixed.safetensors"))
    let arguments = [
      "import", "mixed.safetensors", "-o", "out.spec", "--check", example("data.csv"),
      example("outputs.csv"),
    ]
    let failed = try run(arguments)
    XCTAssertEqual(failed.status, 1)
    XCTAssertTrue(
      failed.error.contains("error: the imported network gives other outputs than were recorded"),
      failed.error)
    XCTAssertTrue(failed.error.contains("out.spec has not been written"), failed.error)
    XCTAssertFalse(exists("out.spec"))
    try succeed(arguments + ["--tolerance", "100"])
    XCTAssertTrue(exists("out.spec"))
  }

  func testOneRowForEachSequenceIsHeldAgainstItsLastStep() throws {
    let sequences = try String(contentsOfFile: example("outputs.csv"), encoding: .utf8)
      .components(separatedBy: "\n\n")
    let last = sequences.compactMap { $0.split(separator: "\n").last }.joined(separator: "\n")
    try write(last + "\n", to: "last.csv")
    let report = try object(
      try succeed([
        "import", example("wave.safetensors"), "--json", "--check", example("data.csv"), "last.csv",
      ]))
    XCTAssertEqual((report["check"] as? [String: Any])?["rows"] as? Int, 40)
  }

  func testTheSpecGoesToStandardOutputAndTheReportAside() throws {
    let run = try run(["import", example("wave.safetensors"), "-o", "-"])
    XCTAssertEqual(run.status, 0)
    XCTAssertTrue(run.output.hasPrefix("0\n\n0 0.0 0\n"), run.output)
    XCTAssertTrue(run.error.contains("gates i,f,g,o"), run.error)
    try succeed(["import", example("wave.safetensors"), "-o", "wave.spec"])
    XCTAssertEqual(run.output, try read("wave.spec"))
    XCTAssertEqual(try succeed(["print", "wave.spec"]), run.output)
  }

  func testAnImportableFileStandsForItsSpec() throws {
    try succeed(["import", example("wave.safetensors"), "-o", "wave.spec"])
    try succeed([
      "generate", "wave.spec", "--num-inputs", "1", "--num-outputs", "1", "-o", "a",
    ])
    try succeed(["generate", example("wave.safetensors"), "-o", "b"])
    XCTAssertEqual(try files(below: "a")["net.spec"], try files(below: "b")["net.spec"])
    let refused = try run([
      "generate", example("wave.safetensors"), "--num-outputs", "2", "-o", "c",
    ])
    XCTAssertEqual(refused.status, 64)
    XCTAssertTrue(refused.error.contains("[count-mismatch]"), refused.error)
  }

  func testAFileWithoutSizesNeedsThem() throws {
    // 1 input, 2 units, 1 output.
    var bytes = Data()
    for index in 0..<35 {
      let number = Float(index % 7) / 7 - 0.4
      withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    try bytes.write(to: work.appendingPathComponent("weights.dat"))
    let report = try succeed(["import", "weights.dat", "--sizes", "1,2,1", "-o", "net.spec"])
    XCTAssertTrue(report.contains("lstm: LSTM of DLL, 1 input -> 2 units"), report)
    try write("0.5\n-0.5\n1\n", to: "data.csv")
    let run = try object(
      try succeed([
        "simulate", "net.spec", "--num-inputs", "1", "--num-outputs", "1", "--data", "data.csv",
        "--engine", "model", "--json",
      ]))
    XCTAssertLessThan(try XCTUnwrap(run["maxAbsError"] as? Double), 1e-3)
    for (arguments, status, words) in [
      (["--format", "dll"], 64, "[missing-sizes]"), ([], 64, "[unknown-format]"),
      (["--sizes", "1,3,1"], 65, "[byte-count]"), (["--sizes", "1,2"], 64, "three whole numbers"),
    ] as [([String], Int32, String)] {
      let run = try self.run(["import", "weights.dat"] + arguments)
      XCTAssertEqual(run.status, status)
      XCTAssertTrue(run.error.contains(words), run.error)
    }
  }

  func testDamagedFilesOfEveryFormatEndWithAMessage() throws {
    for (name, text) in [
      ("a.safetensors", "12345678{}"), ("a.onnx", "\u{7}"), ("a.json", "{\"layers\": ["),
      ("b.json", "{\"neurons\": 1}"), ("c.json", String(repeating: "{\"a\":", count: 100_000)),
    ] {
      try write(text, to: name)
      let run = try run(["import", name, "-o", "net.spec"])
      XCTAssertEqual(run.status, 65, name)
      XCTAssertTrue(run.error.hasPrefix("\(name): error: "), run.error)
      XCTAssertFalse(exists("net.spec"))
      let generated = try self.run(["generate", name, "-o", "dir"])
      XCTAssertEqual(generated.status, 65, name)
    }
  }

  func testWrongUseIsTold() throws {
    let file = example("wave.safetensors")
    for (arguments, words) in [
      (["--check", "a.csv"], "--check takes two files"),
      (["--tolerance", "1"], "--tolerance needs --check"),
      (["--json", "-o", "-"], "Only one of --json and -o -"),
    ] {
      let run = try run(["import", file] + arguments)
      XCTAssertEqual(run.status, 64)
      XCTAssertTrue(run.error.contains(words), run.error)
    }
    try write("abc", to: "x.safetensors")
    let damaged = try run(["import", "x.safetensors", "-o", "y.spec"])
    XCTAssertEqual(damaged.status, 65)
    XCTAssertEqual(
      damaged.errorLines.first,
      "x.safetensors: error: the file ends before 8 bytes of the header's length [truncated]")
    XCTAssertFalse(exists("y.spec"))
    XCTAssertEqual(try run(["import", "none.safetensors"]).status, 66)
    XCTAssertEqual(try run(["import", file, "-o", file]).status, 64)
  }
}
