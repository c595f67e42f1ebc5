import Emission
import Foundation
import GoldenCases
import Lowering
import Toolchain
import XCTest

@testable import Verification

/// Cores whose weights come from a flash memory at the start.
final class LoadedWeightsTests: XCTestCase {
  private func check(
    _ name: String, lanes: Int, lanesPerStream: Int, engine: any SimulationEngine,
    primitives: String?, file: StaticString = #filePath, line: UInt = #line
  ) async throws {
    _ = try await GoldenHardware(name).assertRTLEqualsModel(
      lanes: lanes, lanesPerStream: lanesPerStream, engine: engine, profile: .segmented,
      primitives: primitives, loadsWeights: true, file: file, line: line)
  }

  func testOneTwoAndFourLanesInVerilator() async throws {
    for lanes in [1, 2, 4] {
      try await check(
        "ext-standard-lstm", lanes: lanes, lanesPerStream: lanes, engine: Engines.verilator,
        primitives: "ice40")
    }
  }

  func testLanesWithSourcesOfTheirOwn() async throws {
    try await check(
      "mixed-modes", lanes: 2, lanesPerStream: 1, engine: Engines.verilator, primitives: nil)
  }

  func testInIcarus() async throws {
    try await check(
      "mixed-modes", lanes: 2, lanesPerStream: 2, engine: Engines.icarus, primitives: "ice40")
  }

  private func design(_ name: String, lanes: Int) throws -> (GoldenHardware, HardwareDesign) {
    let hardware = try GoldenHardware(name)
    let schedule = Scheduler(lanes: lanes, profile: .segmented, lanesPerStream: lanes)
      .schedule(hardware.quantised)
    return (hardware, HardwareDesign(hardware.quantised, schedule, loadsWeights: true))
  }

  func testAWrongImageKeepsTheCoreInReset() async throws {
    let (hardware, design) = try design("mixed-modes", lanes: 2)
    // The magic number, the identity, the weights, the check.
    for place in [0, 7, 40, -1] {
      try await TemporaryCore.use(design) { name, folder in
        let core = SimulatedDesign(design, name: name, folder: folder)
        let image = URL(fileURLWithPath: try XCTUnwrap(core.flashImage))
        var bytes = [UInt8](try Data(contentsOf: image))
        bytes[place < 0 ? bytes.count + place : place] ^= 4
        try Data(bytes).write(to: image)
        let stimulus = HardwareRun.stimulus(hardware.inputs, ready: .always)
        let trace = try await Engines.verilator.simulate(core, stimulus)
        XCTAssertTrue(trace.violations.first?.text.hasPrefix("load_error") ?? false)
        XCTAssertTrue(trace.firstInputs.isEmpty && trace.beats.isEmpty)
      }
    }
  }

  func testAResetLoadsAgain() async throws {
    let (hardware, design) = try design("mixed-modes", lanes: 2)
    let steps = Array(hardware.inputs.sequences.joined().prefix(4))
    var stimulus = Stimulus()
    for (index, words) in steps.enumerated() {
      if index == 2 { stimulus.items.append(.reset(outputFrames: 2)) }
      stimulus.append(frame: words.map(Int64.init), startsSequence: index % 2 == 0)
    }
    let expected = try ModelRun(
      hardware.quantised,
      WordSequences(sequences: [Array(steps[..<2]), Array(steps[2...])])
    ).outputs.joined().map { $0.map(Int64.init) }
    let trace = try await TemporaryCore.use(design) { name, folder in
      try await Engines.verilator.simulate(
        SimulatedDesign(design, name: name, folder: folder), stimulus
      ).checked()
    }
    XCTAssertEqual(trace.frames, expected)
    let words = 2 * design.layout.programDepth
    XCTAssertGreaterThan(trace.firstInputs[2] - trace.firstInputs[1], 2 * 16 * words)
  }

  func testTheImageHoldsTheWeightsAndIsAlwaysTheSame() async throws {
    let (_, design) = try design("ext-standard-lstm", lanes: 4)
    var images: Set<[UInt8]> = []
    for _ in 0..<2 {
      try await TemporaryCore.use(design) { name, folder in
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        XCTAssertFalse(
          files.contains { $0.hasPrefix("\(name)_weights") || $0.hasPrefix("\(name)_lane") })
        let core = SimulatedDesign(design, name: name, folder: folder)
        images.insert(
          [UInt8](try Data(contentsOf: URL(fileURLWithPath: try XCTUnwrap(core.flashImage)))))
      }
    }
    XCTAssertEqual(images.count, 1)
    let image = try XCTUnwrap(images.first)
    XCTAssertEqual(Array(image.prefix(4)), Array("LSTG".utf8))
    let weights = stride(from: 8, to: image.count - 4, by: 2).map { index in
      Int64(Int16(bitPattern: UInt16(image[index]) << 8 | UInt16(image[index + 1])))
    }
    XCTAssertEqual(weights, Array(design.laneWeights.joined()))
    XCTAssertEqual(weights.count, 4 * design.layout.programDepth)
  }

  func testWeightsInBlocksNeedNothingOfIt() async throws {
    let hardware = try GoldenHardware("mixed-modes")
    let design = HardwareDesign(
      hardware.quantised, Scheduler(lanes: 2).schedule(hardware.quantised))
    try await TemporaryCore.use(design, primitives: "ice40") { name, folder in
      let manager = FileManager.default
      let files =
        try manager.contentsOfDirectory(atPath: folder)
        + manager.contentsOfDirectory(atPath: folder + "/../sim/cells")
      XCTAssertTrue(files.contains("lstmg_carry.v") && files.contains("SB_CARRY.v"))
      for name in ["lstmg_spram.v", "lstmg_flash_loader.v", "SB_SPRAM256KA.v"] {
        XCTAssertFalse(files.contains(name), name)
      }
      XCTAssertFalse(manager.fileExists(atPath: folder + "/../flash"))
      let top = try String(contentsOfFile: "\(folder)/\(name).v", encoding: .utf8)
      XCTAssertFalse(top.contains("flash") || top.contains("LOADED_WEIGHTS"))
    }
  }
}
