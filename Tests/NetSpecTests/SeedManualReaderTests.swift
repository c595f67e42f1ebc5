import Diagnostics
import NetSpec
import Network
import XCTest

final class SeedManualReaderTests: XCTestCase {
  /// Nodes 0 ... 3 on lines 3 ... 6; the next list starts on line 8.
  private let four = "0\n\n0 0 0\n1 0 0\n2 0 0\n3 0 0\n\n"

  func testNodesKeepStateFunctionLineAndStartWithTheFunctionOfTheState() throws {
    let document = try read("0\n\n0 3 0\n1 0.5 1\n2 -2 2\n3 -2 3\n", inputs: 1, outputs: 1)
    let nodes = document.network.nodes
    XCTAssertEqual(nodes.map(\.function), [.logistic, .tanh, .identity, .relu])
    XCTAssertEqual(nodes.map(\.state), [3, 0.5, -2, -2])
    XCTAssertEqual(nodes.map(\.line), [3, 4, 5, 6])
    let expected = [0.9525741268224334, 0.46211715726000973, -2, 0]
    for (node, value) in zip(nodes, expected) {
      XCTAssertEqual(node.initialActivation, value, accuracy: 1e-15)
    }
    XCTAssertFalse(document.isAutomatic)
    XCTAssertTrue(document.carriesStates)
  }

  func testUngatedInputIntoASelfConnectedNodeIsAnOrdinaryConnection() throws {
    let network = try read(four + "1 0 2 -1 0.5\n1 1 1 2 0\n\n", outputs: 1).network
    XCTAssertEqual(network.connections.map(\.role), [.weighted, .selfConnection])
    XCTAssertEqual(network.connections[0].trace, 0.5)
    XCTAssertEqual(network.connections[1].gater, NodeID(2))
  }

  func testDuplicateConnectionIsRejectedAtItsLine() {
    XCTAssertEqual(
      complaints(four + "1 0 1 -1 0\n2 0 1 -1 0\n 1  0 2 -1 0\n"),
      [
        "f:10:2: error: connection 0->1 is declared twice [duplicate-connection]",
        "f:8:1: note: first declared here",
      ])
  }

  func testThirdCopyOfAConnectionPointsAtTheFirst() {
    XCTAssertEqual(
      complaints(four + "1 0 1 -1 0\n1 0 2 -1 0\n1 0 3 -1 0\n"),
      [
        "f:9:1: error: connection 0->1 is declared twice [duplicate-connection]",
        "f:8:1: note: first declared here",
        "f:10:1: error: connection 0->1 is declared twice [duplicate-connection]",
        "f:8:1: note: first declared here",
      ])
  }

  func testSeveralErrorsInOneFileAreReportedInTheOrderOfTheirPlaces() {
    let text =
      "0\n\n0 0 0\n1 x 7\n2 0 0\n\n1 0 1 -1 0\n1 5 1 9 0\n2 2 3 2 0\n1 0 1 -1 0\n\n2 1 0 0\n"
    XCTAssertEqual(
      errors(text),
      [
        "f:4:3: error: 'x' is not a finite decimal number [not-a-number]",
        "f:4:5: error: function 7 does not exist [unknown-function]",
        "f:8:3: error: node 5 does not exist: the nodes are 0 to 2 [unknown-node]",
        "f:8:7: error: gater 9 does not exist: the nodes are 0 to 2 [unknown-gater]",
        "f:9:5: error: the self-connection of node 2 has weight 3, it must be 1 [self-weight]",
        "f:9:7: error: node 2 gates its own self-connection [self-gating]",
        "f:10:1: error: connection 0->1 is declared twice [duplicate-connection]",
      ])
  }

  func testMalformedConnectionDoesNotMakeItsTracesLookStray() {
    XCTAssertEqual(
      errors(four + "1 0 1 -1\n2 0 1 1 0\n\n1 0 2 0\n"),
      ["f:8:9: error: a connection has 5 fields (j i weight gater trace), not 4 [field-count]"])
  }

  func testMalformedTraceDoesNotCountAsMissing() {
    XCTAssertEqual(
      errors(four + "1 0 1 -1 0\n2 0 1 1 0\n\n1 zero 2 0\n"),
      ["f:11:3: error: 'zero' is not an integer [not-an-integer]"])
  }

  func testWrongWeightDoesNotHideAMissingTrace() {
    XCTAssertEqual(
      errors(four + "1 0 ? -1 0\n2 0 1 1 0\n"),
      [
        "f:8:5: error: '?' is not a finite decimal number [not-a-number]",
        "f:9:7: error: extended trace 1 0 2 is missing: "
          + "node 1 gates this connection into node 2 [missing-extended-trace]",
      ])
  }

  func testMissingNodesAreNotReportedAgainByEveryConnection() {
    XCTAssertEqual(
      errors("0\n\n0 0\n\n1 0 1 -1 0\n2 0 1 -1 0\n"),
      ["f:3:4: error: a node has 3 fields (j s function), not 2 [field-count]"])
  }

  func testGapInTheNodesIsReportedOnce() {
    XCTAssertEqual(
      complaints("0\n\n0 0 0\n2 0 0\n3 0 0\n\n3 0 1 -1 0\n"),
      [
        "f:4:1: error: node index 2 should be 1 [node-index]",
        "  hint: nodes are numbered 0, 1, 2, ... in the order of their lines",
      ])
  }

  func testFiveMissingExtendedTracesAreNamedAndTheOthersCounted() {
    let connections = "1 0 1 -1 0\n1 2 1 -1 0\n1 3 1 -1 0\n2 0 1 1 0\n3 0 1 1 0\n3 1 1 1 0\n"
    XCTAssertEqual(
      complaints(four + connections + "\n1 2 3 0\n"),
      [
        "f:11:7: error: 5 extended traces are missing: 1 0 2, 1 0 3, 1 2 2, 1 3 2, 1 3 3; "
          + "for the first, node 1 gates this connection into node 2 [missing-extended-trace]",
        "f:8:1: note: connection 0->1 is declared here",
        "  hint: add a line of the three nodes and the value, which is 0 in a new network",
      ])
    XCTAssertEqual(
      complaints(four + connections).first,
      "f:11:7: error: 6 extended traces are missing: 1 0 2, 1 0 3, 1 2 2, 1 2 3, 1 3 2 and 1 more; "
        + "for the first, node 1 gates this connection into node 2 [missing-extended-trace]")
  }

  func testSelfConnectionsOfGatersNeedExtendedTraces() throws {
    let text = four + "1 0 1 -1 0\n1 1 1 -1 0\n2 0 1 1 0\n\n1 0 2 0.5\n"
    XCTAssertEqual(
      complaints(text).first,
      "f:10:7: error: extended trace 1 1 2 is missing: node 1 gates this connection into node 2 "
        + "[missing-extended-trace]")
    let traces = try read(text + "1 1 2 0.25\n", outputs: 1).network.extendedTraces
    XCTAssertEqual(traces.map(\.value), [0.5, 0.25])
  }

  func testStrayExtendedTraceSaysWhatIsMissing() {
    XCTAssertEqual(
      complaints(four + "1 0 1 -1 0\n2 0 1 1 0\n\n1 0 2 0\n1 3 2 0\n1 0 3 0\n1 0 2 1\n"),
      [
        "f:12:1: error: extended trace 1 3 2 has no place: there is no connection 3->1 "
          + "[stray-extended-trace]",
        "f:13:1: error: extended trace 1 0 3 has no place: "
          + "node 1 gates no connection into node 3 [stray-extended-trace]",
        "f:14:1: error: extended trace 1 0 2 is given twice [duplicate-extended-trace]",
        "f:11:1: note: first given here",
      ])
  }

  func testCommaIsOneErrorALine() {
    XCTAssertEqual(
      complaints("0\n\n0 0 0\n\n0, 1, 2, 3, 4\n", dialect: .seed),
      [
        "f:5:2: error: a comma cannot separate fields in the seed dialect [comma]",
        "  hint: write spaces, or read the file with --dialect csv",
      ])
  }

  func testLineOfTheWrongListIsExplained() {
    XCTAssertEqual(
      complaints(four + "\n1 0 1 -1 0\n"),
      [
        "f:9:10: error: an extended trace has 4 fields (j i k value), not 5 [field-count]",
        "  hint: one blank line, not two, ends the list of nodes or connections",
      ])
    XCTAssertEqual(
      complaints("0\n\n0 0 0\n0 0 1 -1 0\n").last,
      "  hint: a blank line must end the list of nodes")
    XCTAssertEqual(
      complaints(four + "1 0 1 -1 0\n1 0 2 0\n").last,
      "  hint: a blank line must end the list of connections")
    XCTAssertEqual(
      complaints("0\n\n0 0 0\n\n1 0 0\n").last,
      "  hint: the nodes must not have a blank line among them")
  }

  func testTextAfterTheThirdListIsOneError() {
    XCTAssertEqual(
      complaints(four + "\n\n\n\n5 x\n6 y\n"),
      [
        "f:12:1: error: a fourth list begins here; a manual spec has three [surplus-list]",
        "  hint: the lists are nodes, connections and extended traces, "
          + "with one blank line between",
      ])
  }

  func testFirstLineShowsWhatIsThere() {
    let hint = "  hint: for a spec whose fields are separated by commas give --dialect csv"
    let message = "error: the first line must be 0 (manual) or 1 (automatic), not"
    XCTAssertEqual(complaints("\n0\n"), ["f:1:1: \(message) blank [first-line]", hint])
    XCTAssertEqual(complaints(" 0 0\n"), ["f:1:2: \(message) '0' [first-line]", hint])
    XCTAssertEqual(
      complaints("\u{FEFF}0\n"), ["f:1:1: \(message) '\\u{feff}0' [first-line]", hint])
    XCTAssertEqual(complaints(""), ["f:1:1: error: the file is empty [empty-spec]"])
  }

  func testMissingBlankLineIsTheOnlyErrorOfAnOtherwiseRightSpec() {
    XCTAssertEqual(
      complaints("0\n0 0 0\n"), ["f:2:1: error: the second line must be blank [second-line]"])
    XCTAssertEqual(complaints("0"), ["f:3:1: error: the list of nodes is empty [no-nodes]"])
  }

  func testOneCarriageReturnBeforeALineFeedIsDroppedAndNoOther() {
    XCTAssertEqual(complaints("0\r\n\r\n0 0 0\r\n", inputs: 0), [])
    XCTAssertEqual(
      complaints("0\n\n0 0 0\r\r\n"), ["f:3:5: error: '0\\u{d}' is not an integer [not-an-integer]"]
    )
    XCTAssertEqual(
      complaints("0\n\n0 0 0\r"), ["f:3:5: error: '0\\u{d}' is not an integer [not-an-integer]"])
  }

  func testGarbageStopsAfterAHundredErrors() {
    let lines = complaints("0\n\n" + String(repeating: "x\n", count: 10_000))
    XCTAssertEqual(lines.count, 101)
    XCTAssertEqual(lines[99].prefix(10), "f:102:2: e")
    XCTAssertEqual(lines[100], "note: stopped after 100 errors [too-many-errors]")
    XCTAssertEqual(complaints("0\n\n" + String(repeating: "x\n", count: 100)).count, 100)
    let copies = String(repeating: "1 0 1 -1 0\n", count: 1_000)
    XCTAssertEqual(
      complaints(four + copies).last, "note: stopped after 100 errors [too-many-errors]")
  }

  func testLongAndInvisibleTokensAreShownShortAndVisible() {
    let token = String(repeating: "9", count: 50) + "x"
    XCTAssertEqual(
      errors("0\n\n0 \(token) 0\n1 \u{1B}[31m\u{0} 0\n"),
      [
        "f:3:3: error: '\(token.prefix(40))…' is not a finite decimal number [not-a-number]",
        "f:4:3: error: '\\u{1b}[31m\\u{0}' is not a finite decimal number [not-a-number]",
      ])
  }

  func testIntegersBeyondEveryRangeAreUnknownNodes() {
    let huge = "99999999999999999999"
    XCTAssertEqual(
      errors("0\n\n0 0 0\n\n0 \(huge) 1 -\(huge) 0\n"),
      [
        "f:5:3: error: node \(huge) does not exist: the nodes are 0 to 0 [unknown-node]",
        "f:5:26: error: gater -\(huge) does not exist: the nodes are 0 to 0 [unknown-gater]",
      ])
  }
}
