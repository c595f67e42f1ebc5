import FixedPoint
import GoldenCases
import Lowering
import NetSpec
import Simulation
import XCTest

/// How far the integer model drifts from the float reference when both run freely.
///
/// No bound of use can be derived for a recurrent network; the limits are the errors that an
/// independent emulation of 16-bit operands and 32-bit states reached, with linear outputs
/// calibrated to what the reference gives. relu-identity ends in Q2.13, two units of which are
/// 2.4e-4.
final class FixedPointGoldenTests: XCTestCase {
  private let limits = [
    "trained-dsr": 5.9e-3, "trained-reber": 3.3e-4, "ext-standard-lstm": 8e-5,
    "relu-identity": 2.5e-4,
  ]

  func testOutputsOfTheGoldenCasesStayCloseToTheFloatReference() throws {
    for golden in GoldenCase.all {
      let error = try largestError(golden, steps: 300)
      XCTAssertLessThanOrEqual(error, limits[golden.name] ?? 4e-5, golden.name)
    }
  }

  private func largestError(_ golden: GoldenCase, steps: Int) throws -> Double {
    let network = try NetSpecReader(
      dialect: golden.dialect, inputCount: golden.inputCount, outputCount: golden.outputCount
    ).read(golden.specBytes, file: golden.specName).network
    let rows = try XCTUnwrap(golden.rows(of: "inputs.csv"), golden.name)
    let resets = golden.rows(of: "reset.csv")
    var ranges: [Int: ClosedRange<Double>] = [:]
    for input in 0..<network.inputCount {
      let column = rows.map { $0[input] }
      ranges[input] = (column.min() ?? 0)...(column.max() ?? 0)
    }
    var calibrated: [Int: Double] = [:]
    var observer = FloatSimulator(network)
    for (step, row) in rows.prefix(steps).enumerated() {
      if resets?[step] == [1] { observer.reset() }
      observer.step(row)
      for (node, value) in observer.activations.enumerated() {
        calibrated[node] = max(calibrated[node] ?? 0, abs(value))
      }
    }
    let quantised = try Quantiser(
      .init(inputRanges: ranges, calibratedMagnitudes: calibrated)
    ).quantise(GateFactorer().factor(Levelizer().levelize(network)))
    let quantiser = InputQuantiser(quantised)
    var counts = SaturationCounts()
    var simulator = FixedPointSimulator(quantised)
    var reference = FloatSimulator(network)
    var largest = 0.0
    for (step, row) in rows.prefix(steps).enumerated() {
      if resets?[step] == [1] {
        simulator.reset()
        reference.reset()
      }
      simulator.step(quantiser.words(row, saturations: &counts))
      reference.step(row)
      for (value, exact) in zip(quantised.outputs, reference.outputs) {
        let word = Int64(simulator.values[value])
        largest = max(largest, abs(quantised.valueFormats[value].value(word) - exact))
      }
    }
    XCTAssertEqual(counts.input + simulator.saturations.state, 0, golden.name)
    return largest
  }
}
