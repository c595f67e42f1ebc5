import Foundation
import GoldenCases
import XCTest

final class PrintTests: ProgramTestCase {
  func testCanonicalTextsArePrintedAsTheyAre() throws {
    let folder = GoldenCase.fixtures.appendingPathComponent("valid-text")
    for name in try names(in: folder) where name.hasSuffix(".canonical") {
      let spec = folder.appendingPathComponent(name).deletingPathExtension()
        .appendingPathExtension("spec")
      guard FileManager.default.fileExists(atPath: spec.path) else { continue }
      let wanted = try String(
        contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      XCTAssertEqual(try succeed(["print", spec.path]), wanted, name)
    }
  }

  func testAnAutomaticSpecBecomesTheManualOneOfItsWeights() throws {
    let golden = GoldenCase.named("conntype0-downstream")
    try Data(try XCTUnwrap(golden.bytes(of: "auto.spec"))).write(
      to: work.appendingPathComponent("auto.spec"))
    try Data(try XCTUnwrap(golden.bytes(of: "weights.csv"))).write(
      to: work.appendingPathComponent("weights.csv"))
    try succeed(["print", "auto.spec", "--weights", "weights.csv", "-o", "net.spec"])
    let printed = try read("net.spec")
    XCTAssertEqual(Array(printed.utf8), golden.specBytes)
    let other = try succeed(["print", "auto.spec", "--seed", "7"])
    XCTAssertEqual(other, try succeed(["print", "auto.spec", "--seed", "7"]))
    XCTAssertNotEqual(other, try succeed(["print", "auto.spec", "--seed", "8"]))
  }

  func testATooShortListOfWeightsIsRejected() throws {
    let golden = GoldenCase.named("conntype0-downstream")
    try Data(try XCTUnwrap(golden.bytes(of: "auto.spec"))).write(
      to: work.appendingPathComponent("auto.spec"))
    try write("0.1\n", to: "weights.csv")
    let run = try run(["print", "auto.spec", "--weights", "weights.csv"])
    XCTAssertEqual(run.status, 65)
    XCTAssertTrue(run.error.hasPrefix("weights.csv: error: the file has 1 weights"), run.error)
  }
}
