import Diagnostics
import Foundation
import XCTest

@testable import DataSets

final class FileReaderTests: XCTestCase {
  private var folder = ""

  override func setUpWithError() throws { folder = try temporaryFolder() }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: folder) }

  func testWholeFileIsRead() throws {
    for size in [0, 1, 65_536, 300_000] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      XCTAssertEqual(try FileReader().read(try file("data", bytes)), bytes)
    }
  }

  func testPipeIsReadToItsEnd() throws {
    let path = folder + "/pipe"
    XCTAssertEqual(mkfifo(path, 0o600), 0)
    let bytes = [UInt8](repeating: 7, count: 200_000)
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", "head -c 200000 /dev/zero | tr '\\0' '\\7' > \(path)"]
    try writer.run()
    XCTAssertEqual(try FileReader().read(path), bytes)
    writer.waitUntilExit()
  }

  func testGzippedFileIsUnpacked() throws {
    let text = [UInt8](String(repeating: "0.25,-1\n", count: 50_000).utf8)
    XCTAssertEqual(try FileReader().read(try gzipped("data.csv", text)), text)
  }

  func testWhatUnpacksToFarMoreThanItsSizeIsRefused() throws {
    // Packed files behind one another are one packed file.
    let part = try FileReader().read(
      renamed(try gzipped("zeros", [UInt8](repeating: 0, count: 1 << 24)), "packed"))
    let path = folder + "/bomb.gz"
    let whole = Array(repeating: part, count: 40).flatMap { $0 }
    try Data(whole).write(to: URL(fileURLWithPath: path))
    XCTAssertThrowsError(try FileReader().read(path)) { error in
      XCTAssertEqual((error as? Diagnostic)?.id, "file-too-large")
    }
  }

  func testTruncatedGzipIsReported() throws {
    let path = try gzipped("data.csv", (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * $0) })
    let packed = try FileReader().read(renamed(path, "packed"))
    let cut = try file("cut.csv.gz", Array(packed.dropLast(20)))
    assertFailure(
      cut,
      "\(cut): error: cannot unpack the file: gzip: stdin: unexpected end of file "
        + "[damaged-gzip]", .invalidData)
  }

  func testPlainTextNamedGzipIsReported() throws {
    let path = try file("plain.csv.gz", [UInt8]("1,2\n".utf8))
    assertFailure(
      path,
      "\(path): error: cannot unpack the file: gzip: stdin: not in gzip format "
        + "[damaged-gzip]", .invalidData)
  }

  func testMissingFileIsReported() throws {
    for path in ["\(folder)/none.csv", "\(folder)/none.csv.gz", try file("f", []) + "/none"] {
      assertFailure(path, "\(path): error: file not found [missing-file]", .missingFile)
    }
  }

  func testFolderIsReported() {
    assertFailure(
      folder,
      "\(folder): error: this is a folder [unreadable-file]\n  hint: name a file in it",
      .inputOutput)
  }

  func testReadErrorIsReported() throws {
    // Address 0 of a process is never mapped.
    let path = "/proc/self/mem"
    try XCTSkipUnless(FileManager.default.fileExists(atPath: path))
    assertFailure(
      path, "\(path): error: cannot read the file: input/output error [unreadable-file]",
      .inputOutput)
  }

  private func assertFailure(
    _ path: String, _ text: String, _ status: ExitStatus, line: UInt = #line
  ) {
    do throws(Diagnostic) {
      _ = try FileReader().read(path)
      XCTFail("no error", line: line)
    } catch {
      XCTAssertEqual(DiagnosticRenderer().render(error), text, line: line)
      XCTAssertEqual(error.exitCode, status, line: line)
    }
  }

  private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = "\(folder)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func renamed(_ path: String, _ name: String) throws -> String {
    try FileManager.default.moveItem(atPath: path, toPath: "\(folder)/\(name)")
    return "\(folder)/\(name)"
  }

  private func gzipped(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = try file(name, bytes)
    let process = try Process.run(
      URL(fileURLWithPath: "/usr/bin/env"), arguments: ["gzip", path])
    process.waitUntilExit()
    return path + ".gz"
  }
}
