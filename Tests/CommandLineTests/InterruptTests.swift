import Foundation
import GoldenCases
import XCTest

final class InterruptTests: ProgramTestCase {
  func testAnInterruptedSimulationEndsAtOnceAndLeavesNothing() throws {
    let golden = GoldenCase.named("trained-parity")
    try place(golden)
    let process = process(
      [
        "simulate", "net.spec", "--data", "inputs.csv", "--engine", "icarus", "--output", "out.csv",
        "--verbose",
      ] + counts(golden))
    let log = Pipe()
    process.standardError = log
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // Icarus takes half a minute for this; the line comes before it is started.
    var text = ""
    while !text.contains("simulating 3400 steps") {
      let data = log.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      text += String(decoding: data, as: UTF8.self)
    }
    XCTAssertTrue(text.contains("simulating 3400 steps in icarus"), text)
    process.interrupt()
    text += String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    XCTAssertEqual(process.terminationReason, .exit)
    XCTAssertEqual(process.terminationStatus, 130)
    XCTAssertTrue(text.contains("error: interrupted [interrupted]"), text)
    XCTAssertFalse(exists("out.csv"))
    XCTAssertEqual(try names(in: temporary), [])
    XCTAssertEqual(try survivors(), [])
  }

  func testAnInterruptedGenerationWritesNothing() throws {
    let golden = GoldenCase.named("random-1000")
    try place(golden)
    let process = process(
      ["generate", "net.spec", "-o", "out", "--verbose"] + counts(golden))
    let log = Pipe()
    process.standardError = log
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    var text = ""
    while !text.contains("compiling") {
      let data = log.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      text += String(decoding: data, as: UTF8.self)
    }
    process.interrupt()
    _ = log.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 130)
    XCTAssertFalse(exists("out"))
    XCTAssertEqual(try names(in: temporary), [])
    XCTAssertEqual(try names(in: work).filter { $0.hasPrefix(".lstmg") }, [])
  }

  /// While a tool runs, whichever it is: nothing is written, and an older folder stays as it was.
  func testAnInterruptedBuildLeavesNothing() throws {
    let golden = GoldenCase.named("mixed-modes")
    try place(golden)
    for (tool, signal) in [("yosys", SIGINT), ("nextpnr-ice40", SIGTERM), ("icepack", SIGHUP)] {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent("tools"))
      let tools = try FakeTools(in: folder)
      try tools.addBitstreamTools()
      let environment = tools.environment.merging(["LSTMG_CACHE": temporary.path + "/cache"]) {
        $1
      }
      let options =
        ["build", golden.specName] + counts(golden)
        + ["--board", "icebreaker", "--lanes", "1", "--clock-mhz", "50", "-o", "out"]
      if exists("out") { XCTAssertEqual(try run(options, environment: environment).status, 0) }
      let before = try? files(below: "out")
      // A child of its own, as YoWASP's tools have.
      let begun = folder.appendingPathComponent("begun-\(tool)").path
      try tools.add(tool, "sleep 600 & echo > '\(begun)'; wait")
      let process = process(options, environment: environment)
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      while process.isRunning, !FileManager.default.fileExists(atPath: begun) { usleep(10_000) }
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      XCTAssertEqual(process.terminationStatus, 130, tool)
      XCTAssertEqual(try? files(below: "out"), before, tool)
      XCTAssertEqual(try names(in: temporary), ["cache"], tool)
      XCTAssertEqual(try names(in: temporary.appendingPathComponent("cache/build")), [], tool)
      XCTAssertEqual(try names(in: work).filter { $0.hasPrefix(".lstmg") }, [], tool)
      XCTAssertEqual(try survivors(), [], tool)
      // The next round finds a folder.
      try tools.addBitstreamTools()
      if !exists("out") { XCTAssertEqual(try run(options, environment: environment).status, 0) }
    }
  }

  /// Command lines of processes that know this test's folder.
  private func survivors() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
      .compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
      .filter { $0.contains(folder.lastPathComponent) }
  }
}
