import Assets
import Foundation
import Toolchain
import XCTest

@testable import Emission

/// `lstmg_flash_loader` and `lstmg_spram` in Icarus, with the model of a flash memory.
final class FlashLoaderTests: XCTestCase {
  private static let benches = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Modules").path
  private static let (lanes, depth) = (3, 5)

  /// Twelve of the sixteen bits of a word are used.
  private static func word(_ lane: Int, _ position: Int) -> Int {
    0x5A37 &* (lane * depth + position + 1) & 0xFFFF
  }

  private static let image: [UInt8] = {
    var bytes: [UInt8] = [0x4C, 0x53, 0x54, 0x47, 0x89, 0xAB, 0xCD, 0xEF]
    for lane in 0..<lanes {
      for position in 0..<depth {
        bytes += [UInt8(word(lane, position) >> 8), UInt8(word(lane, position) & 0xFF)]
      }
    }
    let check = FlashImage.check(bytes)
    return bytes + [24, 16, 8, 0].map { UInt8(check >> $0 & 0xFF) }
  }()

  /// What the bench prints, for a family's version of the memory or the general one.
  private func run(
    _ image: [UInt8], bench: String = "flash", halfPeriod: Int = 1, family: String? = nil,
    repair: Int? = nil
  ) async throws -> [String] {
    let hdl = try AssetLocator().path(of: "hdl")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lstmg-flash-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("image.bin")
    try Data(image).write(to: file)
    let program = folder.appendingPathComponent("bench").path
    let folders = family.map { [hdl + "/\($0)", hdl + "/\($0)/sim"] } ?? []
    let runner = JobRunner()
    let warnings = try await runner.run(
      Job(
        .tool(.iverilog),
        ["-g2005", "-Wall", "-Wno-timescale", "-s", "bench", "-DHALF_PERIOD=\(halfPeriod)", "-o"]
          + [program] + (folders + [hdl, Engines.sim]).flatMap { ["-y", $0] }
          + [Self.benches + "/\(bench).v"]))
    XCTAssertEqual(warnings, "")
    let arguments = ["+flash=\(file.path)"] + (repair.map { ["+repair=\($0)"] } ?? [])
    return try await runner.run(Job(.tool(.vvp), ["-n", program] + arguments))
      .split(separator: "\n").map(String.init)
  }

  private var words: [String] {
    (0..<Self.depth).map { position in
      "word \(position) "
        + (0..<Self.lanes).map { String(format: "%03x", Self.word($0, position) & 0xFFF) }
        .joined(separator: " ")
    }
  }

  func testAnImageIsLoadedAndAgainAfterEachReset() async throws {
    for (halfPeriod, family) in [(1, nil), (1, "ice40"), (3, nil)] {
      let log = try await run(Self.image, halfPeriod: halfPeriod, family: family)
      XCTAssertEqual(Array(log.prefix(2)), ["loaded", "loaded"])
      XCTAssertEqual(Array(log.suffix(Self.depth)), words, "\(log)")
      XCTAssertFalse(log.contains { $0.hasPrefix("FAIL") || $0.hasPrefix("failed") }, "\(log)")
    }
  }

  func testAResetAtAnyMomentBeginsAgain() async throws {
    for halfPeriod in [1, 2] {
      let log = try await run(Self.image, bench: "flash_reset", halfPeriod: halfPeriod)
      XCTAssertEqual(log, ["84 moments"])
    }
  }

  /// Magic, identity, a weight, the check itself; an empty memory; one of the image's bytes is missing.
  func testAWrongImageIsNeverLoaded() async throws {
    var images = [0, 7, 8, 20, 37, Self.image.count - 1].map { place in
      var image = Self.image
      image[place] ^= 0x10
      return image
    }
    images += [[], Array(Self.image.dropLast())]
    for image in images {
      let log = try await run(image)
      XCTAssertEqual(log.first, "failed", "\(image)")
      XCTAssertTrue(log.contains("never loaded"), "\(image)")
      XCTAssertFalse(log.contains { $0.hasPrefix("FAIL") || $0 == "loaded" }, "\(log)")
    }
  }

  func testAnImageThatIsRepairedIsLoaded() async throws {
    for place in [0, 5, 9] {
      var image = Self.image
      image[place] ^= 1
      let log = try await run(image, repair: place)
      XCTAssertEqual(Set(log.prefix(3)), ["failed", "failed no more", "loaded"], "\(log)")
      XCTAssertEqual(Array(log.suffix(Self.depth)), words)
    }
  }

  func testTheCheckIsTheUsualOne() {
    // The check value of CRC-32/MPEG-2.
    XCTAssertEqual(FlashImage.check(Array("123456789".utf8)), 0x0376_E6E7)
  }
}
