import Assets
import Foundation
import XCTest

final class AssetLocatorTests: XCTestCase {
  func testTheBuildFindsItsOwnAssets() throws {
    XCTAssertTrue(try AssetLocator().text("Templates/network.h.mustache").contains("{{name}}_step"))
  }

  func testTheOptionComesBeforeTheEnvironment() throws {
    try withTemporaryFolder { folder in
      for name in ["option", "environment"] { try fill(folder.appendingPathComponent(name), name) }
      let environment = ["LSTMG_ASSETS": folder.path + "/environment"]
      let both = AssetLocator(option: folder.path + "/option", environment: environment)
      XCTAssertEqual(try both.text("hdl/a.v"), "option")
      XCTAssertEqual(try AssetLocator(environment: environment).text("hdl/a.v"), "environment")
    }
  }

  func testAMovedBinaryFindsAssetsBesideItAndInShare() throws {
    try withTemporaryFolder { folder in
      let binary = folder.appendingPathComponent("bin/lstmg-hdl")
      try fill(folder.appendingPathComponent("share/lstmg-hdl"), "share")
      let locator = AssetLocator(environment: [:], executable: binary)
      XCTAssertEqual(try locator.text("hdl/a.v"), "share")
      try fill(folder.appendingPathComponent("bin"), "beside")
      XCTAssertEqual(try locator.text("hdl/a.v"), "beside")
    }
  }

  func testTheErrorListsWhatWasTried() throws {
    let found = diagnostics {
      _ = try AssetLocator(option: "/nonexistent/a", environment: [:]).text("hdl/a.v")
    }
    XCTAssertEqual(found.map(\.id), ["missing-assets"])
    XCTAssertEqual(
      found.first?.message, "cannot find folders Templates, boards, hdl, sim of lstmg-hdl")
    XCTAssertEqual(found.first?.notes.map(\.message), ["tried /nonexistent/a"])
    XCTAssertEqual(found.first?.exitCode, .internalError)
  }

  func testAMissingFileIsNamed() throws {
    try withTemporaryFolder { folder in
      try fill(folder, "x")
      let found = diagnostics {
        _ = try AssetLocator(option: folder.path).text("hdl/b.v")
      }
      XCTAssertEqual(found.first?.message, "cannot find hdl/b.v of lstmg-hdl")
    }
  }

  func testFilesAreSortedAndIncludeSubfolders() throws {
    try withTemporaryFolder { folder in
      try fill(folder, "x")
      let family = folder.appendingPathComponent("hdl/ecp5")
      try FileManager.default.createDirectory(at: family, withIntermediateDirectories: true)
      try Data().write(to: family.appendingPathComponent("z.v"))
      try Data().write(to: folder.appendingPathComponent("hdl/.hidden"))
      XCTAssertEqual(try AssetLocator(option: folder.path).files(in: "hdl"), ["a.v", "ecp5/z.v"])
    }
  }

  private func fill(_ folder: URL, _ text: String) throws {
    for name in ["Templates", "boards", "hdl", "sim"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    try Data(text.utf8).write(to: folder.appendingPathComponent("hdl/a.v"))
  }
}
