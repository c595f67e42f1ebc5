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

  /// Command lines of processes that know this test's folder.
  private func survivors() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
      .compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
      .filter { $0.contains(folder.lastPathComponent) }
  }
}
