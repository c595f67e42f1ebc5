import DataSets
import GoldenCases
import Network
import XCTest

@testable import Compilation

final class CalibrationTests: XCTestCase {
  /// Input 0, a running sum of it (identity), and an output.
  private let network = Network(
    nodes: [
      Node(state: 0, function: .logistic, initialActivation: 0.5),
      Node(state: 0, function: .identity, initialActivation: 0),
      Node(state: 0, function: .logistic, initialActivation: 0.5),
    ], inputCount: 1, outputCount: 1,
    connections: [
      Connection(destination: NodeID(1), source: NodeID(1), weight: 1),
      Connection(destination: NodeID(1), source: NodeID(0), weight: 1),
      Connection(destination: NodeID(2), source: NodeID(1), weight: 0.5),
    ])

  func testRangesAreThoseOfTheData() throws {
    let found = try calibration([[0.5, 3, -1], [-2]])
    XCTAssertEqual(found.inputRanges, [0: -2...3])
    // The sum reaches 3.5 in the first sequence; a reset follows.
    XCTAssertEqual(found.linearMagnitudes, [1: 7])
    XCTAssertEqual(found.stateIntegerBits, 3)
  }

  func testTheStateMakesRoomForTheLargestWeight() throws {
    var connections = network.connections
    connections[2].weight = 40
    let heavy = Network(
      nodes: network.nodes, inputCount: 1, outputCount: 1, connections: connections)
    XCTAssertEqual(try calibration([[0.001]], heavy).stateIntegerBits, 6)
  }

  func testConstantInputsHaveNoRange() throws {
    let found = try Calibration(
      network, constantInputs: [0: 2], data: data([[], []], columnCount: 0))
    XCTAssertEqual(found.inputRanges, [:])
    XCTAssertEqual(found.linearMagnitudes, [1: 8])
  }

  private func calibration(
    _ sequences: [[Double]], _ network: Network? = nil
  ) throws -> Calibration {
    var data = DataSet(columnCount: 1)
    for values in sequences {
      var sequence = DataSequence(columnCount: 1)
      for value in values { sequence.append([value]) }
      data.append(sequence)
    }
    return try Calibration(network ?? self.network, constantInputs: [:], data: data)
  }

  private func data(_ rows: [[Double]], columnCount: Int) -> DataSet {
    var sequence = DataSequence(columnCount: columnCount)
    for row in rows { sequence.append(row) }
    return DataSet(columnCount: columnCount, sequences: [sequence])
  }
}
