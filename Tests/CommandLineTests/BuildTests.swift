import Foundation
import GoldenCases
import XCTest

/// `build` and `boards`, with tools that only pretend.
final class BuildTests: ProgramTestCase {
  private var tools: FakeTools!
  private let golden = GoldenCase.named("mixed-modes")
  private var spec: String { golden.specName }

  override func setUpWithError() throws {
    try super.setUpWithError()
    try place(golden)
    tools = try FakeTools(in: folder)
    try tools.addBitstreamTools()
  }

  private func build(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    try run(
      ["build"] + arguments, environment: tools.environment.merging(environment) { _, new in new })
  }

  private func options(_ board: String) -> [String] {
    [spec] + counts(golden)
      + ["--board", board, "--lanes", "1", "--name", "net", "-o", "out"]
  }

  func testTheFastestSeedIsKeptAndTheClockFollowsIt() throws {
    let run = try build(options("icebreaker") + ["--seeds", "3", "--json"])
    XCTAssertEqual(run.status, 0, run.error)
    let report = try object(run.output)
    XCTAssertEqual(report["seed"] as? Int, 2)
    // 12 MHz times 66 or 67 over 8: the fastest that 100.25 MHz allow.
    XCTAssertEqual(report["clockMHz"] as? Double, 99)
    XCTAssertEqual(report["reachedMHz"] as? Double, 100.25)
    XCTAssertEqual(report["fmax"] as? [String: Double], ["min": 80, "median": 90.5, "max": 100.25])
    XCTAssertEqual(report["bitstream"] as? String, "out/bitstream/net_board.bin")
    XCTAssertTrue(
      try read("out/bitstream/net_board.bin").hasPrefix("routed with seed 2\n.ram_data"))
    XCTAssertTrue(try read("out/board/net_board.v").contains(".FEEDBACK_DIVIDER (66)"))
    XCTAssertTrue(try read("out/board/net_board.pcf").contains("set_frequency core_clk 99.0"))
    let record = try object(read("out/bitstream/bitstream.json"))
    XCTAssertEqual(
      record["hash"] as? String, try object(read("out/manifest.json"))["hash"] as? String)
    XCTAssertEqual(record["board"] as? String, "icebreaker")
  }

  func testCommandLinesOfEveryFamily() throws {
    let cases = [
      (
        "icebreaker", "bin",
        [
          "yosys -Q -T -l synthesis.log -s synthesis.ys",
          "nextpnr-ice40 --up5k --package sg48 --json net_board.json --freq 12 --seed 1 --report"
            + " report-1.json --timing-allow-fail --pcf net_board.pcf --asc routed-1.asc",
          "icepack filled.asc net_board.bin",
        ]
      ),
      (
        "ulx3s-12f", "bit",
        [
          "yosys -Q -T -l synthesis.log -s synthesis.ys",
          "nextpnr-ecp5 --12k --package CABGA381 --speed 6 --json net_board.json --freq 25 --seed 1"
            + " --report report-1.json --timing-allow-fail --lpf net_board.lpf --textcfg"
            + " routed-1.config --placer-heap-timingweight 30",
          "ecppack --compress --idcode 0x21111043 filled.config net_board.bit",
        ]
      ),
      (
        "tangnano20k", "fs",
        [
          "yosys -Q -T -l synthesis.log -s synthesis.ys",
          "nextpnr-himbaechel --device GW2AR-LV18QN88C8/I7 --vopt family=GW2A-18C --vopt"
            + " cst=net_board.cst --sdc net_board.sdc --json net_board.json --freq 27 --seed 1"
            + " --report report-1.json --timing-allow-fail --write routed-1.json",
          "gowin_pack -d GW2A-18C -o net_board.fs filled.json",
        ]
      ),
    ]
    for (board, ending, expected) in cases {
      let before = (try? tools.recorded().count) ?? 0
      let run = try build(options(board) + ["--clock-mhz", "50"])
      XCTAssertEqual(run.status, 0, run.error)
      XCTAssertEqual(Array(try tools.recorded().dropFirst(before)), expected, board)
      XCTAssertTrue(exists("out/bitstream/net_board.\(ending)"))
    }
  }

  /// They differ in the device alone; only the smallest, which is a 25F with another name, needs an identifier.
  func testCommandLinesOfEveryULX3S() throws {
    var constraints: Set<String> = []
    for (size, packing) in [
      ("12", "--compress --idcode 0x21111043"), ("25", "--compress"), ("45", "--compress"),
      ("85", "--compress"),
    ] {
      let before = (try? tools.recorded().count) ?? 0
      let run = try build(options("ulx3s-\(size)f") + ["--clock-mhz", "50"])
      XCTAssertEqual(run.status, 0, run.error)
      XCTAssertEqual(
        Array(try tools.recorded().dropFirst(before + 1)),
        [
          "nextpnr-ecp5 --\(size)k --package CABGA381 --speed 6 --json net_board.json --freq 25"
            + " --seed 1 --report report-1.json --timing-allow-fail --lpf net_board.lpf --textcfg"
            + " routed-1.config --placer-heap-timingweight 30",
          "ecppack \(packing) filled.config net_board.bit",
        ])
      constraints.insert(
        try read("out/board/net_board.lpf").split(separator: "\n").filter { !$0.hasPrefix("#") }
          .joined(separator: "\n"))
    }
    XCTAssertEqual(
      constraints,
      [
        """
        LOCATE COMP "clk" SITE "G2";
        IOBUF PORT "clk" IO_TYPE=LVCMOS33 PULLMODE=NONE;
        LOCATE COMP "rx" SITE "M1";
        IOBUF PORT "rx" IO_TYPE=LVCMOS33 PULLMODE=NONE;
        LOCATE COMP "tx" SITE "L4";
        IOBUF PORT "tx" IO_TYPE=LVCMOS33 PULLMODE=NONE;
        LOCATE COMP "button" SITE "D6";
        IOBUF PORT "button" IO_TYPE=LVCMOS33 PULLMODE=UP;
        LOCATE COMP "led_activity" SITE "B2";
        IOBUF PORT "led_activity" IO_TYPE=LVCMOS33 PULLMODE=NONE;
        LOCATE COMP "led_error" SITE "C2";
        IOBUF PORT "led_error" IO_TYPE=LVCMOS33 PULLMODE=NONE;
        FREQUENCY PORT "clk" 25 MHZ;
        FREQUENCY NET "core_clk" 50.0 MHZ;
        """
      ])
  }

  func testClocksOfATangNano() throws {
    XCTAssertEqual(try build(options("tangnano20k") + ["--clock-mhz", "54"]).status, 0)
    let lines = try read("out/board/net_board.sdc").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    XCTAssertEqual(
      lines,
      [
        "create_clock -period \(1000.0 / 27) [get_nets link_clk]",
        "create_clock -period \(1000.0 / 54) [get_nets core_clk]",
      ])
    // gowin_pack reads the oscillator's rate as text, and takes 100 MHz where it is none.
    XCTAssertTrue(try read("out/board/net_board.v").contains(".OSCILLATOR_TEXT  (\"27\")"))
    XCTAssertTrue(try read("out/board/lstmg_pll.v").contains(".FCLKIN          (OSCILLATOR_TEXT)"))
  }

  func testAYosysThatIsTooOld() throws {
    let old = ["YOSYS": "0.23", "LSTMG_CACHE": temporary.path]
    check(
      try build(options("tangnano20k"), environment: old), 69,
      "yosys has to be 0.60 or newer for gowin, and this is 0.23")
    XCTAssertEqual(try tools.recorded(), [])
    // Others infer nothing that it does not know.
    XCTAssertEqual(
      try build(options("ulx3s-12f") + ["--clock-mhz", "50"], environment: old).status, 0)
    try succeed(["generate"] + options("tangnano20k"))
    let script = try shell(["sh", "out/board/build.sh"], environment: old)
    XCTAssertEqual(script.status, 69, script.output)
    XCTAssertTrue(
      script.output.contains("none of these is installed, in version 0.60 or newer: yosys"),
      script.output)
  }

  // MARK: Hold times

  /// `total` is how long after its hold time the data of a path changes.
  private func log(_ total: String, severity: String) throws -> [String: String] {
    try write(
      """
      Info: 84 Hold/min time violations (showing 10 worst paths):
      \(severity): Hold/min time violation for clock 'posedge core_clk':
      Info:       hold -0.12  \(total) Source memory.0.0.ADB8
      """, to: "log")
    return ["LOG": work.appendingPathComponent("log").path]
  }

  func testPathsThatAreCalledViolatedAndAreNot() throws {
    let run = try build(
      options("tangnano20k") + ["--clock-mhz", "54"],
      environment: try log("0.49", severity: "Warning"))
    XCTAssertEqual(run.status, 0, run.error)
    XCTAssertTrue(
      run.output.contains(
        "nextpnr calls 84 paths violated; the 1 that it shows keep theirs by the figures"),
      run.output)
    let json = try build(
      ["out", "--json"], environment: try log("0.49", severity: "Warning"))
    XCTAssertEqual(
      try object(json.output)["holdViolations"] as? [String: Int],
      ["reported": 84, "shown": 1, "broken": 0])
  }

  func testPathsThatAreViolated() throws {
    check(
      try build(
        options("icebreaker") + ["--clock-mhz", "50", "--seeds", "2"],
        environment: try log("-0.06", severity: "Warning")), 1,
      "nextpnr counts 84 such paths with seed 2, the best of 2")
  }

  func testTheScriptJudgesHoldTimesAlike() throws {
    XCTAssertEqual(try build(options("icebreaker") + ["--clock-mhz", "50"]).status, 0)
    // Without leave, nextpnr fails for them, and has written the design.
    let place = try String(
      contentsOf: tools.folder.appendingPathComponent("nextpnr-ice40"), encoding: .utf8)
    try tools.add("nextpnr-ice40", place + "\nexit 1")
    let kept = try shell(
      ["sh", "out/board/build.sh"], environment: try log("0.49", severity: "ERROR"))
    XCTAssertEqual(kept.status, 0, kept.output)
    XCTAssertTrue(exists("out/board/build/net_board.bin"))
    let broken = try shell(
      ["sh", "out/board/build.sh"], environment: try log("-0.06", severity: "ERROR"))
    XCTAssertEqual(broken.status, 1)
    XCTAssertTrue(broken.output.hasSuffix("no seed reaches the clock\n"), broken.output)
  }

  // MARK: Without this program

  private func shell(
    _ words: [String], environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = work
    process.environment = tools.environment.merging(environment) { _, new in new }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(
      decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// The script of a generated folder runs what `build` runs, but for nextpnr's judgement of the clocks
  /// and the contents of memories, which it has from the start.
  func testTheScriptRunsTheCommandsOfBuild() throws {
    for (board, ending) in [("icebreaker", "bin"), ("ulx3s-12f", "bit"), ("tangnano20k", "fs")] {
      // What Debian has of these would be found otherwise.
      let before = (try? tools.recorded().count) ?? 0
      XCTAssertEqual(try build(options(board) + ["--clock-mhz", "50"]).status, 0)
      let built = try tools.recorded().dropFirst(before)
      let script = try shell(["make", "-s", "-C", "out"])
      XCTAssertEqual(script.status, 0, script.output)
      let rebuilt = Array(try tools.recorded().dropFirst(before + built.count))
      XCTAssertEqual(
        rebuilt,
        built.map {
          $0.replacingOccurrences(of: " --timing-allow-fail", with: "")
            .replacingOccurrences(of: " filled.", with: " routed-1.")
        })
      XCTAssertTrue(
        try read("out/board/build/net_board.\(ending)").hasPrefix("routed with seed 1\n"))
      XCTAssertTrue(try read("out/board/build/synthesis.ys").contains(" net_board.v"))
      XCTAssertEqual(try shell(["make", "-q", "-C", "out"]).status, 0, "nothing is left to do")
    }
  }

  func testTheScriptTriesSeedsUntilOneIsFastEnough() throws {
    XCTAssertEqual(try build(options("icebreaker") + ["--clock-mhz", "50"]).status, 0)
    // nextpnr writes a design whose clocks are too slow.
    let slow = """
      for last; do :; done
      echo "$last" > "$last"
      case "$*" in *"--seed ${GOOD:-none} "*) exit 0 ;; esac
      echo 'ERROR: Max frequency for clock core_clk: 3.00 MHz (FAIL at 50.00 MHz)'
      exit 1
      """
    try tools.add("nextpnr-ice40", slow)
    XCTAssertEqual(try shell(["sh", "out/board/build.sh"], environment: ["GOOD": "3"]).status, 0)
    XCTAssertEqual(try read("out/board/build/net_board.bin"), "routed-3.asc\n")
    let run = try shell(["sh", "out/board/build.sh"])
    XCTAssertEqual(run.status, 1)
    XCTAssertTrue(run.output.hasSuffix("no seed reaches the clock\n"), run.output)
    XCTAssertTrue(run.output.contains("FAIL at 50.00 MHz"), run.output)
    XCTAssertFalse(exists("out/board/build/net_board.bin"))
  }

  /// That is no matter of seeds.
  func testTheScriptEndsWithAToolThatFails() throws {
    XCTAssertEqual(try build(options("icebreaker") + ["--clock-mhz", "50"]).status, 0)
    let before = try tools.recorded().count
    for end in ["echo 'ERROR: no place left'; exit 1", "echo ': no place left'; kill -9 $$"] {
      try tools.add("nextpnr-ice40", end)
      let run = try shell(["sh", "out/board/build.sh"])
      XCTAssertEqual(run.status, 1)
      XCTAssertTrue(run.output.contains(": no place left\n"), run.output)
      XCTAssertTrue(run.output.hasSuffix("board/build.sh: place and route failed\n"), run.output)
    }
    // Once each.
    XCTAssertEqual(
      try tools.recorded().dropFirst(before).count { $0.hasPrefix("nextpnr-ice40") }, 2)
  }

  func testVivadoGetsAScriptThatIsCalledUntried() throws {
    try succeed(["generate"] + options("arty-a7-35t"))
    let script = try read("out/board/build.tcl")
    XCTAssertTrue(script.contains("# Untried"))
    XCTAssertTrue(script.contains("synth_design -top net_board -part xc7a35ticsg324-1L"))
    XCTAssertFalse(exists("out/board/build.sh"))
    XCTAssertTrue(
      try shell(["make", "-n", "-C", "out"]).output.contains("-source board/build.tcl"))
  }

  func testABoardWithTheNameOfAnotherTarget() throws {
    let boards = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../boards")
    try write(
      String(contentsOf: boards.appendingPathComponent("icebreaker.yaml"), encoding: .utf8),
      to: "lint.yaml")
    try succeed(["generate"] + options("./lint.yaml"))
    let core = try read("out/net.core")
    XCTAssertTrue(core.contains("\n  lint_board:\n"), core)
    XCTAssertEqual(core.components(separatedBy: "\n  lint:\n").count, 2)
  }

  // MARK: Folders

  func testAGeneratedFolderIsBuiltInItsPlace() throws {
    try succeed(
      ["generate", spec] + counts(golden)
        + ["--lanes", "2", "--name", "net", "-o", "net"])
    let run = try build(["net", "--board", "icebreaker", "--clock-mhz", "40", "--json"])
    XCTAssertEqual(run.status, 0, run.error)
    XCTAssertTrue(exists("net/bitstream/net_board.bin"))
    // And again, without a word about the board.
    XCTAssertEqual(try build(["net", "--clock-mhz", "40"]).status, 0)
  }

  // MARK: What goes wrong

  private func check(
    _ run: Run, _ status: Int32, _ message: String, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    XCTAssertEqual(run.status, status, run.error, file: file, line: line)
    XCTAssertTrue(run.error.contains(message), run.error, file: file, line: line)
    XCTAssertFalse(exists("out"), "nothing is written", file: file, line: line)
  }

  func testAClockThatNoSeedReaches() throws {
    check(
      try build(options("icebreaker") + ["--clock-mhz", "120", "--seeds", "3"]), 1,
      "the clock of 120.0 MHz is not reached: the best of 3 seeds makes 100.2 MHz")
  }

  func testALinkThatIsTooSlow() throws {
    check(
      try build(options("icebreaker") + ["--clock-mhz", "50"], environment: ["LINK_MHZ": "11.5"]),
      1,
      "the serial link does not reach the oscillator's 12.0 MHz with any of 1 seed: 11.5 MHz")
  }

  /// The fastest core is no use where the link beside it is too slow.
  func testASeedWhoseLinkKeepsUpIsTaken() throws {
    let run = try build(
      options("icebreaker") + ["--clock-mhz", "50", "--seeds", "3", "--json"],
      environment: ["LINK_MHZ_OF_SEED_2": "11.5"])
    XCTAssertEqual(run.status, 0, run.error)
    XCTAssertTrue(run.output.contains("\"seed\" : 1,"), run.output)
    XCTAssertTrue(run.output.contains("\"reachedMHz\" : 90.5"), run.output)
  }

  /// Place and route takes minutes; a folder that cannot be written is told before.
  func testAFolderThatIsSomebodysIsToldBeforeAnyToolRuns() throws {
    try FileManager.default.createDirectory(
      atPath: work.appendingPathComponent("out").path, withIntermediateDirectories: true)
    try write("mine", to: "out/thesis.txt")
    let run = try build(options("icebreaker") + ["--clock-mhz", "50"])
    XCTAssertEqual(run.status, 73)
    XCTAssertTrue(run.error.contains("[foreign-folder]"), run.error)
    XCTAssertThrowsError(try tools.recorded())
  }

  func testAMissingToolIsToldBeforeAnyRuns() throws {
    try tools.remove("icepack")
    // One that Debian does not have: this machine's own would be found otherwise.
    try tools.remove("ecppack")
    let run = try build(
      options("ulx3s-25f") + ["--clock-mhz", "50"], environment: ["LSTMG_CACHE": temporary.path])
    check(run, 69, "ecppack is not installed")
    XCTAssertTrue(run.error.contains("lstmg-hdl doctor --install"), run.error)
    XCTAssertThrowsError(try tools.recorded())
  }

  func testAToolThatFails() throws {
    try tools.add("nextpnr-ice40", "echo 'ERROR: no place left'; exit 3")
    let run = try build(options("icebreaker") + ["--clock-mhz", "50"])
    check(run, 1, "nextpnr-ice40 failed: exit status 3")
    XCTAssertTrue(run.error.contains("ERROR: no place left"))
    XCTAssertTrue(run.error.contains("--up5k"))
  }

  func testAToolThatIsKilled() throws {
    try tools.add("yosys", "kill -9 $$")
    check(
      try build(options("icebreaker") + ["--clock-mhz", "50"]), 1, "yosys failed: ended by signal 9"
    )
  }

  func testAWarningOfSynthesis() throws {
    try tools.add(
      "yosys",
      "while [ $# -gt 0 ]; do [ \"$1\" = -l ] && echo 'Warning: Driver-driver conflict' > \"$2\";"
        + " shift; done")
    check(
      try build(options("icebreaker") + ["--clock-mhz", "50"]), 1, "yosys objects to net_board")
  }

  func testAReportThatCannotBeRead() throws {
    try tools.add(
      "nextpnr-ice40",
      "while [ $# -gt 0 ]; do [ \"$1\" = --report ] && echo '{' > \"$2\"; shift; done")
    check(
      try build(options("icebreaker") + ["--clock-mhz", "50"]), 1,
      "the report of nextpnr cannot be read")
  }

  func testBoardsWithoutOpenTools() throws {
    check(try build(options("arty-a7-35t")), 64, "no open tools make a bitstream")
  }

  func testUsage() throws {
    check(try build([spec] + counts(golden) + ["-o", "out"]), 64, "no board is given")
    check(try build(options("icebreaker") + ["--target", "ice40"]), 64, "--board names the device")
    check(try build(options("icebreaker") + ["--seeds", "0"]), 64, "--seeds takes 1 to 100")
    check(
      try build(options("icebreaker") + ["--clock-mhz", "3"]), 64,
      "makes no clock of at most 3.0 MHz")
    XCTAssertTrue(
      try build(options("icebreaker") + ["--clock-mhz", "3"]).error.contains(
        "hint: its slowest clock is 16.125 MHz"))
    check(try build(options("icebraker")), 64, "there is no board 'icebraker'")
  }

  // MARK: boards

  func testBoardsAreListed() throws {
    let list = try succeed(["boards"])
    XCTAssertTrue(list.contains("icebreaker    iCEBreaker v1: up5k, 12 MHz"), list)
    XCTAssertTrue(try succeed(["boards", "ulx3s-85f"]).contains("tx L4"))
    let boards = try object(succeed(["boards", "--json"]))["boards"] as? [[String: Any]]
    XCTAssertEqual(boards?.count, 8)
  }
}
