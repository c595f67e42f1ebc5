import Diagnostics
import GoldenCases
import NetSpec
import Network
import Simulation
import XCTest

/// The float reference against data from other implementations of the same equations.
///
/// The tolerance is for the C library's exp and tanh; all else is exact.
final class FloatGoldenTests: XCTestCase {
  func testOutputsAndStatesOfEveryGoldenCaseAreReproduced() throws {
    XCTAssertGreaterThan(GoldenCase.all.count, 30)
    for golden in GoldenCase.all { try check(golden) }
  }

  func testCasesWithoutLearningAreComparedToTheirEnd() throws {
    XCTAssertEqual(try check(.named("relu-identity")), 20)
    XCTAssertEqual(try check(.named("csv-resume")), 15)
    XCTAssertEqual(try check(.named("trained-parity")), 3400)
  }

  /// Compares up to and including the first step that is followed by a change of weights.
  /// - Returns: how many steps were compared.
  @discardableResult
  private func check(_ golden: GoldenCase) throws -> Int {
    var simulator = FloatSimulator(try network(golden))
    let inputs = try XCTUnwrap(golden.rows(of: "inputs.csv"), golden.name)
    let outputs = try XCTUnwrap(golden.rows(of: "outputs.csv"), golden.name)
    let states = golden.rows(of: "states.csv")
    let resets = golden.rows(of: "reset.csv")
    let firstAdjustment = golden.rows(of: "targets.csv")?.firstIndex { !$0.isEmpty }
    let steps = firstAdjustment.map { $0 + 1 } ?? inputs.count
    XCTAssertEqual(outputs.count, inputs.count, golden.name)
    for step in 0..<steps {
      if resets?[step] == [1] { simulator.reset() }
      simulator.step(inputs[step])
      let place = "\(golden.name), step \(step)"
      assertClose(Array(simulator.outputs), outputs[step], "output", place)
      if let states { assertClose(simulator.states, states[step], "state of node", place) }
    }
    return steps
  }

  private func network(_ golden: GoldenCase) throws -> Network {
    try NetSpecReader(
      dialect: golden.dialect, inputCount: golden.inputCount, outputCount: golden.outputCount
    ).read(golden.specBytes, file: golden.specName).network
  }

  private func assertClose(
    _ actual: [Double], _ expected: [Double], _ what: String, _ place: String
  ) {
    XCTAssertEqual(actual.count, expected.count, "\(place): number of values")
    for (index, (value, reference)) in zip(actual, expected).enumerated() {
      XCTAssertEqual(value, reference, accuracy: 1e-12, "\(place): \(what) \(index)")
    }
  }
}
