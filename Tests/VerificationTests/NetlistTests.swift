import Compilation
import Emission
import GoldenCases
import Lowering
import Toolchain
import XCTest

@testable import Verification

/// What synthesis makes of a core still equals the model in every bit, and the core itself in every
/// cycle: over sequences with resets of the state between them, and with a consumer that stalls.
final class NetlistTests: XCTestCase {
  private static let network = "mixed-modes"

  /// Synthesises a core of two lanes, plays three short sequences to it, and returns the netlist.
  private func check(
    _ family: NetlistBuild.Family, _ profile: PipelineProfile, _ ready: Stimulus.Ready,
    file: StaticString = #filePath, line: UInt = #line
  ) async throws -> (Netlist, HardwareDesign) {
    let golden = try GoldenHardware(Self.network)
    let inputs = golden.inputs.beginning(sequences: 3, steps: 3)
    let design = HardwareDesign(
      golden.quantised, Scheduler(lanes: 2, profile: profile).schedule(golden.quantised))
    let expected = try ModelRun(golden.quantised, inputs).outputs
    return try await TemporaryCore.use(design) { name, folder in
      let core = SimulatedDesign(design, name: name, folder: folder)
      let product = try await NetlistBuild(family, models: Engines.models(family)).make(
        core, in: try Engines.folder("netlist", beside: folder))
      let run = try await HardwareRun(
        product.design, inputs, engine: Engines.icarus, ready: ready)
      let comparison = Comparison(expected: expected, actual: run.frames)
      XCTAssertEqual(run.frames.count, 9, file: file, line: line)
      XCTAssertEqual(
        comparison.mismatches, 0, "\(String(describing: comparison.first))", file: file,
        line: line)
      let reference = try await HardwareRun(core, inputs, engine: Engines.icarus, ready: ready)
      XCTAssertEqual(run.trace.beats, reference.trace.beats, file: file, line: line)
      return (product.netlist, design)
    }
  }

  func testECP5WithAStallingConsumer() async throws {
    let (netlist, design) = try await check(.ecp5, .shallow, .random(seed: 5, permille: 200))
    assertCounts(netlist, design, .ecp5, multiplier: "MULT18X18D", memory: "DP16KD")
  }

  func testECP5WithRegisters() async throws {
    let (netlist, design) = try await check(.ecp5, .medium, .always)
    assertCounts(netlist, design, .ecp5, multiplier: "MULT18X18D", memory: "DP16KD")
  }

  func testICE40WithAStallingConsumer() async throws {
    let (netlist, design) = try await check(.ice40, .shallow, .random(seed: 5, permille: 200))
    assertCounts(netlist, design, .ice40, multiplier: "SB_MAC16", memory: "SB_RAM40_4K")
  }

  /// Two registers before a product and one behind it: close to what the DSP pass gets wrong.
  func testICE40WithRegisters() async throws {
    let (netlist, design) = try await check(.ice40, .medium, .always)
    assertCounts(netlist, design, .ice40, multiplier: "SB_MAC16", memory: "SB_RAM40_4K")
  }

  /// As many multipliers as the design says, and at most so many block memories: small ones become
  /// distributed memories.
  private func assertCounts(
    _ netlist: Netlist, _ design: HardwareDesign, _ target: TargetFamily, multiplier: String,
    memory: String, file: StaticString = #filePath, line: UInt = #line
  ) {
    let plan = ResourcePlan(design, target: target)
    XCTAssertEqual(
      netlist.cells(multiplier).count, plan.multipliers, multiplier, file: file, line: line)
    XCTAssertLessThanOrEqual(
      netlist.cells(memory).count, plan.memoryBlocks, memory, file: file, line: line)
    print("NETLIST", target, netlist.cells(multiplier).count, plan.multipliers, netlist.cells(memory).count, plan.memoryBlocks)
    for c in netlist.cells(multiplier) { print(c.name, c.parameters.filter { $0.key.contains("REG") || $0.key.hasSuffix("_CLK") || $0.key.contains("SELECT") }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")) }
    for c in netlist.cells(memory) { print(c.name, c.text("REGMODE_A") ?? "", c.number("DATA_WIDTH_A") ?? c.number("READ_MODE") ?? 0) }
  }
}

extension WordSequences {
  /// The first steps, cut into sequences.
  func beginning(sequences count: Int, steps: Int) -> WordSequences {
    let all = Array(sequences.joined())
    precondition(all.count >= count * steps)
    return WordSequences(
      sequences: (0..<count).map { Array(all[$0 * steps..<($0 + 1) * steps]) })
  }
}
