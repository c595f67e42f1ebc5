import Diagnostics
import XCTest

@testable import Toolchain

final class SideBySideTests: XCTestCase {
  func testResultsKeepTheOrderOfThePieces() async throws {
    for _ in 0..<200 {
      let pieces = (0..<5).map { number in
        { @Sendable () async throws -> Int in
          for _ in 0..<(5 - number) { await Task.yield() }
          return number
        }
      }
      let results = try await SideBySide.run(pieces)
      XCTAssertEqual(results, [0, 1, 2, 3, 4])
    }
  }

  func testFailureOfOneIsTheFailureOfAll() async throws {
    let wanted = Diagnostic(id: "wanted", "wanted")
    let pieces: [@Sendable () async throws -> String] = [
      { "done" }, { throw wanted }, { try await JobRunner().run(Job(.file("/bin/sleep"), ["60"])) },
    ]
    let diagnostic = try await failure { try await SideBySide.run(pieces) }
    XCTAssertEqual(diagnostic, wanted)
  }
}
