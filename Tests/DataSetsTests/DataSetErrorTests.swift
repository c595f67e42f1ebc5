import Diagnostics
import XCTest

@testable import DataSets

final class DataSetErrorTests: XCTestCase {
  func testRowWithTooFewValuesIsReportedAtItsEnd() {
    assertErrors(
      "1,2\n# skipped\n\n3  # rest\n", columns: 2,
      ["t.csv:4:2: error: row 2 has 1 value, expected 2 [value-count]"])
  }

  func testRowWithTooManyValuesIsReportedAtTheFirstSurplusOneWhoseTextDoesNotMatter() {
    assertErrors(
      "-\n 1, 2, x,4\n", columns: 2,
      ["t.csv:2:8: error: row 2 has 4 values, expected 2 [value-count]"])
  }

  func testTrailingCommaIsASurplusValue() {
    assertErrors(
      "1,2,\n", columns: 2, ["t.csv:1:5: error: row 1 has 3 values, expected 2 [value-count]"])
  }

  func testOpenWidthNamesTheRowThatSetIt() {
    assertErrors(
      "-\n\n1,2,3\n1,2\n", columns: nil,
      [
        """
        t.csv:4:4: error: row 3 has 2 values, expected 3 [value-count]
        t.csv:3:1: note: row 2 has 3 values
        """
      ])
  }

  func testValuesForANetworkWithoutInputsAreReportedWithAHint() {
    assertErrors(
      "-\n1\n", columns: 0,
      [
        """
        t.csv:2:1: error: row 2 has 1 value, expected 0 [value-count]
          hint: write '-' for a step without values
        """
      ])
  }

  func testMissingValueIsReportedWhereItShouldStand() {
    assertErrors(
      "1,2,3\n1, ,3\n,2,3\n", columns: 3,
      [
        "t.csv:2:4: error: row 2, column 2: a value is missing [missing-value]",
        "t.csv:3:1: error: row 3, column 1: a value is missing [missing-value]",
      ])
  }

  func testTextThatIsNoNumberIsReported() {
    assertErrors(
      "1,2\n1,2\n\n3, abc\r\n", columns: 2,
      ["t.csv:4:4: error: row 3, column 2: 'abc' is not a number [malformed-number]"])
  }

  func testHeaderLineGetsAHint() {
    assertErrors(
      "x,y\n1,2\n", columns: 2,
      ["x", "y"].enumerated().map { column, name in
        """
        t.csv:1:\(1 + 2 * column): error: row 1, column \(column + 1): '\(name)' is not a number \
        [malformed-number]
          hint: make a header line a comment: start it with '#'
        """
      })
  }

  func testOtherSeparatorsGetAHint() {
    for text in ["1;2", "1 2"] {
      assertErrors(
        "0\n\(text)\n", columns: 1,
        [
          """
          t.csv:2:1: error: row 2, column 1: '\(text)' is not a number [malformed-number]
            hint: separate values with commas
          """
        ])
    }
  }

  func testNaNAndInfinityAreReported() {
    assertErrors(
      "0,1\nNaN,-inf\n", columns: 2,
      [("NaN", 1, 1), ("-inf", 5, 2)].map { word, place, column in
        """
        t.csv:2:\(place): error: row 2, column \(column): '\(word)' is not a finite number \
        [not-finite]
          hint: write '-' as the whole row for a step without values
        """
      })
  }

  func testNumberBeyondDoubleIsReported() {
    assertErrors(
      "1e308\n-1e309\n", columns: 1,
      [
        """
        t.csv:2:1: error: row 2, column 1: '-1e309' is too large (max 1.7976931348623157e+308) \
        [number-too-large]
        """
      ])
  }

  func testUnprintableAndLongTextIsEscapedAndCut() {
    let long = String(repeating: "z", count: 50)
    assertErrors(
      "0\n1\r2\n\(long)\n", columns: 1,
      [
        #"t.csv:2:1: error: row 2, column 1: '1\r2' is not a number [malformed-number]"#,
        "t.csv:3:1: error: row 3, column 1: '\(long.prefix(40))…' is not a number "
          + "[malformed-number]",
      ])
  }

  func testEveryErrorOfAFileIsReportedInOrder() {
    assertErrors(
      "1,2\nx\n,\n", columns: 2,
      [
        "t.csv:2:1: error: row 2, column 1: 'x' is not a number [malformed-number]",
        "t.csv:2:2: error: row 2 has 1 value, expected 2 [value-count]",
        "t.csv:3:1: error: row 3, column 1: a value is missing [missing-value]",
        "t.csv:3:2: error: row 3, column 2: a value is missing [missing-value]",
      ])
  }

  func testReadingStopsAfterAHundredErrorsWithANote() throws {
    let text = "0,0\n" + String(repeating: "x,y\n", count: 70)
    let list = try XCTUnwrap(errors(text, columns: 2))
    XCTAssertEqual(list.diagnostics.count, 101)
    XCTAssertEqual(list.exitStatus, .invalidData)
    let lines = list.diagnostics.map(DiagnosticRenderer().render)
    XCTAssertEqual(
      lines[99], "t.csv:51:3: error: row 51, column 2: 'y' is not a number [malformed-number]")
    XCTAssertEqual(lines[100], "note: stopped after 100 errors [too-many-errors]")
  }

  private func assertErrors(
    _ text: String, columns: Int?, _ expected: [String], line: UInt = #line
  ) {
    let list = errors(text, columns: columns)
    XCTAssertEqual(list?.diagnostics.map(DiagnosticRenderer().render), expected, line: line)
    XCTAssertEqual(list?.exitStatus, .invalidData, line: line)
  }

  private func errors(_ text: String, columns: Int?) -> DiagnosticList? {
    do throws(DiagnosticList) {
      _ = try read(text, columns: columns)
      return nil
    } catch {
      return error
    }
  }
}
