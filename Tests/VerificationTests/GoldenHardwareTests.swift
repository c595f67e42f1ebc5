import Assets
import DataSets
import Emission
import FixedPoint
import Foundation
import GoldenCases
import Lowering
import NetSpec
import Simulation
import Toolchain
import XCTest

@testable import Verification

final class GoldenHardwareTests: XCTestCase {
  func testDSRinVerilator() async throws {
    for name in ["minimal-1node", "minimal-selfloop", "fanout-gater", "ext-standard-lstm", "csv-biased-cells", "trained-parity", "trained-dsr"] {
    for lanes in [1, 4, 16] {
      let golden = try XCTUnwrap(GoldenCase.all.first { $0.name == name })
      let network = try NetSpecReader(
        dialect: nil, inputCount: golden.inputCount, outputCount: golden.outputCount
      ).read(golden.specBytes, file: "net").network
      let quantised = try Quantiser(.init(inputRange: -4...4)).quantise(
        GateFactorer().factor(Levelizer().levelize(network)))
      let schedule = Scheduler(lanes: lanes).schedule(quantised)
      let design = HardwareDesign(quantised, schedule)
      let name = Identifier("net")
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      defer { try? FileManager.default.removeItem(at: folder) }
      let artefacts = try VerilogEmitter(
        design, name: name,
        provenance: .init(version: "0", source: "net.spec", sourceHash: "0", options: ""),
        assets: AssetLocator()
      ).emit()
      for artefact in artefacts {
        let url = folder.appendingPathComponent(artefact.path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(artefact.contents).write(to: url)
      }
      var generator = SystemRandomNumberGenerator()
      let inputs = WordSequences(
        sequences: (0..<4).map { _ in
          (0..<8).map { _ in
            quantised.inputs.map { _ in Int32.random(in: -20000...20000, using: &generator) }
          }
        })
      let model = try ModelRun(quantised, inputs)
      let run = try await HardwareRun(
        design, name: name, folder: folder.appendingPathComponent("rtl").path, inputs,
        engine: VerilatorEngine(testbenchFolder: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/sim"))
      let comparison = Comparison(expected: model.outputs, actual: run.frames)
      print(golden.name, "lanes", lanes, "units", schedule.units, "period", schedule.period, run.period ?? -1,
        "bound", schedule.bound.value, schedule.bound.term.rawValue, "compute", design.computeLatency, run.computeLatency ?? -1,
        "latency", design.latency, run.latency ?? -1, "mismatches", comparison.mismatches, comparison.first as Any)
    }
    }
  }
}
