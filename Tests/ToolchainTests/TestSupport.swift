import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

/// The `sim` folder of the repository.
let testbenchFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../sim").standardized.path

/// Kept between runs, because Verilator's runtime takes seconds to compile.
let sharedCache = ToolCache(
  root: FileManager.default.temporaryDirectory.path + "/lstmg-hdl-test-cache-\(getuid())")

/// A test case with a folder of its own.
class FolderTestCase: XCTestCase {
  private(set) var folder = ""

  override func setUpWithError() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lstmg-hdl-test-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(atPath: folder) }

  /// Names of what a folder holds.
  func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }
}

/// The diagnostic that the work throws.
func failure<Result>(
  file: StaticString = #filePath, line: UInt = #line,
  of work: () async throws -> Result
) async throws -> Diagnostic {
  do {
    let result = try await work()
    XCTFail("no error but \(result)", file: file, line: line)
  } catch let diagnostic as Diagnostic {
    return diagnostic
  }
  throw CancellationError()
}
