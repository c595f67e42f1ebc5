import Diagnostics
import XCTest

@testable import Toolchain

/// Contents of block memories in what nextpnr writes, on texts in its form.
final class RoutedMemoriesTests: XCTestCase {
  private func report(_ cell: String, _ count: Int) throws -> PlacementReport {
    try PlacementReport(
      json: Array(
        """
        {"fmax": {}, "utilization": {"\(cell)": {"used": \(count), "available": 30}}}
        """.utf8), file: "report.json")
  }

  /// A text with a block that is known, one of zeros, and what is no memory.
  private func text(_ header: String, _ known: String, _ zeros: String) -> [UInt8] {
    Array(
      """
      .comment of something
      \(header) 8 1
      \(known)
      .logic_tile 3 4
      0101
      \(header) 19 9
      \(zeros)
      .sym 5 net
      """.utf8)
  }

  /// Sixteen words a line, the last one first.
  private func ice40(_ word: (Int) -> Int) -> String {
    (0..<16).map { line in
      (0..<16).reversed().map { digits(word(16 * line + $0), 4) }.joined() + "\n"
    }.joined()
  }

  /// Both halves of four words a line.
  private func ecp5(_ word: (Int) -> Int) -> String {
    (0..<256).map { line in
      (0..<4).map { index in
        let word = word(4 * line + index)
        return digits(word & 0x1FF, 3) + " " + digits(word >> 9, 3)
      }.joined(separator: " ") + "\n"
    }.joined()
  }

  private func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: count - text.count) + text
  }

  private func words(_ count: Int, _ word: (Int) -> Int) -> [UInt32] {
    (0..<count).map { UInt32(word($0)) }
  }

  func testBlocksOfBothFamiliesAreFilled() throws {
    for (family, keyword, cell, count, bits, form)
      in [
        (BitstreamFlow.Family.ice40, ".ram_data", "ICESTORM_RAM", 256, 16, ice40),
        (.ecp5, ".bram_init", "DP16KD", 1024, 18, ecp5),
      ] as [(BitstreamFlow.Family, String, String, Int, Int, ((Int) -> Int) -> String)]
    {
      let mask = 1 << bits - 1
      func marker(_ index: Int) -> Int { (index * 40_503 + 7) & mask }
      func contents(_ index: Int) -> Int { (index * index + 3) & mask }
      func zero(_ index: Int) -> Int { 0 }
      let memories = try XCTUnwrap(RoutedMemories(family))
      let filled = try memories.filled(
        text(keyword, form(marker), form(zero)),
        with: [words(count, marker): words(count, contents)], report(cell, 2))
      XCTAssertEqual(
        String(decoding: filled, as: UTF8.self),
        String(decoding: text(keyword, form(contents), form(zero)), as: UTF8.self), keyword)
    }
    XCTAssertNil(RoutedMemories(.gowin))
  }

  func testWhatIsNotUnderstoodIsRefused() throws {
    let memories = try XCTUnwrap(RoutedMemories(.ice40))
    let marked = ice40 { $0 + 1 }
    let whole = text(".ram_data", marked, ice40 { _ in 0 })
    func check(_ text: [UInt8], _ count: Int, _ message: String) throws {
      let report = try report("ICESTORM_RAM", count)
      XCTAssertThrowsError(try memories.filled(text, with: [:], report)) { error in
        XCTAssertTrue("\((error as? Diagnostic)?.message ?? "")".contains(message), "\(error)")
      }
    }
    try check(whole, 2, "'.ram_data 8 1' holds nothing that is known")
    let zeros = text(".ram_data", ice40 { _ in 0 }, ice40 { _ in 0 })
    XCTAssertNoThrow(try memories.filled(zeros, with: [:], report("ICESTORM_RAM", 2)))
    try check(zeros, 3, "it has 2 of the 3 block memories")
    try check(Array(zeros.dropLast(120)), 2, "a section '.ram_data' is not what nextpnr writes")
    try check(
      text(".ram_data", ice40 { _ in 0 }.replacingOccurrences(of: "0000\n", with: "000g\n"), ""), 2,
      "a section '.ram_data' is not what nextpnr writes")
  }
}
