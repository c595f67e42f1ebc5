import XCTest

@testable import Importing

final class SafetensorsFileTests: XCTestCase {
  private func fault(_ bytes: [UInt8], line: UInt = #line) -> String? {
    refusal(bytes, "t.safetensors", line: line)?.id
  }

  private func fault(
    header: String, data: Int = 0, length: UInt64? = nil, line: UInt = #line
  ) -> String? {
    fault(
      SafetensorsText.bytes(
        header: header, [UInt8](repeating: 0, count: data), length: length), line: line)
  }

  func testEveryKindOfNumberIsRead() throws {
    var file = SafetensorsText()
    file.add("d", [2], [0.1, -3])
    file.add("f", [2, 1], [0.5, -0.25], type: "F32")
    // 1, -2.5, the smallest subnormal number, the largest number.
    file.add(
      "h", [4], bytes: [0x00, 0x3C, 0x00, 0xC1, 0x01, 0x00, 0xFF, 0x7B], type: "F16")
    file.add("b", [1, 1, 2], bytes: [0x80, 0x3F, 0x20, 0xC0], type: "BF16")
    file.add("i", [3], bytes: [1, 2, 3], type: "U8")
    let read = try SafetensorsFile(file.bytes, file: "t")
    XCTAssertEqual(try read.tensor("d").values, [0.1, -3])
    XCTAssertEqual(try read.tensor("f").values, [0.5, -0.25])
    XCTAssertEqual(try read.tensor("f").shape, [2, 1])
    XCTAssertEqual(try read.tensor("h").values, [1, -2.5, 0x1p-24, 65504])
    XCTAssertEqual(try read.tensor("b").values, [1, -2.5])
    XCTAssertThrowsError(try read.tensor("i"))
    for half: [UInt8] in [[0x00, 0x7C], [0x01, 0x7E]] {
      var file = SafetensorsText()
      file.add("h", [1], bytes: half, type: "F16")
      XCTAssertThrowsError(try SafetensorsFile(file.bytes, file: "t").tensor("h"))
    }
  }

  func testTheHeaderMayBePaddedAndEmpty() throws {
    let read = try SafetensorsFile(SafetensorsText.bytes(header: "{}     "), file: "t")
    XCTAssertTrue(read.entries.isEmpty)
  }

  func testEveryCutIsTold() {
    var file = SafetensorsText()
    file.add("lstm.weight_ih_l0", [4, 2], .init(repeating: 0.5, count: 8), type: "F32")
    file.add("lstm.weight_hh_l0", [4, 1], .init(repeating: 0.5, count: 4), type: "F32")
    for count in 0..<file.bytes.count {
      XCTAssertEqual(fault(Array(file.bytes[..<count])), "truncated", "\(count) bytes")
    }
    XCTAssertEqual(fault(file.bytes + [0]), "surplus-data")
  }

  func testHeadersThatLieAreRefusedBeforeMemoryIsAskedFor() {
    func entry(_ type: String, _ shape: String, _ offsets: String) -> String {
      "{\"a\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}}"
    }
    XCTAssertEqual(fault(header: "{}", length: .max), "header-too-large")
    XCTAssertEqual(fault(header: "{}", length: 1 << 63), "header-too-large")
    XCTAssertEqual(fault(header: "{}", length: 1 << 20), "truncated")
    XCTAssertEqual(fault(header: "{"), "bad-json")
    XCTAssertEqual(fault(header: "[]"), "bad-json")
    XCTAssertEqual(fault(header: "\u{0}\u{1}"), "bad-json")
    XCTAssertEqual(fault(header: String(repeating: "[", count: 100_000)), "bad-json")
    XCTAssertEqual(fault(header: String(repeating: "{\"a\":", count: 100_000)), "bad-json")
    XCTAssertEqual(fault(header: "{\"a\":{}}"), "bad-json")
    XCTAssertEqual(fault(header: entry("F32", "[1]", "[0,4]"), data: 4), "no-recurrent-layer")
    XCTAssertEqual(fault(header: entry("F32", "[-1]", "[0,4]"), data: 4), "bad-tensor")
    XCTAssertEqual(fault(header: entry("F32", "[-1,-1]", "[0,4]"), data: 4), "bad-tensor")
    XCTAssertEqual(fault(header: entry("F32", "[1]", "[-4,0]"), data: 4), "bad-tensor")
    XCTAssertEqual(fault(header: entry("F32", "[1]", "[4,0]"), data: 4), "bad-tensor")
    XCTAssertEqual(fault(header: entry("F32", "[1]", "[0]"), data: 4), "bad-tensor")
    XCTAssertEqual(fault(header: entry("F32", "[2]", "[0,4]"), data: 4), "bad-tensor")
    XCTAssertEqual(fault(header: entry("F32", "[1]", "[4,8]"), data: 8), "bad-tensor")
    XCTAssertEqual(
      fault(header: entry("F32", "[4294967296,4294967296]", "[0,0]")), "bad-tensor")
    XCTAssertEqual(
      fault(header: entry("F32", "[1,1,1,1,1,1,1,1,1]", "[0,4]"), data: 4), "bad-tensor")
    XCTAssertEqual(
      fault(header: entry("F32", "[1e400]", "[0,4]"), data: 4), "bad-json")
    XCTAssertEqual(
      fault(header: entry("F32", "[99999999999999999999]", "[0,4]"), data: 4), "bad-json")
    XCTAssertEqual(fault(header: entry("F32", "[0.5]", "[0,4]"), data: 4), "bad-json")
    XCTAssertEqual(fault(header: entry("Q4", "[1]", "[0,4]"), data: 4), "tensor-type")
  }

  func testOverlapsAreRefused() {
    let text =
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
      + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}}"
    XCTAssertEqual(fault(header: text, data: 6), "bad-tensor")
  }

  func testAFileOfNoKnownFormatAsksForIt() {
    let error = refusal([1, 2, 3], "model.bin")
    XCTAssertEqual(error?.id, "unknown-format")
    XCTAssertEqual(error?.exitCode, .usage)
  }
}
