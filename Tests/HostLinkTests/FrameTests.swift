import XCTest

@testable import HostLink

final class FrameTests: XCTestCase {
  func testCRCOfTheUsualNineBytes() {
    XCTAssertEqual(CRC16.of("123456789".utf8), 0x29B1)
    XCTAssertEqual(CRC16.of([]), 0xFFFF)
  }

  /// The examples of the article's kind: zeros at both ends, in a row, and blocks of 253 to 255 bytes.
  func testEncodings() {
    XCTAssertEqual(COBS.encode([]), [1])
    XCTAssertEqual(COBS.encode([0]), [1, 1])
    XCTAssertEqual(COBS.encode([0, 0]), [1, 1, 1])
    XCTAssertEqual(COBS.encode([0x11, 0x22, 0, 0x33]), [3, 0x11, 0x22, 2, 0x33])
    let long = [UInt8](repeating: 7, count: 254)
    XCTAssertEqual(COBS.encode(long), [255] + long + [1])
    XCTAssertEqual(COBS.encode(long + [9]), [255] + long + [2, 9])
  }

  func testDecodingUndoesEncoding() {
    var generator = SystemRandomNumberGenerator()
    for length in [0, 1, 2, 252, 253, 254, 255, 256, 508, 509, 700] {
      for zeros in [0, 1, 3, 50] {
        let bytes = (0..<length).map { _ in
          UInt8.random(in: 0..<50, using: &generator) < zeros ? 0 : UInt8.random(in: 1...255)
        }
        let encoded = COBS.encode(bytes)
        XCTAssertFalse(encoded.contains(0))
        XCTAssertEqual(COBS.decode(encoded), bytes)
      }
    }
  }

  /// A block of 254 bytes at the end may or may not be followed by an empty one.
  func testBothWaysToEndAFullBlock() {
    let long = [UInt8](repeating: 7, count: 254)
    XCTAssertEqual(COBS.decode([255] + long), long)
    XCTAssertEqual(COBS.decode([255] + long + [1]), long)
  }

  func testWhatIsNoEncoding() {
    XCTAssertNil(COBS.decode([0]))
    XCTAssertNil(COBS.decode([3, 1]))
    XCTAssertNil(COBS.decode([3, 0, 1]))
  }

  func testAFrameAndEveryBrokenBitOfIt() {
    let frame = Request.step.frame(number: 9, payload: [0, 1, 0, 0xFF])
    let encoded = Array(frame.encoded.dropLast())
    XCTAssertEqual(frame.encoded.last, 0)
    XCTAssertEqual(Frame(encoded: encoded), frame)
    for bit in 0..<encoded.count * 8 {
      var broken = encoded
      broken[bit / 8] ^= 1 << UInt8(bit % 8)
      XCTAssertNil(Frame(encoded: broken), "bit \(bit)")
    }
    XCTAssertNil(Frame(encoded: Array(encoded.dropLast())))
    XCTAssertNil(Frame(encoded: []))
  }

  func testSignedWords() {
    XCTAssertEqual(Words.bytes([-2, 258], width: 3), [0xFE, 0xFF, 0xFF, 2, 1, 0])
    XCTAssertEqual(Words.words([0xFE, 0xFF, 0xFF, 2, 1, 0, 9], width: 3), [-2, 258])
  }
}
