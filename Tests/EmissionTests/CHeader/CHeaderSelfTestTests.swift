import FixedPoint
import Foundation
import GoldenCases
import XCTest

@testable import Emission

/// The self test of a header passes as generated and notices a changed table.
final class CHeaderSelfTestTests: XCTestCase {
  func testItPassesForEveryGoldenNetwork() throws {
    for golden in GoldenCase.all {
      let harness = try CHeaderHarness(golden)
      XCTAssertEqual(try harness.selfTest(harness.text), 0, golden.name)
    }
  }

  /// Optimisers see through small tables and then complain of what cannot happen.
  func testSmallNetworksBuildWithoutWarningsAtEveryLevel() throws {
    for name in ["minimal-1node", "minimal-selfloop", "saturation", "auto-empty-lists"] {
      let harness = try CHeaderHarness(.named(name))
      for compiler in [CHeaderHarness.gcc, CHeaderHarness.clang, CHeaderHarness.cxx] {
        for level in ["-O0", "-O2", "-O3"] {
          XCTAssertEqual(try harness.selfTest(harness.text, compiler, [level]), 0, name)
        }
      }
    }
  }

  func testItPassesWithOtherCompilersAndWidths() throws {
    let narrow = NumberFormats(
      weightBits: 8, activationBits: 8, state: NumberFormats.defaultState(width: 16))
    for formats in [narrow, NumberFormats(), NumberFormats(weightBits: 18, activationBits: 18)] {
      for name in ["gated-recurrence-layered", "ext-standard-lstm"] {
        let harness = try CHeaderHarness(.named(name), formats: formats)
        for compiler in [CHeaderHarness.gcc, CHeaderHarness.clang, CHeaderHarness.cxx] {
          XCTAssertEqual(try harness.selfTest(harness.text, compiler, ["-O3"]), 0)
        }
      }
    }
  }

  func testItNoticesAChangedDigitOfAnyWeight() throws {
    let harness = try CHeaderHarness(.named("fanout-gater"))
    for table in ["weight", "q_weight"] {
      let numerals = numerals(of: table, in: harness)
      XCTAssertGreaterThan(numerals.count, 3)
      for range in numerals {
        XCTAssertNotEqual(try harness.selfTest(changed(harness.text, range)), 0, table)
      }
    }
  }

  /// A weight's leading digit shows in the vectors, not only in the digest of the tables.
  func testTheVectorsReachEveryFixedPointWeight() throws {
    let harness = try CHeaderHarness(.named("fanout-gater"))
    for range in numerals(of: "q_weight", in: harness) {
      let leading = harness.text[range].firstIndex { $0 != "-" } ?? range.lowerBound
      var text = harness.text
      text.replaceSubrange(leading...leading, with: text[leading] == "1" ? "2" : "1")
      let step = try harness.selfTest(text)
      XCTAssertTrue((1...24).contains(step), "\(harness.text[range]): \(step)")
    }
  }

  /// Places of the numbers of a table that are not zero.
  private func numerals(of table: String, in harness: CHeaderHarness) -> [Range<String.Index>] {
    let text = harness.text
    guard let start = text.range(of: ", \(harness.prefix)_\(table), "),
      let open = text[start.upperBound...].range(of: "{\n"),
      let end = text[open.upperBound...].range(of: "};")
    else {
      XCTFail("no table \(table)")
      return []
    }
    let body = text[open.upperBound..<end.lowerBound]
    // A comment's numbers are followed by other signs than a comma and a space or line end.
    return body.matches(of: /(-?[0-9][0-9.e-]*)f?,/).map { $0.output.1 }
      .filter { (Double($0) ?? 0) != 0 }
      .filter { !inComment($0.startIndex, body) }
      .map { $0.startIndex..<$0.endIndex }
  }

  private func inComment(_ index: String.Index, _ body: Substring) -> Bool {
    guard let open = body[..<index].range(of: "/*", options: .backwards) else { return false }
    return body[open.upperBound..<index].range(of: "*/") == nil
  }

  private func changed(_ text: String, _ range: Range<String.Index>) -> String {
    var text = text
    let last = text[..<range.upperBound].lastIndex { $0.isNumber } ?? range.lowerBound
    text.replaceSubrange(last...last, with: text[last] == "1" ? "2" : "1")
    return text
  }
}
