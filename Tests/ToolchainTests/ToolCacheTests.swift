import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

final class ToolCacheTests: FolderTestCase {
  private var cache: ToolCache { ToolCache(root: folder + "/cache") }

  private func entry(
    _ parts: [String], text: String = "made"
  ) async throws -> (path: String, isNew: Bool) {
    var isNew = false
    let path = try await cache.entry("things", madeOf: parts.map { Array($0.utf8) }) {
      path throws(Diagnostic) in
      isNew = true
      try Files.write(Array(text.utf8), to: path + "/file")
    }
    return (path, isNew)
  }

  func testEntryIsMadeOnceAndThenFound() async throws {
    let first = try await entry(["a", "b"])
    let second = try await entry(["a", "b"], text: "made again")
    XCTAssertTrue(first.isNew)
    XCTAssertFalse(second.isNew)
    XCTAssertEqual(first.path, second.path)
    XCTAssertEqual(try Files.read(first.path + "/file"), Array("made".utf8))
    XCTAssertEqual(names(in: folder + "/cache/things").count, 1)
  }

  func testBoundariesBetweenPartsCount() async throws {
    let paths = [
      try await entry(["ab", "c"]).path, try await entry(["a", "bc"]).path,
      try await entry(["abc"]).path, try await entry(["abc", ""]).path,
    ]
    XCTAssertEqual(Set(paths).count, 4)
  }

  func testFailureLeavesNothing() async throws {
    let wanted = Diagnostic(id: "wanted", "wanted")
    let diagnostic = try await failure {
      try await cache.entry("things", madeOf: []) { _ throws(Diagnostic) in throw wanted }
    }
    XCTAssertEqual(diagnostic, wanted)
    XCTAssertEqual(names(in: folder + "/cache/things"), [])
  }

  func testFasterNeighbourWins() async throws {
    let (cache, parts) = (cache, [Array("a".utf8)])
    let outer = try await cache.entry("things", madeOf: parts) { path throws(Diagnostic) in
      try Files.write(Array("slow".utf8), to: path + "/file")
      _ = try await cache.entry("things", madeOf: parts) { path throws(Diagnostic) in
        try Files.write(Array("fast".utf8), to: path + "/file")
      }
    }
    XCTAssertEqual(try Files.read(outer + "/file"), Array("fast".utf8))
    XCTAssertEqual(names(in: folder + "/cache/things").count, 1)
  }

  func testLongestUnusedEntriesGo() async throws {
    let first = try await entry(["0"]).path
    for number in 1..<100 {
      let path = try await entry(["\(number)"]).path
      // Older than the first one, the later the newer.
      let past = [timeval(tv_sec: number, tv_usec: 0), timeval(tv_sec: number, tv_usec: 0)]
      XCTAssertEqual(utimes(path, past), 0)
    }
    let last = try await entry(["last"]).path
    XCTAssertEqual(names(in: folder + "/cache/things").count, 100)
    XCTAssertTrue(FileManager.default.fileExists(atPath: first))
    XCTAssertTrue(FileManager.default.fileExists(atPath: last))
    let gone = try await entry(["1"])
    XCTAssertTrue(gone.isNew)
  }

  func testFolderThatCannotBeWrittenIsReported() async throws {
    try write("", to: "cache")
    let diagnostic = try await failure { try await entry(["a"]) }
    XCTAssertEqual(diagnostic.id, "cannot-create")
    XCTAssertEqual(diagnostic.exitCode, .cannotCreate)
    XCTAssertEqual(diagnostic.location?.file, folder + "/cache/things")
    XCTAssertEqual(diagnostic.hint, "set LSTMG_CACHE to a folder that can be written")
  }

  func testPlaceFollowsTheEnvironment() {
    XCTAssertEqual(
      ToolCache(environment: ["LSTMG_CACHE": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"]).root,
      "/a")
    XCTAssertEqual(
      ToolCache(environment: ["LSTMG_CACHE": "", "XDG_CACHE_HOME": "/b", "HOME": "/c"]).root,
      "/b/lstmg-hdl")
    // The standard says that a relative one counts for nothing.
    XCTAssertEqual(
      ToolCache(environment: ["XDG_CACHE_HOME": "b", "HOME": "/c"]).root, "/c/.cache/lstmg-hdl")
    XCTAssertTrue(ToolCache(environment: [:]).root.hasSuffix("/lstmg-hdl-cache-\(getuid())"))
  }
}
