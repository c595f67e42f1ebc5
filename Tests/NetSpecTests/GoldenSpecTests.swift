import Foundation
import GoldenCases
import NetSpec
import Network
import XCTest

final class GoldenSpecTests: XCTestCase {
  private let printer = NetSpecPrinter()

  private func read(_ golden: GoldenCase, _ file: String) throws -> NetSpecDocument? {
    guard let bytes = golden.bytes(of: file) else { return nil }
    return try NetSpecReader(inputCount: golden.inputCount, outputCount: golden.outputCount)
      .read(bytes, file: file)
  }

  private func text(_ document: NetSpecDocument) -> String {
    printer.text(
      document.network, dialect: document.dialect, carriesStates: document.carriesStates)
  }

  func testAllGoldenCasesAreFound() {
    XCTAssertEqual(GoldenCase.all.count, 32)
    XCTAssertEqual(GoldenCase.all.map(\.name), GoldenCase.all.map(\.name).sorted())
  }

  func testEveryGoldenSpecPrintsByteForByte() throws {
    var finals = 0
    for golden in GoldenCase.all {
      for file in [golden.specName, golden.specName.replacingOccurrences(of: "net", with: "final")]
      {
        guard let document = try read(golden, file) else { continue }
        finals += file.hasPrefix("final") ? 1 : 0
        XCTAssertEqual(document.dialect, golden.dialect)
        XCTAssertEqual(document.warnings, [])
        let printed = Array(text(document).utf8)
        // An assertion on the texts themselves would print megabytes.
        XCTAssertTrue(printed == golden.bytes(of: file), "\(golden.name)/\(file) prints otherwise")
        let again = try NetSpecReader(
          inputCount: golden.inputCount, outputCount: golden.outputCount
        ).read(printed, file: file)
        XCTAssertTrue(again.network == document.network, "\(golden.name)/\(file) reads otherwise")
      }
    }
    XCTAssertGreaterThan(finals, 20)
  }

  func testDialectIsRecognisedWithoutAName() {
    for golden in GoldenCase.all {
      XCTAssertEqual(Dialect.detected(in: golden.specBytes, file: "?"), golden.dialect, golden.name)
    }
  }

  func testAutomaticSpecWithWeightsGivesTheManualOne() throws {
    var count = 0
    for golden in GoldenCase.all {
      guard let weights = golden.bytes(of: "weights.csv"),
        let bytes = golden.bytes(of: "auto.spec")
      else { continue }
      count += 1
      let source = try WeightSource.reading(weights, file: "weights.csv")
      let document = try NetSpecReader(
        inputCount: golden.inputCount, outputCount: golden.outputCount, weights: source
      ).read(bytes, file: "auto.spec")
      XCTAssertTrue(document.isAutomatic)
      XCTAssertTrue(
        Array(text(document).utf8) == golden.specBytes, "\(golden.name) is built otherwise")
    }
    XCTAssertEqual(count, 9)
  }

  func testAutomaticSpecWithoutWeightsGivesTheSameConnections() throws {
    var count = 0
    for golden in GoldenCase.all {
      let file = golden.dialect == .seed ? "auto.spec" : "auto.csv"
      guard let automatic = try read(golden, file), golden.bytes(of: "weights.csv") == nil,
        let manual = try read(golden, golden.specName)
      else { continue }
      count += 1
      XCTAssertEqual(automatic.network.topology, manual.network.topology, golden.name)
      XCTAssertEqual(
        automatic.network.connections.map(\.role), manual.network.connections.map(\.role))
      XCTAssertEqual(automatic.network.inputCount, manual.network.inputCount)
      XCTAssertEqual(automatic.network.outputCount, manual.network.outputCount)
      XCTAssertEqual(
        automatic.network.nodes.map(\.initialActivation),
        manual.network.nodes.map(\.initialActivation))
      XCTAssertEqual(automatic.carriesStates, golden.dialect == .seed)
    }
    XCTAssertEqual(count, 5)
  }

  func testValidTextPrintsCanonically() throws {
    let files = try fixtures("valid-text", ["spec"])
    let canonical = try fixtures("valid-text", ["canonical"])
    XCTAssertEqual(files.count, 8)
    for (file, canonical) in zip(files, canonical) {
      let document = try NetSpecReader(inputCount: 1, outputCount: 1)
        .read(file.bytes, file: file.name)
      XCTAssertEqual(text(document), String(decoding: canonical.bytes, as: UTF8.self), file.name)
    }
  }
}
