import Diagnostics
import Numerals
import XCTest

@testable import NetSpec

final class WeightSourceTests: XCTestCase {
  private let automatic = "1\n\n2 2 1 0\n"

  private func weights(_ source: WeightSource, _ text: String) throws -> [Double] {
    try read(text, weights: source).network.connections.map(\.weight)
  }

  func testGeneratorIsSplitmix64() {
    // The first outputs of the published generator for seed 1234567, cut to 53 bits.
    var generator = SplitMix64(seed: 1_234_567)
    for expected in [6_457_827_717_110_365_317, 3_203_168_211_198_807_973] as [UInt64] {
      XCTAssertEqual(generator.unit(), Double(expected >> 11) / 9_007_199_254_740_992)
    }
  }

  func testOneSeedGivesOneSetOfWeights() throws {
    let first = try weights(.seeded(7), automatic)
    XCTAssertEqual(first, try weights(.seeded(7), automatic))
    XCTAssertNotEqual(first, try weights(.seeded(8), automatic))
    XCTAssertEqual(Set(first).count, 4)
  }

  func testEachDialectHasItsOwnFormula() throws {
    var generator = SplitMix64(seed: 7)
    let units = (0..<2).map { _ in generator.unit() }
    XCTAssertEqual(
      try weights(.seeded(7), "1\n\n1 2 1 0\n"), units.map { $0 / 5 - 0.1 })
    XCTAssertEqual(try weights(.seeded(7), "1,2,1,0\n"), units.map { -0.1 + 0.2 * $0 })
  }

  func testWeightsAreUsedInTheOrderOfTheSpec() throws {
    // Seed goes through the inputs first, csv through the outputs.
    let source = WeightSource.values([1, 2, 3, 4], file: "w")
    XCTAssertEqual(try weights(source, automatic), [1, 3, 2, 4])
    XCTAssertEqual(try weights(source, "2,2,1,0\n"), [1, 2, 3, 4])
  }

  func testWrongNumberOfWeightsNamesBothNumbers() {
    for given in [[1.0, 2, 3], [1, 2, 3, 4, 5]] {
      XCTAssertEqual(
        complaints(automatic, outputs: nil, weights: .values(given, file: "w.csv")),
        [
          "w.csv: error: the file has \(given.count) weights, the automatic spec draws 4 "
            + "[weight-count]",
          "  hint: self-connections draw none, every other connection draws one",
        ])
    }
  }

  func testWeightsForAManualSpecAreAWarning() throws {
    let document = try read("1, 1\n1, 0, 1, -1\n", weights: .values([1], file: "w.csv"))
    XCTAssertEqual(
      document.warnings.map { DiagnosticRenderer().render($0) },
      [
        "f: warning: the spec is manual and has its own weights; those of w.csv are not used "
          + "[unused-weights]"
      ])
  }

  func testFileOfWeightsMayHaveCommentsAndBlankLines() throws {
    let text = "# drawn by hand\n0.5\r\n\n \t-1e-3 # small\n#\n"
    guard case .values(let values, "w") = try WeightSource.reading(Array(text.utf8), file: "w")
    else { return XCTFail("no values") }
    XCTAssertEqual(values, [0.5, -0.001])
  }

  func testFileOfWeightsIsCheckedLineByLine() {
    XCTAssertThrowsError(try WeightSource.reading(Array("1\n2 3\n x\n#\n1e999".utf8), file: "w")) {
      XCTAssertEqual(
        ($0 as? DiagnosticList).map { DiagnosticRenderer().render($0) },
        """
        w:2:3: error: a line of weights has 1 field (weight), not 2 [field-count]
        w:3:2: error: 'x' is not a finite decimal number [not-a-number]
        w:5:1: error: '1e999' is too large for a double (at most 1.7976931348623157e+308) \
        [number-overflow]
        """)
    }
  }
}
