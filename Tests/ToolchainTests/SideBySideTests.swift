import Diagnostics
import Synchronization
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

  func testNoMoreRunAtOnceThanTheLimitSays() async throws {
    let running = Mutex((now: 0, most: 0))
    let pieces = (0..<20).map { number in
      { @Sendable () async throws -> Int in
        running.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        for _ in 0..<50 { await Task.yield() }
        running.withLock { $0.now -= 1 }
        return number
      }
    }
    let results = try await SideBySide.run(pieces, limit: 3)
    XCTAssertEqual(results, Array(0..<20))
    XCTAssertLessThanOrEqual(running.withLock(\.most), 3)
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
