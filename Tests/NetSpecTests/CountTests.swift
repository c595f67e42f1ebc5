import Diagnostics
import NetSpec
import XCTest

final class CountTests: XCTestCase {
  private let three = "0\n\n0 0 0\n1 0 0\n2 0 0\n\n2 0 1 -1 0\n"

  func testManualSeedSpecNeedsTheNumberOfOutputs() {
    XCTAssertEqual(
      complaints(three, outputs: nil),
      [
        "f: error: a manual spec of the seed dialect does not say how many of its last nodes are "
          + "outputs [missing-output-count]",
        "  hint: add --num-outputs M",
      ])
    XCTAssertThrowsError(try read(three)) {
      XCTAssertEqual(($0 as? DiagnosticList)?.exitStatus, .usage)
    }
  }

  func testMalformedSpecIsReportedBeforeTheMissingOption() {
    XCTAssertEqual(
      complaints(three + "2 0 1 -1 0\n", outputs: nil).first,
      "f:8:1: error: connection 0->2 is declared twice [duplicate-connection]")
  }

  func testInputsAreAssumedToBeTheNodesBeforeTheFirstIncomingConnection() throws {
    let document = try read(three, outputs: 1)
    XCTAssertEqual(document.network.inputCount, 2)
    XCTAssertEqual(
      document.warnings.map { DiagnosticRenderer().render($0) },
      [
        "f: warning: the spec does not say how many inputs it has; taking the first 2 nodes, "
          + "those without incoming connections [assumed-input-count]\n"
          + "  hint: add --num-inputs 2 to confirm it"
      ])
    XCTAssertEqual(try read(three, inputs: 1, outputs: 1).warnings, [])
  }

  func testAssumedInputsLeaveTheOutputsAlone() throws {
    let network = try read("0\n\n0 0 0\n1 0 0\n", outputs: 1).network
    XCTAssertEqual(network.inputCount, 1)
    XCTAssertEqual(network.outputCount, 1)
  }

  func testImpossibleOptionsAreErrorsOfUsage() {
    let hint = "  hint: correct --num-inputs or --num-outputs"
    XCTAssertEqual(
      complaints(three, inputs: 2, outputs: 2),
      ["f: error: 2 inputs and 2 outputs exceed the 3 nodes of the spec [too-few-nodes]", hint])
    XCTAssertEqual(
      complaints(three, inputs: 0, outputs: Int.max),
      [
        "f: error: 0 inputs and \(Int.max) outputs exceed the 3 nodes of the spec [too-few-nodes]",
        hint,
      ])
    XCTAssertEqual(
      complaints(three, inputs: -1, outputs: 0),
      [
        "f: error: --num-inputs is -1, it must be at least 0 [bad-count]",
        "f: error: --num-outputs is 0, it must be at least 1 [bad-count]",
      ])
    XCTAssertThrowsError(try read(three, inputs: 2, outputs: 2)) {
      XCTAssertEqual(($0 as? DiagnosticList)?.exitStatus, .usage)
    }
  }

  func testConnectionIntoAnInputIsFoundOnceTheInputsAreKnown() {
    XCTAssertEqual(
      complaints(three, inputs: 3, outputs: 0),
      [
        "f:7:1: error: node 2 cannot have an incoming connection: nodes below 3 are inputs "
          + "[connection-into-input]"
      ])
  }

  func testOptionsMayConfirmTheCountsOfASpecButNotContradictThem() {
    let csv = "1, 1\n1, 0, 1, -1\n"
    XCTAssertEqual(complaints(csv, inputs: 1, outputs: 1), [])
    XCTAssertEqual(
      complaints(csv, inputs: 2, outputs: 3),
      [
        "f:1:1: error: the spec has 1 inputs; --num-inputs is 2 [count-mismatch]",
        "  hint: leave --num-inputs out",
        "f:1:4: error: the spec has 1 outputs; --num-outputs is 3 [count-mismatch]",
        "  hint: leave --num-outputs out",
      ])
  }

  func testBiasOfAnAutomaticSeedSpecCountsAsAnInput() {
    let automatic = "1\n\n2 1 1 1\n"
    XCTAssertEqual(complaints(automatic, inputs: 3, outputs: 1), [])
    XCTAssertEqual(
      complaints(automatic, inputs: 2, outputs: 1),
      [
        "f:3:1: error: the spec has 3 inputs, the bias included; --num-inputs is 2 "
          + "[count-mismatch]",
        "  hint: leave --num-inputs out",
      ])
  }
}
