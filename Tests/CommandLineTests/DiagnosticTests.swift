import Foundation
import GoldenCases
import XCTest

/// What the program says of a user's faults: text, place and exit status.
final class DiagnosticTests: ProgramTestCase {
  func testEveryInvalidSpecIsRejectedAndNothingIsWritten() throws {
    let folder = GoldenCase.fixtures.appendingPathComponent("invalid")
    let specs = try names(in: folder).filter { $0.hasSuffix(".spec") || $0.hasSuffix(".csv") }
    XCTAssertGreaterThan(specs.count, 50)
    for name in specs {
      let path = folder.appendingPathComponent(name).path
      let options = name == "input-incoming.spec" ? ["--num-inputs", "1"] : []
      // Nothing says the number of outputs, which may be asked for only when the spec is right.
      let run = try run(["generate", path, "-o", "out"] + options)
      XCTAssertEqual(run.status, 65, "\(name): \(run.error)")
      let place = NSRegularExpression.escapedPattern(for: path) + ":\\d+:\\d+"
      XCTAssertTrue(
        run.error.contains(try Regex("^\(place): error: .+ \\[[a-z-]+\\]")), run.error)
      XCTAssertEqual(run.output, "")
      XCTAssertEqual(try names(in: work), [], name)
    }
    // Without a folder, too, the spec comes first.
    let bare = try run(["generate", folder.appendingPathComponent("weight-nan.spec").path])
    XCTAssertEqual(bare.status, 65)
  }

  func testAMissingNumberOfOutputsSaysWhatToAdd() throws {
    try place(GoldenCase.named("trained-parity"))
    let run = try run(["generate", "net.spec", "-o", "out"])
    XCTAssertEqual(run.status, 64)
    XCTAssertEqual(
      run.errorLines,
      [
        "net.spec: error: a manual spec of the seed dialect does not say how many of its last nodes"
          + " are outputs [missing-output-count]", "  hint: add --num-outputs M",
      ])
    XCTAssertFalse(exists("out"))
  }

  func testAFolderInPlaceOfASpecSaysWhatToName() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    _ = try succeed(["generate", "net.csv", "-o", "out"])
    let generated = try run(["generate", "out", "-o", "again"])
    XCTAssertEqual(generated.status, 74)
    XCTAssertEqual(
      generated.errorLines,
      [
        "out: error: this is a folder that 'lstmg-hdl generate' has written [unreadable-file]",
        "  hint: its netSpec is out/net.spec",
      ])
    let other = try run(["generate", ".", "-o", "again"])
    XCTAssertEqual(other.status, 74)
    XCTAssertEqual(
      other.errorLines,
      [".: error: this is a folder [unreadable-file]", "  hint: name a file in it"])
  }

  func testMissingOptionsAreNamed() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let generate = try run(["generate", "net.csv"])
    XCTAssertEqual(generate.status, 64)
    XCTAssertEqual(
      generate.errorLines,
      ["error: no folder is given for the output [missing-option]", "  hint: add -o DIR"])
    let simulate = try run(["simulate", "net.csv"])
    XCTAssertEqual(simulate.status, 64)
    XCTAssertEqual(
      simulate.errorLines,
      ["error: no data is given to run on [missing-option]", "  hint: add --data DATA"])
  }

  func testUsageErrorsExitWith64() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let faults: [([String], String)] = [
      (["bogus"], "bogus"),
      (["generate"], "Missing expected argument '<spec>'"),
      (["generate", "net.csv", "--lanes", "65"], "'65' is not one of 1 to 64 or 'auto'"),
      (["generate", "net.csv", "--weight-bits", "3"], "'3' is not one of 4 to 18"),
      (["generate", "net.csv", "--state-bits", "33"], "'33' is not one of 8 to 32"),
      (
        ["generate", "net.csv", "--state-bits", "8", "--state-integer-bits", "7"],
        "--state-integer-bits 7 leaves no fraction in a state of 8 bits"
      ),
      (
        ["generate", "net.csv", "--constant-input", "1"], "'1' is not an index and a finite number"
      ),
      (["generate", "net.csv", "--input-range", "2:1"], "'2:1': 2.0 is above 1.0"),
      (["generate", "net.csv", "--input-range=nan:1"], "'nan:1' is not a range"),
      (["generate", "net.csv", "--target", "asic"], "asic"),
      (["generate", "net.csv", "-o", "out", "--constant-input", "3=1"], "the inputs are 0 to 2"),
      (
        [
          "generate", "net.csv", "-o", "out", "--constant-input", "2=1", "--constant-input", "2=0",
        ], "--constant-input 2 is given twice"
      ),
      (["generate", "net.csv", "-o", "out", "--num-outputs", "5"], "the spec has 2 outputs"),
      (["simulate", "net.csv", "--tolerance", "1"], "--tolerance needs --expect"),
      (["simulate", "net.csv", "--wave", "x.vcd", "--engine", "c"], "--wave needs --engine"),
      (["simulate", "net.csv", "--wave", "x.png"], "ends in .fst or .vcd"),
      (["simulate", "net.csv", "--states", "x.csv"], "--states needs --engine model or float"),
    ]
    for (arguments, message) in faults {
      let run = try run(arguments)
      XCTAssertEqual(run.status, 64, "\(arguments): \(run.error)")
      XCTAssertTrue(run.error.contains(message), "\(arguments): \(run.error)")
      XCTAssertFalse(exists("out"))
    }
  }

  func testAFolderRefusesTheOptionsOfASpec() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try succeed(["generate", "net.csv", "-o", "out"])
    let run = try run(["simulate", "out", "--data", "inputs.csv", "--lanes", "4"])
    XCTAssertEqual(run.status, 64)
    XCTAssertTrue(run.error.hasPrefix("out: error: a generated folder carries"), run.error)
  }

  func testMissingFilesExitWith66() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let spec = try run(["generate", "none.spec", "-o", "out"])
    XCTAssertEqual(spec.status, 66)
    XCTAssertEqual(spec.errorLines, ["none.spec: error: file not found [missing-file]"])
    let data = try run(["simulate", "net.csv", "--data", "none.csv", "--engine", "float"])
    XCTAssertEqual(data.status, 66)
    XCTAssertEqual(data.errorLines, ["none.csv: error: file not found [missing-file]"])
    try FileManager.default.createDirectory(
      at: work.appendingPathComponent("empty"), withIntermediateDirectories: true)
    let folder = try run(["simulate", "empty", "--data", "inputs.csv"])
    XCTAssertEqual(folder.status, 66)
    XCTAssertTrue(folder.error.hasPrefix("empty: error: the folder holds no manifest.json"))
  }

  func testNotANumberInDataIsRejectedAtItsPlace() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try write("0,0,1\n0,nan,1\n", to: "nan.csv")
    for engine in ["float", "model"] {
      let run = try run(["simulate", "net.csv", "--data", "nan.csv", "--engine", engine])
      XCTAssertEqual(run.status, 65)
      XCTAssertEqual(
        run.errorLines.first,
        "nan.csv:2:3: error: row 2, column 2: 'nan' is not a finite number [not-finite]")
    }
  }

  func testStepsWithoutValuesAndEmptyDataAreRejected() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try write("0,0,1\n\n# nothing here\n  -\n", to: "none.csv")
    let none = try run(["simulate", "net.csv", "--data", "none.csv", "--engine", "float"])
    XCTAssertEqual(none.status, 65)
    XCTAssertEqual(
      none.errorLines.first,
      "none.csv:4:3: error: a step without values, but the network has 3 inputs"
        + " [step-without-values]")
    try write("# empty\n", to: "empty.csv")
    let empty = try run(["simulate", "net.csv", "--data", "empty.csv", "--engine", "float"])
    XCTAssertEqual(empty.status, 65)
    XCTAssertTrue(empty.error.hasPrefix("empty.csv: error: the file holds no time step"))
  }

  func testLabelsOfAnotherShapeAreRejected() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try write("0,0,1\n0,1,1\n", to: "two.csv")
    try write("0,0\n", to: "one.csv")
    let arguments = ["simulate", "net.csv", "--data", "two.csv", "--engine", "float"]
    let shape = try run(arguments + ["--labels", "one.csv"])
    XCTAssertEqual(shape.status, 65)
    XCTAssertEqual(
      shape.errorLines.first,
      "one.csv: error: sequence 1 has 1 rows, in the data 2 [other-shape]")
    try write("0\n2\n", to: "class.csv")
    let label = try run(arguments + ["--labels", "class.csv", "--judge", "argmax"])
    XCTAssertEqual(label.status, 65)
    XCTAssertEqual(
      label.errorLines.first,
      "class.csv:2:1: error: 2.0 is no class: the outputs are 0 to 1 [unknown-class]")
  }

  func testAMissingSimulatorExitsWith69AndTheInstallLine() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    for (engine, tool) in [("verilator", "verilator"), ("icarus", "iverilog"), ("c", "gcc")] {
      let run = try run(
        ["simulate", "net.csv", "--data", "inputs.csv", "--engine", engine],
        environment: ["PATH": temporary.path])
      XCTAssertEqual(run.status, 69, run.error)
      XCTAssertTrue(run.error.contains("hint: apt-get install \(tool)"), run.error)
    }
    XCTAssertEqual(try names(in: temporary), [])
  }

  func testAFolderOfSomebodyElseIsLeftAlone() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try FileManager.default.createDirectory(
      at: work.appendingPathComponent("mine"), withIntermediateDirectories: true)
    try write("precious", to: "mine/notes.txt")
    let run = try run(["generate", "net.csv", "-o", "mine"])
    XCTAssertEqual(run.status, 73)
    XCTAssertTrue(run.error.hasPrefix("mine: error: the folder is not empty"), run.error)
    XCTAssertEqual(try names(in: work.appendingPathComponent("mine")), ["notes.txt"])
  }

  func testOutputThatCannotBeWrittenExitsWith73Or74() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let blocked = try run(["generate", "net.csv", "-o", "net.csv/out"])
    XCTAssertEqual(blocked.status, 73, blocked.error)
    let nowhere = try run(["print", "net.csv", "-o", "none/net.csv"])
    XCTAssertEqual(nowhere.status, 73, nowhere.error)
    let full = try run([
      "simulate", "net.csv", "--data", "inputs.csv", "--engine", "float", "-o", "/dev/full",
    ])
    XCTAssertEqual(full.status, 74, full.error)
    XCTAssertTrue(full.error.hasPrefix("/dev/full: error: cannot write the file: no space"))
  }

  func testAFullDiskBehindStandardOutputExitsWith74() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let process = process(["print", "net.csv"])
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: "/dev/full"))
    let log = Pipe()
    process.standardError = log
    try process.run()
    let error = String(
      decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 74)
    XCTAssertEqual(
      error, "error: cannot write to standard output: no space left on device [write-failed]\n")
  }

  func testErrorsAreNotColouredWhereNobodySeesColours() throws {
    let run = try run(["generate", "none.spec", "-o", "out"])
    XCTAssertFalse(run.error.contains("\u{1B}"))
  }

  func testHelpVersionAndCompletionsAreGiven() throws {
    XCTAssertEqual(try succeed(["--version"]), "0.1.0\n")
    for command in ["generate", "simulate", "print", "precision"] {
      let help = try succeed([command, "--help"])
      XCTAssertTrue(help.contains("EXAMPLES\n  lstmg-hdl \(command) "), help)
    }
    XCTAssertTrue(try succeed(["--generate-completion-script", "bash"]).contains("lstmg-hdl"))
  }
}
