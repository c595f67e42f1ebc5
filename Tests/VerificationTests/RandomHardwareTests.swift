import Diagnostics
import FixedPoint
import GoldenCases
import Lowering
import NetSpec
import Simulation
import Toolchain
import XCTest

@testable import Verification

/// Random networks with features that no golden case combines, in hardware against the model.
final class RandomHardwareTests: XCTestCase {
  private func check(seeds: ClosedRange<UInt64>, dialect: Dialect) async throws {
    var refused = 0
    let widths = [(16, 16, 32), (8, 8, 16), (18, 18, 32), (6, 12, 20), (4, 4, 8)]
    for seed in seeds {
      let network = RandomNetwork.varied(seed: seed, dialect: dialect).network(seed: seed)
      let (weights, activations, state) = widths[Int(seed) % widths.count]
      let formats = NumberFormats(
        weightBits: weights, activationBits: activations,
        state: NumberFormats.defaultState(width: state))
      let factored = GateFactorer().factor(Levelizer().levelize(network))
      let quantised: QuantisedNetwork
      do {
        quantised = try Quantiser(.init(formats: formats, inputRange: -1...1)).quantise(factored)
      } catch {
        // Recurrent linear nodes that gate have no bound but that of the state: no word is wide
        // enough for their products without calibration, and the compiler says so.
        XCTAssertEqual(error.diagnostics.map(\.id), ["accumulator-width"], "seed \(seed)")
        refused += 1
        continue
      }
      let quantiser = InputQuantiser(quantised)
      var counts = SaturationCounts()
      let sequences = (0..<2).map { sequence in
        RandomNetwork.inputs(of: network, steps: 12, seed: seed * 2 + UInt64(sequence)).map {
          quantiser.words($0, saturations: &counts)
        }
      }
      // Independent draws: every choice meets every other one.
      var draw = SeededGenerator(seed: seed ^ (dialect == .seed ? 0x5EED : 0xC57))
      func choice<Value>(_ values: [Value]) -> Value { values[draw.below(values.count)] }
      let lanes = choice([1, 2, 3, 5, 8, 12])
      let profile: PipelineProfile = choice([.shallow, .medium, .balanced, .deep, .segmented])
      let lanesPerStream = choice((1...lanes).filter { lanes % $0 == 0 })
      let form: ProgramForm = choice([.positions, .operations])
      let usesVerilator = draw.chance(0.25)
      // Cells of a family are what Icarus runs.
      let family: String? = usesVerilator ? nil : choice(["ecp5", "ice40", "gowin", nil])
      let schedule = Scheduler(
        lanes: lanes, profile: profile, lanesPerStream: lanesPerStream
      ).schedule(quantised)
      let place =
        "\(dialect) seed \(seed), \(lanes) lanes, \(lanesPerStream) a stream,"
        + " \(weights)/\(activations)/\(state), \(form), \(family ?? "no family")"
      XCTAssertNoThrow(try ScheduleChecker(quantised, schedule).check(), place)
      let design = HardwareDesign(quantised, schedule, program: form)
      let inputs = WordSequences(sequences: sequences)
      let engine: any SimulationEngine = usesVerilator ? Engines.verilator : Engines.icarus
      let run = try await TemporaryCore.use(design, primitives: family) { name, folder in
        try await HardwareRun(design, name: name, folder: folder, inputs, engine: engine)
      }
      let comparison = Comparison(
        expected: try ModelRun(quantised, inputs).outputs, actual: run.frames)
      XCTAssertEqual(run.frames.count, inputs.stepCount, place)
      XCTAssertEqual(
        comparison.mismatches, 0, "\(place): \(String(describing: comparison.first))")
      XCTAssertEqual(run.period, schedule.period, place)
      XCTAssertEqual(run.computeLatency, design.computeLatency, place)
      XCTAssertEqual(run.latency, design.latency, place)
    }
    XCTAssertLessThanOrEqual(refused, seeds.count / 10)
  }

  func testSeedDialect() async throws { try await check(seeds: 1...40, dialect: .seed) }
  func testCsvDialect() async throws { try await check(seeds: 1...20, dialect: .csv) }
}
