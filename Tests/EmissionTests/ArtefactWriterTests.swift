import Diagnostics
import Emission
import Foundation
import XCTest

final class ArtefactWriterTests: XCTestCase {
  private static let manifest = #"{"schema":"lstmg-hdl/1","files":["rtl/deep/a.v","host/a.c"]}"#
  private let first = [
    Artefact(path: "manifest.json", text: ArtefactWriterTests.manifest),
    Artefact(path: "rtl/deep/a.v", text: "first"),
  ]

  func testAFolderIsCreatedWithItsParents() throws {
    try withTemporaryFolder { folder in
      let output = folder.path + "/a/b/out"
      try ArtefactWriter().write(first, to: output)
      XCTAssertEqual(
        try contents(output),
        ["manifest.json": Self.manifest, "rtl/deep/a.v": "first"])
      XCTAssertEqual(try names(in: folder.path + "/a/b"), ["out"])
    }
  }

  func testAFolderOfAnEarlierRunIsReplacedWhole() throws {
    try withTemporaryFolder { folder in
      let output = folder.path + "/out"
      try ArtefactWriter().write(first, to: output)
      let second = [first[0], Artefact(path: "rtl/b.v", text: "second")]
      try ArtefactWriter().write(second, to: output + "/")
      XCTAssertEqual(
        try contents(output),
        ["manifest.json": Self.manifest, "rtl/b.v": "second"])
      XCTAssertEqual(try names(in: folder.path), ["out"])
    }
  }

  func testAnEmptyFolderAndALinkToOneAreFilled() throws {
    try withTemporaryFolder { folder in
      let real = folder.path + "/real"
      try FileManager.default.createDirectory(atPath: real, withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/link", withDestinationPath: real)
      try ArtefactWriter().write(first, to: folder.path + "/link")
      XCTAssertEqual(try contents(real).count, 2)
      XCTAssertEqual(try names(in: folder.path), ["link", "real"])
    }
  }

  func testAForeignFolderIsRefusedAndLeftAlone() throws {
    try withTemporaryFolder { folder in
      try Data("mine".utf8).write(to: folder.appendingPathComponent("thesis.txt"))
      let found = diagnostics { try ArtefactWriter().write(first, to: folder.path) }
      XCTAssertEqual(found.map(\.id), ["foreign-folder"])
      XCTAssertEqual(found.first?.exitCode, .cannotCreate)
      XCTAssertEqual(
        found.first?.message,
        "the folder is not empty and holds no manifest.json of an earlier run")
      XCTAssertEqual(found.first?.location?.file, folder.path)
      XCTAssertNotNil(found.first?.hint)
      XCTAssertEqual(try contents(folder.path), ["thesis.txt": "mine"])
    }
  }

  func testAManifestOfSomethingElseDoesNotMakeAFolderOurs() throws {
    try withTemporaryFolder { folder in
      try Data(#"{"name":"my web app"}"#.utf8)
        .write(to: folder.appendingPathComponent("manifest.json"))
      let found = diagnostics { try ArtefactWriter().write(first, to: folder.path) }
      XCTAssertEqual(found.map(\.id), ["foreign-folder"])
      XCTAssertEqual(try contents(folder.path), ["manifest.json": #"{"name":"my web app"}"#])
    }
  }

  func testAFileOfTheUsersInAGeneratedFolderIsNotLost() throws {
    try withTemporaryFolder { folder in
      let output = folder.path + "/out"
      try ArtefactWriter().write(first, to: output)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: output + "/notes.txt"))
      let found = diagnostics { try ArtefactWriter().write(first, to: output) }
      XCTAssertEqual(
        found.map(\.message), ["the folder also holds 'notes.txt', which no run has written"])
      XCTAssertEqual(try contents(output)["notes.txt"], "mine")
    }
  }

  func testAFileOfTheUsersBelowOursIsNotLost() throws {
    for name in ["rtl/mine.v", "rtl/deep/notes.txt", "host/b", "c/a.h", "sim/notes.txt"] {
      try withTemporaryFolder { folder in
        let output = folder.path + "/out"
        try ArtefactWriter().write(first, to: output)
        try place(name, in: output)
        let found = diagnostics { try ArtefactWriter().check(output) }
        XCTAssertEqual(
          found.map(\.message), ["the folder also holds '\(name)', which no run has written"])
        XCTAssertEqual(found, diagnostics { try ArtefactWriter().write(first, to: output) })
        XCTAssertEqual(try contents(output)[name], "mine")
      }
    }
  }

  func testWhatCanBeMadeAgainIsReplaced() throws {
    try withTemporaryFolder { folder in
      let output = folder.path + "/out"
      try ArtefactWriter().write(first, to: output)
      for name in ["sim/build/x/Vdut", "host/a", "host/__pycache__/a.pyc", "sim/run.vcd"] {
        try place(name, in: output)
      }
      try ArtefactWriter().check(output)
      try ArtefactWriter().write(first, to: output)
      XCTAssertEqual(try contents(output).keys.sorted(), ["manifest.json", "rtl/deep/a.v"])
    }
  }

  private func place(_ name: String, in folder: String) throws {
    let file = URL(fileURLWithPath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: file)
  }

  func testTheWorkingFolderIsNotReplaced() throws {
    let here = FileManager.default.currentDirectoryPath
    let found = diagnostics { try ArtefactWriter().write(first, to: here) }
    XCTAssertEqual(found.map(\.id), ["foreign-folder"])
  }

  func testAFileInThePlaceOfTheFolderIsRefused() throws {
    try withTemporaryFolder { folder in
      let file = folder.path + "/out"
      try Data().write(to: URL(fileURLWithPath: file))
      for output in [file, file + "/below"] {
        let found = diagnostics { try ArtefactWriter().write(first, to: output) }
        XCTAssertEqual(found.map(\.id), ["cannot-create"], output)
        XCTAssertEqual(found.first?.exitCode, .cannotCreate)
      }
      XCTAssertEqual(try names(in: folder.path), ["out"])
    }
  }

  func testAFailureLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      // The second artefact needs a folder where the first one is a file.
      let broken = [Artefact(path: "a", text: ""), Artefact(path: "a/b", text: "")]
      let output = folder.path + "/out"
      let found = diagnostics { try ArtefactWriter().write(broken, to: output) }
      XCTAssertEqual(found.first?.exitCode, .cannotCreate)
      XCTAssertEqual(try names(in: folder.path), [])
    }
  }

  func testACancelledTaskLeavesTheEarlierFolder() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("emission-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.path + "/out"
    let artefacts = first
    try ArtefactWriter().write(artefacts, to: output)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      do {
        try ArtefactWriter().write(artefacts, to: output)
        return ""
      } catch { return (error as? DiagnosticList)?.diagnostics.first?.id ?? "\(error)" }
    }
    task.cancel()
    let id = await task.value
    XCTAssertEqual(id, "interrupted")
    XCTAssertEqual(try contents(output).count, 2)
    XCTAssertEqual(try names(in: folder.path), ["out"])
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  /// Text of every file below a folder.
  private func contents(_ folder: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      if let data = FileManager.default.contents(atPath: folder + "/" + name) {
        result[name] = String(decoding: data, as: UTF8.self)
      }
    }
    return result
  }
}
