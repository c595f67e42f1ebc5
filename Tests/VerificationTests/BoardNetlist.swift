import Assets
import Foundation
import HostLink
import XCTest

@testable import Toolchain

/// The netlist that place and route got, in Icarus: with contents in the place of the markers that its block
/// memories hold, models of its cells, and a serial line at its pins.
struct BoardNetlist {
  private static let bench = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Modules/board_netlist.v").path
  /// Rows of a block in one of its parameters `INIT_0` to `INIT_F`.
  private static let rowsOfParameter = 16

  private let folder: String
  private let top: String
  private let runner = JobRunner()
  /// Block memories.
  let blockCount: Int

  /// Writes the netlist with its models into `folder`. `json` is what yosys wrote of an iCE40, `contents`
  /// what belongs into a block, by its marker.
  init(
    json: [UInt8], top: String, contents: [[UInt32]: [UInt32]], in folder: String
  ) async throws {
    self.folder = folder
    self.top = top
    let (filled, count) = try Self.filled(json, top, contents)
    blockCount = count
    try filled.write(to: URL(fileURLWithPath: folder + "/filled.json"))
    try await runner.run(
      Job(
        .tool(.yosys),
        ["-q", "-p", "read_json filled.json; write_verilog -noattr netlist.v"], in: folder))
    try await CellModels(runner: runner).write(
      of: .ice40, inPlaceOfSome: AssetLocator().cellModels(of: "ice40"), to: folder)
  }

  /// What the board answers to all requests.
  struct Answers {
    let frames: [Frame]
    /// Levels after that.
    let activity: Bool
    let error: Bool
    /// In a thousand cycles of the oscillator.
    let coreCycles: Int
  }

  /// Sends all requests at once.
  func answers(
    to requests: [Frame], oscillatorMHz: Int, clocksPerBit: Int
  ) async throws -> Answers {
    let bytes = requests.flatMap(\.encoded)
    try Files.write(
      Array(bytes.map { String($0, radix: 16) }.joined(separator: "\n").utf8),
      to: folder + "/bytes.hex")
    // Clocks need finer steps than the nanoseconds of our own models.
    try Files.write(Array("+timescale+1ns/1ps\n".utf8), to: folder + "/timescale.f")
    let sources = try VerilogFolder(folder).sources()
    let warnings = try await runner.run(
      Job(
        .tool(.iverilog),
        [
          "-g2005", "-Wall", "-Wno-portbind", "-s", "bench", "-c", "timescale.f",
          "-DBOARD=\(top)", "-Pbench.HALF_NS=\(500 / Double(oscillatorMHz))",
          "-Pbench.CLOCKS_PER_BIT=\(clocksPerBit)", "-o", "bench.vvp", Self.bench,
        ] + sources, in: folder))
    XCTAssertEqual(warnings, "")
    let log = try await runner.run(
      Job(
        .tool(.vvp),
        [
          "-n", "bench.vvp", "+bytes=bytes.hex", "+count=\(bytes.count)",
          "+frames=\(requests.count)",
        ],
        in: folder, timeLimit: .seconds(300)))
    var lines = log.split(separator: "\n").map(String.init)
    XCTAssertEqual(lines.filter { $0.hasPrefix("FAIL") }, [])
    let end = try XCTUnwrap(
      lines.popLast()?.wholeMatch(of: #/leds ([01]) ([01]) core (\d+)/#),
      "it has not come to its end")
    return Answers(
      frames: try lines.map { line in
        let bytes = line.split(separator: " ").map { UInt8($0, radix: 16) }
        return try XCTUnwrap(
          bytes.contains(nil) ? nil : Frame(encoded: bytes.compactMap(\.self)),
          "the board sent \(line)")
      }, activity: end.1 == "1", error: end.2 == "1", coreCycles: try XCTUnwrap(Int(end.3)))
  }

  // MARK: Contents

  /// The netlist with its blocks filled, and how many it has. One without a marker must be one without contents.
  private static func filled(
    _ json: [UInt8], _ top: String, _ contents: [[UInt32]: [UInt32]]
  ) throws -> (Data, Int) {
    var file = try XCTUnwrap(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    var modules = try XCTUnwrap(file["modules"] as? [String: Any])
    var module = try XCTUnwrap(modules[top] as? [String: Any])
    var cells = try XCTUnwrap(module["cells"] as? [String: [String: Any]])
    var count = 0
    for (name, cell) in cells where cell["type"] as? String == "SB_RAM40_4K" {
      var parameters = try XCTUnwrap(cell["parameters"] as? [String: Any])
      let words = try words(of: parameters)
      count += 1
      if let filling = contents[words] {
        parameters.merge(self.parameters(of: filling)) { $1 }
        cells[name]?["parameters"] = parameters
      } else {
        XCTAssertTrue(words.allSatisfy { $0 == 0 }, "\(name) holds nothing that is known")
      }
    }
    module["cells"] = cells
    modules[top] = module
    file["modules"] = modules
    return (try JSONSerialization.data(withJSONObject: file), count)
  }

  private static func names() -> [String] {
    (0..<16).map { "INIT_" + String($0, radix: 16, uppercase: true) }
  }

  /// The rows of a block; unknown bits, where nobody has said what they are, count as zeros.
  private static func words(of parameters: [String: Any]) throws -> [UInt32] {
    try names().flatMap { name in
      let bits = Array(try XCTUnwrap(parameters[name] as? String, name))
      XCTAssertEqual(bits.count, 16 * rowsOfParameter)
      return (0..<rowsOfParameter).reversed().map { row in
        bits[16 * row..<16 * row + 16].reduce(UInt32(0)) { $0 << 1 | ($1 == "1" ? 1 : 0) }
      }
    }
  }

  /// The inverse.
  private static func parameters(of words: [UInt32]) -> [String: String] {
    var parameters: [String: String] = [:]
    for (index, name) in names().enumerated() {
      let rows = words[rowsOfParameter * index..<rowsOfParameter * (index + 1)]
      parameters[name] = rows.reversed().map { word in
        let digits = String(word, radix: 2)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined()
    }
    return parameters
  }
}
