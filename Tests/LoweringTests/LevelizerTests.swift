import GoldenCases
import Network
import XCTest

@testable import Lowering

final class LevelizerTests: XCTestCase {
  func testLowerNodesAndInputsAreReadInThisStepAllOthersInThePreviousOne() {
    // Inputs 0 and 1; node 4 is read by and reads everything.
    let levelled = Levelizer().levelize(.make(nodes: 7, inputs: 2, [link(0, 4)]))
    func age(_ node: Int, readBy reader: Int) -> Operand.Age {
      let operand = levelled.operand(NodeID(node), readBy: NodeID(reader))
      XCTAssertEqual(operand.value, node)
      return operand.age
    }
    XCTAssertEqual(age(0, readBy: 4), .current, "input")
    XCTAssertEqual(age(3, readBy: 4), .current, "lower node")
    XCTAssertEqual(age(4, readBy: 4), .previous, "a node to itself, as source or gater")
    XCTAssertEqual(age(5, readBy: 4), .previous, "higher node")
    XCTAssertEqual(age(6, readBy: 2), .previous, "higher node from the first one")
    XCTAssertEqual(age(1, readBy: 2), .current, "input from the first node")
  }

  func testSourceAndGaterOfOneConnectionMayComeFromDifferentSteps() {
    let network = Network.make(
      nodes: 5, inputs: 1,
      [
        link(0, 2, 0.5, by: 3), link(3, 2, 0.5, by: 2), link(4, 2, 0.5, by: 0),
        link(2, 4, 0.5, by: 4), link(0, 3),
      ])
    let factored = network.factored()
    func gated(_ node: Int) -> [[Operand]] {
      let cell = factored.cells.first { $0.node.index == node }!
      return factored.sums[cell.sums].flatMap { sum in
        factored.terms[sum.terms].map { term in
          let product =
            term.source.value < 5 ? nil : factored.products[term.source.value - 5]
          return [product?.gater ?? sum.gater!, product?.source ?? term.source]
        }
      }.sorted { $0[0] < $1[0] }
    }
    XCTAssertEqual(
      gated(2),
      [
        [Operand(0, .current), Operand(4, .previous)],
        [Operand(2, .previous), Operand(3, .previous)],
        [Operand(3, .previous), Operand(0, .current)],
      ])
    XCTAssertEqual(gated(4), [[Operand(4, .previous), Operand(2, .current)]])
  }

  func testConstantInputsAreKnownAndAbsentFromTheStream() {
    let levelled = Levelizer(constantInputs: [1: 0.25]).levelize(
      .make(nodes: 4, inputs: 3, [link(1, 3)]))
    XCTAssertEqual(levelled.constants, [nil, 0.25, nil, nil])
    XCTAssertEqual(levelled.streamedInputs, [NodeID(0), NodeID(2)])
    XCTAssertTrue(levelled.materialised.isEmpty)
  }

  func testANodeWithoutConnectionsIsConstantOnlyIfItsFirstReaderCannotTell() {
    let functions: [Int: ActivationFunction] = [2: .tanh, 3: .identity]
    let levelled = Levelizer().levelize(
      .make(
        nodes: 8, inputs: 1, functions: functions, states: [4: 2], initial: [5: 0],
        [link(0, 7), link(6, 6)]))
    XCTAssertEqual(levelled.constants[1], 0.5, "logistic from state 0")
    XCTAssertEqual(levelled.constants[2], 0, "tanh from state 0")
    XCTAssertEqual(levelled.constants[3], 0, "identity from state 0")
    XCTAssertNil(levelled.constants[4], "begins with f(2)")
    XCTAssertNil(levelled.constants[5], "begins with 0")
    XCTAssertNil(levelled.constants[6], "keeps its state")
    XCTAssertNil(levelled.constants[7], "has a source")
  }

  func testAConstantGaterOfASelfConnectionIsMaterialisedUnlessItIsZeroOrOne() {
    let functions: [Int: ActivationFunction] = [3: .identity]
    let connections = [
      link(4, 4, by: 2), link(5, 5, by: 3), link(6, 6, by: 1), link(7, 7, by: 0),
      link(0, 7, 0.5, by: 2),
    ]
    let network = Network.make(nodes: 8, inputs: 2, functions: functions, connections)
    let factored = network.factored(constantInputs: [1: 1])
    XCTAssertEqual(factored.levelled.materialised, [NodeID(2)])
    func retention(_ node: Int) -> GateFactored.Retention {
      factored.cells.first { $0.node.index == node }!.retention
    }
    XCTAssertEqual(retention(4), .gated(Operand(2, .current)))
    XCTAssertEqual(retention(5), .forgotten)
    XCTAssertEqual(retention(6), .kept)
    XCTAssertEqual(retention(7), .gated(Operand(0, .current)))
    XCTAssertEqual(
      network.factored(constantInputs: [0: 0.75, 1: 1]).levelled.materialised,
      [NodeID(0), NodeID(2)], "constant inputs too")
  }

  func testConstantOutputsAreMaterialised() {
    let levelled = Levelizer().levelize(.make(nodes: 4, inputs: 1, outputs: 2, [link(0, 3)]))
    XCTAssertEqual(levelled.materialised, [NodeID(2)])
  }
}
