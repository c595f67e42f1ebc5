import Assets
import Emission
import FixedPoint
import Foundation
import GoldenCases
import Lowering
import Network
import Simulation
import Toolchain
import XCTest

@testable import Verification

/// A golden case on its way to hardware: inputs that are always one are named constant, ranges are
/// those of the data, identity and relu outputs are calibrated on it.
struct GoldenHardware {
  let golden: GoldenCase
  let network: Network
  let quantised: QuantisedNetwork
  let inputs: WordSequences
  /// By sequence, by step, by output: the float reference on the same data.
  let reference: [[[Double]]]

  init(_ name: String, formats: NumberFormats = .init(), namesConstants: Bool = true) throws {
    golden = GoldenCase.named(name)
    network = try golden.network()
    let sequences = golden.sequences()
    let rows = sequences.joined()
    let constants = (0..<golden.inputCount).filter { input in
      namesConstants && rows.allSatisfy { $0[input] == 1 }
    }
    let streamed = (0..<golden.inputCount).filter { !constants.contains($0) }

    var simulator = FloatSimulator(network)
    var magnitudes: [Int: Double] = [:]
    var reference: [[[Double]]] = []
    for sequence in sequences {
      simulator.reset()
      var steps: [[Double]] = []
      for row in sequence {
        simulator.step(row)
        steps.append(Array(simulator.outputs))
        for (node, activation) in simulator.activations.enumerated() {
          magnitudes[node] = max(magnitudes[node] ?? 0, abs(activation))
        }
      }
      reference.append(steps)
    }
    self.reference = reference

    quantised = try Quantiser(
      .init(
        formats: formats, inputRanges: golden.inputRanges(), calibratedMagnitudes: magnitudes)
    ).quantise(
      GateFactorer().factor(
        Levelizer(constantInputs: Dictionary(uniqueKeysWithValues: constants.map { ($0, 1) }))
          .levelize(network)))
    let quantiser = InputQuantiser(quantised)
    var counts = SaturationCounts()
    var words: [[[Int32]]] = []
    for sequence in sequences {
      words.append(
        sequence.map { row in
          quantiser.words(streamed.map { row[$0] }, saturations: &counts)
        })
    }
    inputs = WordSequences(sequences: words, inputSaturations: counts.input)
  }

  /// Largest distance of output words, frame by frame, from the float reference.
  func largestError(_ frames: [[Int64]]) -> Double {
    var worst = 0.0
    for (exact, frame) in zip(reference.joined(), frames) {
      for ((value, word), node) in zip(zip(exact, frame), quantised.outputs) {
        worst = max(worst, abs(value - quantised.valueFormats[node].value(word)))
      }
    }
    return worst
  }

  /// Generates the core, plays every sequence to it and demands that it equals the model in every
  /// bit and the schedule in every cycle.
  func assertRTLEqualsModel(
    lanes: Int, lanesPerStream: Int = 1, engine: any SimulationEngine,
    profile: PipelineProfile = .shallow, primitives: String? = nil, loadsWeights: Bool = false,
    ready: Stimulus.Ready = .always, firstSequences: Int? = nil, file: StaticString = #filePath,
    line: UInt = #line
  ) async throws -> HardwareRun {
    let inputs = WordSequences(
      sequences: Array(inputs.sequences.prefix(firstSequences ?? .max)),
      inputSaturations: inputs.inputSaturations)
    let place = [
      "\(golden.name), \(lanes) lanes, \(lanesPerStream) a stream", primitives,
    ].compactMap(\.self).joined(separator: ", ")
    let schedule = Scheduler(
      lanes: lanes, profile: profile, lanesPerStream: lanesPerStream
    ).schedule(quantised)
    XCTAssertNoThrow(
      try ScheduleChecker(quantised, schedule).check(), place, file: file, line: line)
    let design = HardwareDesign(quantised, schedule, loadsWeights: loadsWeights)
    let run = try await TemporaryCore.use(design, primitives: primitives) { name, folder in
      try await HardwareRun(
        design, name: name, folder: folder, inputs, engine: engine, ready: ready)
    }
    let model = try ModelRun(quantised, inputs)
    XCTAssertEqual(model.saturations.state, 0, place, file: file, line: line)
    XCTAssertEqual(run.frames.count, inputs.stepCount, place, file: file, line: line)
    let comparison = Comparison(expected: model.outputs, actual: run.frames)
    XCTAssertEqual(
      comparison.mismatches, 0, "\(place): \(String(describing: comparison.first))", file: file,
      line: line)
    if ready == .always {
      XCTAssertEqual(run.period ?? schedule.period, schedule.period, place, file: file, line: line)
      XCTAssertEqual(run.computeLatency, design.computeLatency, place, file: file, line: line)
      XCTAssertEqual(run.latency, design.latency, place, file: file, line: line)
    }
    return run
  }
}

/// Generated RTL in a temporary folder, with a family's own primitives if one is named.
enum TemporaryCore {
  static func use<Result>(
    _ design: HardwareDesign, primitives: String? = nil,
    _ body: (Identifier, String) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lstmg-test-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let name = Identifier("golden")
    let emitter = VerilogEmitter(
      design, name: name,
      provenance: Provenance(
        version: "test", source: "net.spec", sourceHash: String(repeating: "0", count: 64),
        options: ""), assets: AssetLocator(), primitives: primitives)
    for artefact in try emitter.emit() + emitter.cells() {
      let url = folder.appendingPathComponent(artefact.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(artefact.contents).write(to: url)
    }
    return try await body(name, folder.appendingPathComponent("rtl").path)
  }
}

/// The simulators with the testbench of this checkout.
enum Engines {
  private static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let sim = checkout.appendingPathComponent("sim").path
  static let verilator = VerilatorEngine(testbenchFolder: sim)
  static let icarus = IcarusEngine(testbenchFolder: sim)

  /// A new folder in the one that holds another.
  static func folder(_ name: String, beside other: String) throws -> String {
    let url = URL(fileURLWithPath: other).deletingLastPathComponent().appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path
  }
}
