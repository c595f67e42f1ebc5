import NetSpec
import XCTest

final class DialectTests: XCTestCase {
  private func detected(_ text: String, file: String = "net") -> Dialect {
    Dialect.detected(in: Array(text.utf8), file: file)
  }

  func testFirstTextDecides() {
    XCTAssertEqual(detected("0\n\n0 0 0"), .seed)
    XCTAssertEqual(detected("\r\n 1\t\r\n", file: "net.csv"), .seed)
    XCTAssertEqual(detected("\n\n1, 1\n", file: "net.spec"), .csv)
    XCTAssertEqual(detected("1,1,0,0\r1"), .csv)
  }

  func testNameDecidesWhereTheTextFitsNeither() {
    XCTAssertEqual(detected("2", file: "net.csv"), .csv)
    XCTAssertEqual(detected("2", file: "net.csv.gz"), .csv)
    XCTAssertEqual(detected("1,1,1", file: "net.spec.gz"), .seed)
    XCTAssertEqual(detected("", file: "net.csv"), .csv)
    XCTAssertEqual(detected("1,1,1"), .csv)
    XCTAssertEqual(detected("1 1"), .seed)
    XCTAssertEqual(detected(""), .seed)
  }

  func testOptionOverridesTheText() {
    XCTAssertEqual(
      errors("1, 1\n", dialect: .seed),
      ["f:1:1: error: the first line must be 0 (manual) or 1 (automatic), not '1,' [first-line]"])
  }
}
