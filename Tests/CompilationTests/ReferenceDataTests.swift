import DataSets
import Diagnostics
import Foundation
import Verification
import XCTest

@testable import Compilation

final class ReferenceDataTests: XCTestCase {
  func testOneLabelForEachSequenceIsThatOfItsLastStep() throws {
    let shape = try DataSetReader(columnCount: 1).read(Array("1\n2\n3\n\n4\n5\n".utf8), file: "")
    for text in ["2\n\n0\n", "2\n0\n"] {
      let labels = try read(text, shape, .lastArgmax).data
      XCTAssertEqual(
        String(decoding: DataSetWriter().write(labels), as: UTF8.self),
        "-\n-\n2.0\n\n-\n0.0\n")
    }
    // Other judges ask every step.
    XCTAssertThrowsError(try read("2\n0\n", shape, .argmax)) { error in
      XCTAssertEqual((error as? DiagnosticList)?.diagnostics.map(\.id), ["other-shape"])
    }
  }

  func testLabelsHaveTheOutputsWidthOrOneColumn() throws {
    let shape = try DataSetReader(columnCount: 1).read(Array("1\n".utf8), file: "")
    XCTAssertNoThrow(try read("0,1,0\n", shape, .argmax))
    XCTAssertThrowsError(try read("0,1\n", shape, .argmax)) { error in
      XCTAssertEqual((error as? DiagnosticList)?.diagnostics.map(\.id), ["label-width"])
    }
  }

  private func read(_ text: String, _ shape: DataSet, _ judge: Judge) throws -> ReferenceData {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("lstmg-hdl-test-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ReferenceData(file.path, outputCount: 3, shape: shape, holdsLabelsFor: judge)
  }
}
