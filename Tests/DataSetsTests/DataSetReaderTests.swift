import XCTest

@testable import DataSets

final class DataSetReaderTests: XCTestCase {
  func testEachLineIsAStepAndBlankLinesSeparateSequences() throws {
    let data = try read("1,2\n3,4\n\n\n \t\n5,6\n", columns: 2)
    XCTAssertEqual(data.columnCount, 2)
    XCTAssertEqual(data.stepCount, 3)
    XCTAssertEqual(rows(data), [[[1, 2], [3, 4]], [[5, 6]]])
  }

  func testBlankLinesAtBothEndsAddNoSequence() throws {
    XCTAssertEqual(rows(try read("\n\n1\n\n\n", columns: 1)), [[[1]]])
  }

  func testDashIsAStepWithoutValues() throws {
    let data = try read("-\n1,2\n - \n\n-\n", columns: 2)
    XCTAssertEqual(rows(data), [[nil, [1, 2], nil], [nil]])
    XCTAssertEqual(data.sequences[0][0], .none)
    XCTAssertEqual(data.sequences[0][1], .values([1, 2]))
  }

  func testCommentLinesAndTrailingCommentsAreSkippedWithoutEndingASequence() throws {
    let data = try read("# a, b\n1,2 # first\n  # between\n3,4#\n-# none\n", columns: 2)
    XCTAssertEqual(rows(data), [[[1, 2], [3, 4], nil]])
  }

  func testSpacesAndTabsAroundFieldsAndCarriageReturnsAreIgnored() throws {
    XCTAssertEqual(
      rows(try read(" 1 ,\t2\t\r\n3,4\r\n\r\n5 , 6", columns: 2)), [[[1, 2], [3, 4]], [[5, 6]]])
  }

  func testMissingFinalNewlineIsFine() throws {
    XCTAssertEqual(rows(try read("1\n2", columns: 1)), [[[1], [2]]])
  }

  func testByteOrderMarkIsSkipped() throws {
    XCTAssertEqual(rows(try read("\u{FEFF}1\n", columns: 1)), [[[1]]])
  }

  func testEmptyFileHasNoSequences() throws {
    for text in ["", "\n\n", "# nothing\n"] {
      XCTAssertEqual(try read(text, columns: 3).sequences, [])
    }
  }

  func testOpenWidthIsThatOfTheFirstRowWithValues() throws {
    let data = try read("-\n\n1,2,3\n4,5,6\n", columns: nil)
    XCTAssertEqual(data.columnCount, 3)
    XCTAssertEqual(rows(data), [[nil], [[1, 2, 3], [4, 5, 6]]])
    XCTAssertEqual(try read("-\n-\n", columns: nil).columnCount, 0)
  }

  func testNetworkWithoutInputsReadsRowsOfDashes() throws {
    XCTAssertEqual(rows(try read("-\n-\n\n-\n", columns: 0)), [[nil, nil], [nil]])
  }

  func testLargeFileIsReadInLinearTime() throws {
    let line = (0..<100).map { String(Double($0) / 7) }.joined(separator: ",") + "\n"
    let data = try read(String(repeating: line, count: 500), columns: 100)
    XCTAssertEqual(data.stepCount, 500)
    XCTAssertEqual(data.sequences[0][499].values?.last, 99 / 7.0)
  }
}
