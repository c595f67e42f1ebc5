import XCTest

@testable import Verification

final class WordSequencesTests: XCTestCase {
  /// Sequences of these lengths, whose words tell their places.
  private func words(_ lengths: [Int]) -> WordSequences {
    var next: Int32 = 0
    return WordSequences(
      sequences: lengths.map { length in
        (0..<length).map { _ in
          next += 1
          return [next]
        }
      })
  }

  private func sizes(_ lengths: [Int], _ jobs: Int) -> [Int] {
    words(lengths).parts(jobs).map(\.stepCount)
  }

  func testPartsHoldAllSequencesInTheirOrder() {
    for (seed, count) in (1...40).enumerated() {
      let whole = words((0..<count).map { 1 + ($0 * 7919 + seed) % 97 })
      for jobs in 1...5 {
        let parts = whole.parts(jobs)
        XCTAssertEqual(parts.flatMap(\.sequences), whole.sequences)
        XCTAssertLessThanOrEqual(parts.count, jobs)
        XCTAssertTrue(parts.count == 1 || parts.allSatisfy { !$0.sequences.isEmpty })
      }
    }
  }

  func testJobsGetTheSameShare() {
    XCTAssertEqual(sizes(Array(repeating: 28, count: 100), 4), [700, 700, 700, 700])
    XCTAssertEqual(sizes([1000, 10, 10, 980], 2), [1000, 1000])
    // A single sequence cannot be shared, and a few steps are not worth it.
    XCTAssertEqual(sizes([10000], 4), [10000])
    XCTAssertEqual(sizes(Array(repeating: 30, count: 10), 4), [300])
    XCTAssertEqual(sizes([], 4), [0])
  }

  func testLongRunsHaveMorePartsThanJobs() {
    let limit = 1 << 15
    XCTAssertEqual(
      sizes(Array(repeating: limit / 2, count: 8), 2), Array(repeating: limit, count: 4))
    // Three parts would do, but leave one of two jobs idle.
    XCTAssertEqual(
      sizes(Array(repeating: limit / 4, count: 12), 2), Array(repeating: 3 * limit / 4, count: 4))
  }
}
