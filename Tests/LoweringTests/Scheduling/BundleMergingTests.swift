import GoldenCases
import XCTest

@testable import Lowering

final class BundleMergingTests: XCTestCase {
  private func candidate(
    _ sum: Int32, _ sources: [Int32], unit: Int32 = 0, level: Int32 = 0
  ) -> BundleMerging.Candidate {
    BundleMerging.Candidate(
      bundle: Bundle(sums: [sum], terms: sources.indices.map { sum * 100 + Int32($0) }),
      sources: sources, unit: unit, level: level)
  }

  private func sums(_ candidates: [BundleMerging.Candidate], width: Int) -> [[Int32]] {
    BundleMerging(width: width).merged(candidates).map { $0.sums.sorted() }
      .sorted { $0[0] < $1[0] }
  }

  func testNearlyEqualSourcesAreReadTogether() {
    let merged = BundleMerging(width: 2).merged([
      candidate(0, [2, 4, 6, 8]), candidate(1, [2, 4, 8, 9]),
    ])
    XCTAssertEqual(merged.map(\.sums), [[0, 1]])
    // By source 2, 4, 6, 8, 9: the terms of both sums.
    XCTAssertEqual(merged[0].terms, [0, 100, 1, 101, 2, -1, 3, 102, -1, 103])
  }

  func testSourcesThatHaveLittleInCommonStayApart() {
    XCTAssertEqual(
      sums([candidate(0, [1, 2, 3, 4]), candidate(1, [4, 5, 6, 7])], width: 2), [[0], [1]])
  }

  func testTheBestPartnerIsTakenAndNoMoreThanThereAreLanes() {
    let candidates = [
      candidate(0, [1, 2, 3, 4]), candidate(1, [1, 2, 3, 9]), candidate(2, [1, 2, 3, 4, 5]),
    ]
    XCTAssertEqual(sums(candidates, width: 2), [[0, 2], [1]])
    XCTAssertEqual(sums(candidates, width: 3), [[0, 1, 2]])
  }

  func testOtherUnitsAndLevelsAreNoPartners() {
    let sources: [Int32] = [1, 2, 3]
    let candidates = [
      candidate(0, sources), candidate(1, sources, unit: 1), candidate(2, sources, level: 1),
    ]
    XCTAssertEqual(sums(candidates, width: 4), [[0], [1], [2]])
  }
}
