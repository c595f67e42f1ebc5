import GoldenCases
import XCTest

@testable import Lowering

final class BipartiteCoverTests: XCTestCase {
  func testCoversOfRandomGraphsAreCompleteAndNoneIsSmaller() {
    for seed in 0..<600 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let leftCount = 1 + generator.below(7)
      let rightCount = 1 + generator.below(7)
      let density = generator.unit()
      let edges = (0..<leftCount).map { _ in
        (0..<rightCount).filter { _ in generator.chance(density) }
      }
      var graph = BipartiteCover(edges: edges, rightCount: rightCount)
      let cover = graph.minimumCover()
      for (left, neighbours) in edges.enumerated() {
        for right in neighbours {
          XCTAssertTrue(cover.left[left] || cover.right[right], "seed \(seed): \(left)-\(right)")
        }
      }
      let size = cover.left.count { $0 } + cover.right.count { $0 }
      XCTAssertEqual(size, smallestCover(edges, rightCount: rightCount), "seed \(seed): \(edges)")
    }
  }

  func testAmongEqualCoversTheOneWithMoreDestinationsIsTaken() {
    var graph = BipartiteCover(edges: [[0], [1], [2]], rightCount: 3)
    let cover = graph.minimumCover()
    XCTAssertEqual(cover.left, [false, false, false])
    XCTAssertEqual(cover.right, [true, true, true])
  }

  func testMultipleEdgesAndLonelyVerticesCostNothing() {
    var graph = BipartiteCover(edges: [[], [1, 1, 1], []], rightCount: 3)
    let cover = graph.minimumCover()
    XCTAssertEqual(cover.left.count { $0 } + cover.right.count { $0 }, 1)
  }

  func testLongAlternatingPathsNeedNoDeepRecursion() {
    // A path: vertex l meets r = l and r = l + 1, so all but the last right vertex are matched.
    let count = 20_000
    let edges = (0..<count).map { [$0 + 1, $0] }
    var graph = BipartiteCover(edges: edges, rightCount: count + 1)
    let cover = graph.minimumCover()
    XCTAssertEqual(cover.left.count { $0 } + cover.right.count { $0 }, count)
  }

  /// Tries every set of left vertices; the right vertices follow.
  private func smallestCover(_ edges: [[Int]], rightCount: Int) -> Int {
    (0..<1 << edges.count).map { chosen in
      let open = edges.indices.filter { chosen >> $0 & 1 == 0 }
      return chosen.nonzeroBitCount + Set(open.flatMap { edges[$0] }).count
    }.min() ?? 0
  }
}
