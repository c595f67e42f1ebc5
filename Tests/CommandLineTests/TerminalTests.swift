import Foundation
import Glibc
import GoldenCases
import XCTest

/// What changes when a person watches: standard error is a terminal.
final class TerminalTests: ProgramTestCase {
  func testErrorsAreColouredAtATerminalUnlessNoColorIsSet() throws {
    let red = "none.spec: \u{1B}[1;31merror:\u{1B}[0m file not found"
    XCTAssertTrue(try watched(["generate", "none.spec"]).contains(red))
    let plain = try watched(["generate", "none.spec"], environment: ["NO_COLOR": "1"])
    XCTAssertTrue(plain.contains("none.spec: error: file not found"), plain)
    let dumb = try watched(["generate", "none.spec"], environment: ["TERM": "dumb"])
    XCTAssertTrue(dumb.contains("none.spec: error: file not found"), dumb)
  }

  func testProgressIsShownAndWipedAtATerminalOnly() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let arguments = ["simulate", "net.csv", "--data", "inputs.csv", "--engine", "float"]
    let shown = try watched(arguments)
    XCTAssertTrue(shown.contains("\r\u{1B}[Krunning the float reference ..."), shown)
    XCTAssertTrue(shown.hasSuffix("\r\u{1B}[K"), shown)
    XCTAssertEqual(try run(arguments).error, "")
  }

  /// What the program writes to a terminal on standard error.
  private func watched(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> String {
    // The functions for this are invisible here; these two calls are what they do on Linux.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    XCTAssertGreaterThanOrEqual(master, 0)
    var lock: Int32 = 0
    XCTAssertEqual(ioctl(master, 0x4004_5431, &lock), 0)
    var number: Int32 = 0
    XCTAssertEqual(ioctl(master, 0x8004_5430, &number), 0)
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    XCTAssertGreaterThanOrEqual(slave, 0)
    let process = process(
      arguments,
      environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    try process.run()
    process.waitUntilExit()
    close(slave)
    // With the other end closed, reading ends with an error once all is read.
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = Glibc.read(master, &buffer, buffer.count), count > 0 {
      text += buffer.prefix(count)
    }
    close(master)
    return String(decoding: text, as: UTF8.self)
  }
}
