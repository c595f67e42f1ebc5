import GoldenCases
import XCTest

@testable import Lowering

final class SlotTimelineTests: XCTestCase {
  func testTheNextFreeSlotIsThatOfAPlainSet() {
    for seed in 0..<50 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var timeline = SlotTimeline()
      var taken: Set<Int> = []
      let span = 1 + generator.below(120)
      for _ in 0..<300 {
        let slot = generator.below(span)
        var free = slot
        while taken.contains(free) { free += 1 }
        XCTAssertEqual(timeline.firstFree(from: slot), free, "seed \(seed)")
        XCTAssertEqual(timeline.isFree(slot), free == slot, "seed \(seed)")
        if generator.chance(0.7) {
          timeline.take(free)
          taken.insert(free)
        }
      }
    }
  }

  func testTakingFarAheadLeavesTheGapFree() {
    var timeline = SlotTimeline()
    timeline.take(1000)
    XCTAssertEqual(timeline.firstFree(from: 0), 0)
    XCTAssertEqual(timeline.firstFree(from: 1000), 1001)
    XCTAssertTrue(timeline.isFree(999))
    XCTAssertTrue(timeline.isFree(5000))
  }
}
