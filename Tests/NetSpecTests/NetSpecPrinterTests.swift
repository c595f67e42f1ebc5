import NetSpec
import Network
import XCTest

final class NetSpecPrinterTests: XCTestCase {
  private let network = Network(
    nodes: [0, -0.0, 1e-5, 3].map {
      Node(state: $0, function: $0 == 3 ? .identity : .logistic, initialActivation: 0)
    },
    inputCount: 1, outputCount: 1,
    connections: [
      Connection(destination: NodeID(1), source: NodeID(3), weight: 0.1),
      Connection(destination: NodeID(1), source: NodeID(0), weight: 1e22, trace: -2),
      Connection(destination: NodeID(3), source: NodeID(0), weight: 2, gater: NodeID(1)),
      Connection(destination: NodeID(1), source: NodeID(1), weight: 7, gater: NodeID(2)),
    ],
    extendedTraces: [
      ExtendedTrace(
        destination: NodeID(1), source: NodeID(3), influenced: NodeID(3), value: 0.25)
    ])

  func testSeedTextIsInTheOrderOfSourcesAndHasEveryExtendedTrace() {
    XCTAssertEqual(
      NetSpecPrinter().text(network, dialect: .seed),
      """
      0

      0 0.0 0
      1 -0.0 0
      2 1e-05 0
      3 3.0 2

      1 0 1e+22 -1 -2.0
      3 0 2.0 1 0.0
      1 1 1.0 2 0.0
      1 3 0.1 -1 0.0

      1 0 3 0.0
      1 1 3 0.0
      1 3 3 0.25

      """)
  }

  func testCsvTextIsInTheOrderOfDestinationsAndEndsWithoutANewline() {
    XCTAssertEqual(
      NetSpecPrinter().text(network, dialect: .csv),
      """
      1, 1
      1, 0, 1e+22, -1
      1, 1, 7.0, 2
      1, 3, 0.1, -1
      3, 0, 2.0, 1
      1, -0.0
      2, 1e-05
      3, 3.0
      1, 0, -2.0
      1, 3, 0.0
      3, 0, 0.0
      1, 0, 3, 0.0
      1, 3, 3, 0.25
      """)
  }

  func testCsvTextOfANewNetworkHasConnectionsOnly() {
    XCTAssertEqual(
      NetSpecPrinter().text(network, dialect: .csv, carriesStates: false),
      "1, 1\n1, 0, 1e+22, -1\n1, 1, 7.0, 2\n1, 3, 0.1, -1\n3, 0, 2.0, 1")
  }
}
