import Assets
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
    lanesPerStream: Int = 1, usesPrimitives: Bool = false, loadsWeights: Bool = false,
    file: StaticString = #filePath,
    line: UInt = #line
  ) async throws -> (Netlist, HardwareDesign) {
    let golden = try GoldenHardware(Self.network)
    let inputs = golden.inputs.beginning(sequences: 3, steps: 3)
    let design = HardwareDesign(
      golden.quantised,
      Scheduler(lanes: 2, profile: profile, lanesPerStream: lanesPerStream)
        .schedule(golden.quantised), loadsWeights: loadsWeights)
    let expected = try ModelRun(golden.quantised, inputs).outputs
    let primitives = usesPrimitives ? family.rawValue : nil
    return try await TemporaryCore.use(design, primitives: primitives) { name, folder in
      let core = SimulatedDesign(design, name: name, folder: folder)
      let product = try await NetlistBuild(
        family, models: AssetLocator().cellModels(of: family.rawValue)
      ).make(core, in: try Engines.folder("netlist", beside: folder))
      let run = try await HardwareRun(
        product.design, inputs, engine: Engines.icarus, ready: ready)
      let comparison = Comparison(expected: expected, actual: run.frames)
      XCTAssertEqual(run.frames.count, 9, file: file, line: line)
      XCTAssertEqual(
        comparison.mismatches, 0, "\(String(describing: comparison.first))", file: file,
        line: line)
      let reference = try await HardwareRun(core, inputs, engine: Engines.icarus, ready: ready)
      XCTAssertEqual(run.traces.map(\.beats), reference.traces.map(\.beats), file: file, line: line)
      return (product.netlist, design)
    }
  }

  func testECP5WithAStallingConsumer() async throws {
    let (netlist, design) = try await check(.ecp5, .shallow, .random(seed: 5, permille: 200))
    assertECP5(netlist, design)
  }

  /// The cells are instances: their registers are those that the profile asks for.
  func testInstancesOfECP5WithEveryRegister() async throws {
    let (netlist, design) = try await check(.ecp5, .deep, .always, usesPrimitives: true)
    let plan = ResourcePlan(design, target: .ecp5)
    let multipliers = netlist.cells("MULT18X18D")
    XCTAssertEqual(multipliers.count, plan.multipliers)
    let lanes = multipliers.filter { $0.name.contains(".u_lane.") }
    XCTAssertEqual(lanes.count, design.schedule.lanes)
    for cell in lanes {
      for register in ["REG_INPUTA_CLK", "REG_INPUTB_CLK", "REG_PIPELINE_CLK", "REG_OUTPUT_CLK"] {
        XCTAssertEqual(cell.text(register), "CLK0", "\(cell.name) \(register)")
      }
    }
    let memories = netlist.cells("DP16KD")
    XCTAssertLessThanOrEqual(memories.count, plan.memoryBlocks)
    XCTAssertGreaterThan(memories.count, design.schedule.lanes)
    for cell in memories {
      XCTAssertEqual(cell.text("REGMODE_B"), "OUTREG", cell.name)
    }
  }

  func testECP5WithSharedSources() async throws {
    let (netlist, design) = try await check(.ecp5, .medium, .always, lanesPerStream: 2)
    assertECP5(netlist, design)
  }

  func testICE40WithAStallingConsumer() async throws {
    let (netlist, design) = try await check(.ice40, .shallow, .random(seed: 5, permille: 200))
    assertICE40(netlist, design)
  }

  /// Two registers before a product and one behind it: close to what the DSP pass gets wrong.
  func testICE40WithRegisters() async throws {
    let (netlist, design) = try await check(.ice40, .medium, .always)
    assertICE40(netlist, design)
  }

  /// Carry chains are instances.
  func testInstancesOfICE40WithSharedSources() async throws {
    let (netlist, design) = try await check(
      .ice40, .segmented, .always, lanesPerStream: 2, usesPrimitives: true)
    XCTAssertEqual(
      netlist.cells("SB_MAC16").count { $0.name.contains(".u_lane.") }, design.schedule.lanes)
    XCTAssertLessThanOrEqual(
      netlist.cells("SB_RAM40_4K").count, ResourcePlan(design, target: .ice40).memoryBlocks)
  }

  /// Weights lie in single-port memories, one a lane, and nowhere else.
  func testICE40WithLoadedWeights() async throws {
    let (netlist, design) = try await check(
      .ice40, .segmented, .always, lanesPerStream: 2, usesPrimitives: true, loadsWeights: true)
    let plan = ResourcePlan(design, target: .ice40)
    XCTAssertEqual(plan.spramBlocks, 2)
    XCTAssertEqual(netlist.cells("SB_SPRAM256KA").count, plan.spramBlocks)
    let blocks = netlist.cells("SB_RAM40_4K")
    XCTAssertEqual(blocks.count { $0.name.contains("gen_weights") }, 0)
    XCTAssertLessThanOrEqual(blocks.count, plan.memoryBlocks)
  }

  /// As many multipliers as the design says, and at most so many block memories: small ones become
  /// distributed memories. Inferred cells are without registers.
  private func assertECP5(
    _ netlist: Netlist, _ design: HardwareDesign, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let plan = ResourcePlan(design, target: .ecp5)
    let multipliers = netlist.cells("MULT18X18D")
    let memories = netlist.cells("DP16KD")
    XCTAssertEqual(multipliers.count, plan.multipliers, file: file, line: line)
    XCTAssertLessThanOrEqual(memories.count, plan.memoryBlocks, file: file, line: line)
    // Programs and table are too large for anything else; columns that never change need nothing.
    let large = plan.memories.filter { $0.bits / $0.count > 2048 }
    XCTAssertGreaterThanOrEqual(
      memories.count, large.reduce(0) { $0 + $1.count }, file: file, line: line)
    for cell in multipliers {
      XCTAssertNil(cell.text("REG_OUTPUT_CLK"), cell.name, file: file, line: line)
    }
    for cell in memories {
      XCTAssertEqual(cell.text("REGMODE_B"), "NOREG", cell.name, file: file, line: line)
    }
  }

  /// Every product is in multipliers, perhaps less its last bits, and every memory in blocks; the
  /// multiplier of a lane holds the register behind the product and those before it.
  private func assertICE40(
    _ netlist: Netlist, _ design: HardwareDesign, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let plan = ResourcePlan(design, target: .ice40)
    let schedule = design.schedule
    let multipliers = netlist.cells("SB_MAC16")
    let lanes = multipliers.filter { $0.name.contains(".u_lane.") }
    XCTAssertEqual(lanes.count, schedule.lanes, file: file, line: line)
    XCTAssertTrue(
      (plan.multipliers - schedule.units...plan.multipliers).contains(multipliers.count),
      "\(multipliers.count) of \(plan.multipliers)", file: file, line: line)
    for cell in lanes {
      XCTAssertEqual(cell.number("PIPELINE_16x16_MULT_REG1"), 1, cell.name, file: file, line: line)
      XCTAssertEqual(
        cell.number("PIPELINE_16x16_MULT_REG2"), 0, cell.name, file: file, line: line)
      XCTAssertEqual(
        cell.number("B_REG"), schedule.profile.multiplyLatency > 1 ? 1 : 0, cell.name, file: file,
        line: line)
    }
    let memories = netlist.cells("SB_RAM40_4K")
    let kinds = plan.memories.reduce(0) { $0 + $1.count }
    XCTAssertTrue(
      (kinds...plan.memoryBlocks).contains(memories.count),
      "\(memories.count) of \(kinds) to \(plan.memoryBlocks)", file: file, line: line)
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
