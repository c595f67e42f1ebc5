import Diagnostics
import NetSpec
import Network
import XCTest

final class CsvManualReaderTests: XCTestCase {
  func testNewNetworkStartsWithActivationsOfZero() throws {
    let document = try read("2, 1\n3, 0, 0.5, 2\n2,1,-1,-1\n")
    XCTAssertEqual(document.network.nodes.map(\.initialActivation), [0, 0, 0, 0])
    XCTAssertEqual(document.network.nodes.map(\.line), [1, 1, 3, 2])
    XCTAssertEqual(document.network.inputCount, 2)
    XCTAssertEqual(document.network.outputCount, 1)
    XCTAssertFalse(document.carriesStates)
    XCTAssertEqual(document.network.extendedTraces, [])
  }

  func testNetworkThatHasRunStartsWithTheLogisticFunctionOfItsStates() throws {
    let text = "1, 1\n1, 0, 0.5, -1\n2, 0, 1, 1\n1, 3\n2, -2\n1, 0, 0.25\n2, 0, 0.75\n1, 0, 2, 4"
    let document = try read(text)
    let nodes = document.network.nodes
    XCTAssertEqual(nodes.map(\.state), [0, 3, -2])
    XCTAssertEqual(nodes.map(\.line), [1, 4, 5])
    XCTAssertEqual(nodes[0].initialActivation, 0)
    XCTAssertEqual(nodes[1].initialActivation, 0.9525741268224334, accuracy: 1e-15)
    XCTAssertEqual(nodes[2].initialActivation, 0.11920292202211755, accuracy: 1e-15)
    XCTAssertEqual(document.network.connections.map(\.trace), [0.25, 0.75])
    XCTAssertEqual(document.network.extendedTraces.map(\.value), [4])
    XCTAssertTrue(document.carriesStates)
  }

  func testUngatedInputIntoASelfConnectedNodeIsAnArgumentBias() throws {
    let network = try read("2, 1\n2,0,5,-1\n2,1,5,3\n2,2,7,-1\n2,3,1,-1\n3,0,1,-1\n").network
    XCTAssertEqual(
      network.connections.map(\.role),
      [.argumentBias, .weighted, .selfConnection, .weighted, .weighted])
    XCTAssertEqual(network.argumentBias(NodeID(2)), NodeID(0))
    XCTAssertNil(network.argumentBias(NodeID(3)))
    XCTAssertEqual(network.selfConnection(NodeID(2))?.weight, 7)
  }

  func testAnyLineEndAndBlankLinesAreAccepted() throws {
    for text in ["\n\r1,1\r1 ,\t0, 1,-1\r", "1,1\r\n\r\n1,0,1,-1", " \n1,1\n\n  \n1,0,1,-1\n\n"] {
      XCTAssertEqual(try read(text, dialect: .csv).network.topology, [[1, 0, -1]])
    }
  }

  func testErrorsAfterOddLineEndsAreAtTheirLines() {
    XCTAssertEqual(
      errors("1,1\r\n\r1,0,x,-1\n\n1,0, ,-1"),
      [
        "f:3:5: error: 'x' is not a finite decimal number [not-a-number]",
        "f:5:1: error: connection 0->1 is declared twice [duplicate-connection]",
        "f:5:6: error: '' is not a finite decimal number [not-a-number]",
      ])
  }

  func testFirstLineOfAnotherLengthEndsTheReading() {
    let hint =
      "  hint: a manual spec begins with numInputs, numOutputs; "
      + "an automatic one with numInputs, numOutputs, inputToOutput, biasOutput"
    XCTAssertEqual(
      complaints("1, 1, 0\nx, y\n"),
      ["f:1:7: error: the first line has 2 or 4 fields, not 3 [field-count]", hint])
    XCTAssertEqual(
      complaints("7\n", dialect: .csv),
      ["f:1:2: error: the first line has 2 or 4 fields, not 1 [field-count]", hint])
    XCTAssertEqual(
      complaints("\n", dialect: .csv), ["f:1:1: error: the file is empty [empty-spec]"])
  }

  func testCountsMustBePossible() {
    XCTAssertEqual(
      errors("-1, 0\n"),
      [
        "f:1:1: error: numInputs is -1, it must be at least 0 [bad-count]",
        "f:1:5: error: numOutputs is 0, it must be at least 1 [bad-count]",
      ])
    XCTAssertEqual(
      errors("2, 3\n3, 0, 1, -1\n2, 0, 1, -1\n"),
      [
        "f:1:4: error: 2 inputs and 3 outputs need 5 nodes, the lines declare 4 [too-few-nodes]"
      ])
  }

  func testUnknownSourcesAndGatersAreFoundAtTheEnd() {
    XCTAssertEqual(
      errors("1, 1\n1, 4, 1, -1\n2, 0, 1, 3\n2, -1, 1, -2\n"),
      [
        "f:4:4: error: node -1 does not exist: indices go from 0 to at most 16777215 "
          + "[unknown-node]",
        "f:4:11: error: gater -2 does not exist: indices go from 0 to at most 16777215 "
          + "[unknown-gater]",
      ])
    XCTAssertEqual(
      errors("1, 1\n1, 4, 1, -1\n2, 0, 1, 3\n"),
      [
        "f:2:4: error: node 4 does not exist: the nodes are 0 to 2 [unknown-node]",
        "f:3:10: error: gater 3 does not exist: the nodes are 0 to 2 [unknown-gater]",
      ])
  }

  func testUnconnectedNodesAreNamedAndCounted() {
    XCTAssertEqual(
      complaints("1, 1\n3, 0, 1, -1\n9, 0, 1, -1\n2, 2, 1, -1\n"),
      [
        "f:4:1: error: nodes 1, 2, 4, 5, 6 and 2 more have no connection from another node "
          + "[unconnected-node]",
        "  hint: such a node is never activated; give it a connection of weight 0",
      ])
  }

  func testStatesAreForEveryUnitOnceAndForNoInput() {
    XCTAssertEqual(
      complaints("1,1\n1,0,1,-1\n3,0,1,-1\n 0,0\n3,0\n3,1\n1,0,0\n3,0,0\n"),
      [
        "f:2:1: error: 2 states are missing, of nodes 1, 2 [missing-state]",
        "f:4:2: note: the first state is here",
        "  hint: give a state for every node that is not an input, or for none",
        "f:4:2: error: node 0 cannot have a state: nodes below 1 are inputs [state-of-input]",
        "f:6:1: error: the state of node 3 is given twice [duplicate-state]",
        "f:5:1: note: first given here",
      ])
  }

  func testTracesAreForEveryConnectionButSelfConnections() {
    XCTAssertEqual(
      complaints("1,1\n1,0,1,-1\n1,1,1,-1\n2,0,1,-1\n1,0\n2,0\n1,1,0\n2,1,0\n1,0,1\n1,0,2\n"),
      [
        "f:4:1: error: the trace of connection 0->2 is missing [missing-trace]",
        "f:5:1: note: there are states, so traces are needed",
        "  hint: add lines `j, i, value`, with value 0 in a new network",
        "f:7:1: error: trace 1 1 has no place: self-connections have none in the csv dialect "
          + "[stray-trace]",
        "f:8:1: error: trace 2 1 has no place: there is no connection 1->2 [stray-trace]",
        "f:10:1: error: trace 1 0 is given twice [duplicate-trace]",
        "f:9:1: note: first given here",
      ])
  }

  func testExtendedTracesAreForLaterNodesOnly() {
    // Node 2 gates connections into nodes 1 and 3; only 3 comes after it.
    let text =
      "1,1\n1,0,1,2\n2,0,1,-1\n2,2,1,-1\n3,0,1,2\n1,0\n2,0\n3,0\n1,0,0\n2,0,0\n3,0,0\n"
    XCTAssertEqual(
      complaints(text + "2,0,1,0\n2,2,3,0\n"),
      [
        "f:5:7: error: extended trace 2 0 3 is missing: node 2 gates this connection into node 3 "
          + "[missing-extended-trace]",
        "f:3:1: note: connection 0->2 is declared here",
        "  hint: add a line of the three nodes and the value, which is 0 in a new network",
        "f:12:1: error: extended trace 2 0 1 has no place: node 1 does not come after node 2 "
          + "[stray-extended-trace]",
        "f:13:1: error: extended trace 2 2 3 has no place: "
          + "self-connections have none in the csv dialect [stray-extended-trace]",
      ])
    XCTAssertEqual(complaints(text + "2,0,3,0\n"), [])
  }

  func testLinesOutOfOrderAreReportedOnce() {
    XCTAssertEqual(
      errors("1,1\n1,0,1,-1\n1,0,0\n1,0,0\n1,0\n"),
      ["f:3:1: error: a trace must come after the states [trace-before-states]"])
    XCTAssertEqual(
      complaints("1,1\n1,0,1,-1\n2,0,1,-1\n1,0\n1,0,0\n2,0\n2,0,0\n"),
      [
        "f:6:1: error: a state must come before the traces [state-after-traces]",
        "f:5:1: note: the first trace is here",
      ])
  }

  func testConnectionsAfterAStateAreOneError() {
    XCTAssertEqual(
      complaints("1,1\n1,0,1,-1\n2,0\n2,0,0.5,-1\n2,1,1,-1\n3,1,0.25,2\n3,9,1,1\n"),
      [
        "f:4:1: error: a connection must come before the states [connection-after-states]",
        "f:3:1: note: the first state is here",
        "  hint: after the first state, a line of four fields is an extended trace",

      ])
  }

  func testWordInAnExtendedTraceIsNotTakenForAConnection() {
    XCTAssertEqual(
      complaints("1,1\n1,0,1,-1\n1,0\n1,0,0\n1,0,two,4\n"),
      ["f:5:5: error: 'two' is not an integer [not-an-integer]"])
  }

  func testHugeNetworksAreRefused() {
    let limit = "at most 16777216 are supported [too-large]"
    XCTAssertEqual(
      errors("2000000000, 1\n"), ["f:1:1: error: the network has 2000000000 nodes, \(limit)"])
    XCTAssertEqual(
      errors("1, 1\n16777216, 0, 1, -1\n"),
      ["f:2:1: error: the network has 16777217 nodes, \(limit)"])
    XCTAssertEqual(
      errors("1, 1\n99999999999999999999, 0, 1, -1\n"),
      ["f:2:1: error: the network has far too many nodes, \(limit)"])
  }
}
