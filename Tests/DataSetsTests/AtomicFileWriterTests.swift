import Diagnostics
import Foundation
import XCTest

@testable import DataSets

final class AtomicFileWriterTests: XCTestCase {
  private var folder = ""

  override func setUpWithError() throws { folder = try temporaryFolder() }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: folder) }

  func testNewFileHoldsTheTextAndNothingElseIsLeft() throws {
    try AtomicFileWriter().write("größer\n", to: folder + "/a.txt")
    XCTAssertEqual(try FileReader().read(folder + "/a.txt"), [UInt8]("größer\n".utf8))
    XCTAssertEqual(try contents(), ["a.txt"])
  }

  func testNewFileHasTheUsualPermissions() throws {
    close(open(folder + "/usual", O_CREAT | O_WRONLY, 0o666))
    try AtomicFileWriter().write("x", to: folder + "/a")
    XCTAssertEqual(try permissions("a"), try permissions("usual"))
  }

  func testReplacedFileKeepsItsPermissions() throws {
    let path = folder + "/a"
    try AtomicFileWriter().write("old", to: path)
    XCTAssertEqual(chmod(path, 0o640), 0)
    try AtomicFileWriter().write("new", to: path)
    XCTAssertEqual(try FileReader().read(path), [UInt8]("new".utf8))
    XCTAssertEqual(try permissions("a"), 0o640)
  }

  func testLinkStaysAndItsTargetIsReplaced() throws {
    try AtomicFileWriter().write("old", to: folder + "/target")
    XCTAssertEqual(symlink("target", folder + "/link"), 0)
    try AtomicFileWriter().write("new", to: folder + "/link")
    XCTAssertEqual(try FileReader().read(folder + "/target"), [UInt8]("new".utf8))
    XCTAssertEqual(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link"), "target")
  }

  func testPipeIsWrittenInPlace() throws {
    let path = folder + "/pipe"
    XCTAssertEqual(mkfifo(path, 0o600), 0)
    // Holds the pipe open, so that the writer does not wait for a reader.
    let reader = open(path, O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    try AtomicFileWriter().write("through", to: path)
    var bytes = [UInt8](repeating: 0, count: 100)
    XCTAssertEqual(Foundation.read(reader, &bytes, 100), 7)
    XCTAssertEqual(bytes.prefix(7), ArraySlice("through".utf8))
  }

  func testFileInAMissingFolderCannotBeCreated() {
    let path = folder + "/none/a"
    assertFailure(
      path, "\(path): error: cannot create the file: no such file or directory [cannot-create]",
      .cannotCreate)
  }

  func testFolderCannotBeReplaced() throws {
    assertFailure(
      folder, "\(folder): error: cannot create the file: is a directory [cannot-create]",
      .cannotCreate)
  }

  func testFullDiskIsReported() throws {
    // A device of its own: run by root, a broken writer would replace the system's /dev/full.
    let path = folder + "/full"
    try XCTSkipUnless(
      mknod(path, S_IFCHR | 0o600, 0x107) == 0, "only root can make a device of its own")
    assertFailure(
      path, "\(path): error: cannot write the file: no space left on device [write-failed]",
      .inputOutput)
  }

  func testFailedWriteLeavesTheOldFileAndNoTemporaryOne() throws {
    let path = folder + "/a"
    try AtomicFileWriter().write("old", to: path)
    withFileSizeLimit(1000) {
      assertFailure(
        path, "\(path): error: cannot write the file: file too large [write-failed]",
        .inputOutput, size: 5000)
    }
    XCTAssertEqual(try FileReader().read(path), [UInt8]("old".utf8))
    XCTAssertEqual(try contents(), ["a"])
  }

  private func assertFailure(
    _ path: String, _ text: String, _ status: ExitStatus, size: Int = 1, line: UInt = #line
  ) {
    do throws(Diagnostic) {
      try AtomicFileWriter().write([UInt8](repeating: 1, count: size), to: path)
      XCTFail("no error", line: line)
    } catch {
      XCTAssertEqual(DiagnosticRenderer().render(error), text, line: line)
      XCTAssertEqual(error.exitCode, status, line: line)
    }
  }

  /// The system then fails a write half way, as on a full disk.
  private func withFileSizeLimit(_ size: UInt, _ body: () -> Void) {
    let handler = signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    var low = rlimit(rlim_cur: size, rlim_max: limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &low)
    defer {
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      signal(SIGXFSZ, handler)
    }
    body()
  }

  private func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func permissions(_ name: String) throws -> mode_t {
    var status = stat()
    XCTAssertEqual(stat("\(folder)/\(name)", &status), 0)
    return status.st_mode & 0o777
  }
}
