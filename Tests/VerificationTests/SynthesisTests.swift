import Emission
import GoldenCases
import Lowering
import Toolchain
import XCTest

@testable import Verification

/// Generated cores run through yosys for both families without a warning, a latch, a loop or a
/// driver conflict.
final class SynthesisTests: XCTestCase {
  private func cells(
    _ name: String, lanes: Int, _ family: YosysCheck.Family, options: [String] = []
  ) async throws -> CellCounts {
    let hardware = try GoldenHardware(name)
    let design = HardwareDesign(
      hardware.quantised, Scheduler(lanes: lanes).schedule(hardware.quantised))
    return try await TemporaryCore.use(design) { name, folder in
      try await YosysCheck().synthesise(
        folder: folder, top: name.text, family: family, options: options)
    }
  }

  private func units(_ name: String, lanes: Int) throws -> Int {
    Scheduler(lanes: lanes).schedule(try GoldenHardware(name).quantised).units
  }

  func testDistractedSequenceRecallOnECP5() async throws {
    let cells = try await cells("trained-dsr", lanes: 4, .ecp5)
    // A lane, the table and products need one multiplier each, the gate of 33 by 16 bits two.
    XCTAssertEqual(cells["MULT18X18D"], 4 + 4 * (try units("trained-dsr", lanes: 4)))
    // Program and copy a lane; gate and value copies, states, captures, table and program of the unit.
    XCTAssertGreaterThan(cells["DP16KD"], 8)
  }

  func testStandardLSTMOnECP5() async throws {
    let cells = try await cells("ext-standard-lstm", lanes: 8, .ecp5)
    XCTAssertEqual(cells["MULT18X18D"], 8 + 4 * (try units("ext-standard-lstm", lanes: 8)))
  }

  func testStandardLSTMOnICE40() async throws {
    let cells = try await cells("ext-standard-lstm", lanes: 1, .ice40)
    XCTAssertGreaterThan(cells["SB_RAM40_4K"], 4)
  }

  func testArgumentBiasOnICE40() async throws {
    _ = try await cells("csv-nobias-unlayered", lanes: 1, .ice40)
  }
}
