import DataSets
import Foundation
import Simulation
import XCTest

@testable import Importing

/// Files of other programs, and what these programs made of random inputs.
final class RecordedFilesTests: XCTestCase {
  func testFilesOfTheONNXPackageGiveWhatItsRuntimeGave() throws {
    for name in ["lstm-stacked", "lstm-peepholes", "gru-0", "gru-1"] {
      try check(name + ".onnx", recorded: name)
    }
  }

  func testFilesOfPyTorchGiveWhatItGave() throws {
    for name in ["torch-lstm", "torch-gru"] {
      try check(name + ".safetensors", recorded: name)
      try check(name + ".onnx", recorded: name)
    }
  }

  private func check(_ file: String, recorded name: String) throws {
    let folder = try XCTUnwrap(Bundle.module.resourceURL).appendingPathComponent("Fixtures")
    func rows(_ kind: String) throws -> [[Double]] {
      let path = folder.appendingPathComponent("\(name)-\(kind).csv").path
      let data = try DataSetReader(columnCount: nil).read(try FileReader().read(path), file: path)
      return data.sequences[0].steps.map { Array($0.values ?? []) }
    }
    let bytes = try FileReader().read(folder.appendingPathComponent(file).path)
    var simulator = FloatSimulator(try imported(bytes, file).network)
    let (inputs, outputs) = (try rows("inputs"), try rows("outputs"))
    XCTAssertEqual(inputs.count, outputs.count)
    for (step, (x, expected)) in zip(inputs, outputs).enumerated() {
      simulator.step(x)
      XCTAssertEqual(simulator.outputs.count, expected.count)
      for (actual, wanted) in zip(simulator.outputs, expected) {
        // Recorded in single precision: some twelve steps of ten terms each.
        XCTAssertEqual(actual, wanted, accuracy: 1e-6, "\(file), step \(step)")
      }
    }
  }
}
