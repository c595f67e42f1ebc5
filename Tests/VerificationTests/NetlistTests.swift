import Emission
import GoldenCases
import Lowering
import Toolchain
import XCTest

@testable import Verification

/// What synthesis makes of a core still equals the model in every bit, and the core itself in every
/// cycle: over sequences with resets of the state between them, and with a consumer that stalls.
final class NetlistTests: XCTestCase {
  private func check(
    _ name: String, lanes: Int, _ family: NetlistBuild.Family,
    profile: PipelineProfile = .shallow, file: StaticString = #filePath, line: UInt = #line
  ) async throws {
    let golden = try GoldenHardware(name)
    let inputs = golden.inputs.beginnings(sequences: 3, steps: 4)
    XCTAssertGreaterThan(inputs.sequences.count, 1, "no reset between", file: file, line: line)
    let design = HardwareDesign(
      golden.quantised, Scheduler(lanes: lanes, profile: profile).schedule(golden.quantised))
    let expected = try ModelRun(golden.quantised, inputs).outputs
    try await TemporaryCore.use(design) { name, folder in
      let core = SimulatedDesign(design, name: name, folder: folder)
      let netlist = try await NetlistBuild(family, models: Engines.models(family)).make(
        core, in: try Engines.folder("netlist", beside: folder))
      for ready in [Stimulus.Ready.always, .random(seed: 5, permille: 300)] {
        let run = try await HardwareRun(
          netlist.design, inputs, engine: Engines.icarus, ready: ready)
        let comparison = Comparison(expected: expected, actual: run.frames)
        XCTAssertEqual(run.frames.count, inputs.stepCount, "\(ready)", file: file, line: line)
        XCTAssertEqual(
          comparison.mismatches, 0, "\(ready): \(String(describing: comparison.first))",
          file: file, line: line)
        let reference = try await HardwareRun(core, inputs, engine: Engines.icarus, ready: ready)
        XCTAssertEqual(run.trace.beats, reference.trace.beats, "\(ready)", file: file, line: line)
      }
    }
  }

  func testECP5() async throws { try await check("trained-parity", lanes: 2, .ecp5) }
  func testECP5Medium() async throws {
    try await check("trained-parity", lanes: 2, .ecp5, profile: .medium)
  }
  func testICE40() async throws { try await check("trained-parity", lanes: 2, .ice40) }
  /// Two registers before a product and one behind it: close to what the DSP pass gets wrong.
  func testICE40Medium() async throws {
    try await check("trained-parity", lanes: 2, .ice40, profile: .medium)
  }
}

extension WordSequences {
  /// The first steps of the first sequences.
  func beginnings(sequences count: Int, steps: Int) -> WordSequences {
    WordSequences(sequences: sequences.prefix(count).map { Array($0.prefix(steps)) })
  }
}
