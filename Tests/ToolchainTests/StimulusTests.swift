import XCTest

@testable import Toolchain

final class StimulusTests: XCTestCase {
  func testTextHasSettingsFirstAndOneItemALine() {
    var stimulus = Stimulus(
      ready: .random(seed: 9, permille: 250), timeout: 700, settlingCycles: 3)
    stimulus.append(frame: [1, -1], startsSequence: true, idleCycles: 5)
    stimulus.items.append(.wait(outputFrames: 1))
    stimulus.items.append(.reset(outputFrames: 1))
    stimulus.append(frame: [-32768])
    XCTAssertEqual(
      String(decoding: stimulus.text(inputBytes: 2), as: UTF8.self),
      """
      outputs 2
      ready random 9 250
      timeout 700
      settle 3
      1 0 1 5
      ffff 1 0 0
      wait 1
      reset 1
      8000 1 0 0

      """)
  }

  func testValuesFillTheWidthOfTheStream() {
    let stimulus = Stimulus([.beat(.init(-2, isLast: true))])
    for (bytes, digits) in [(1, "fe"), (3, "fffffe"), (8, "fffffffffffffffe")] {
      let text = String(decoding: stimulus.text(inputBytes: bytes), as: UTF8.self)
      XCTAssertTrue(text.hasSuffix("\n\(digits) 1 0 0\n"), text)
    }
  }
}
