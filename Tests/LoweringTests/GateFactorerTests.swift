import GoldenCases
import Network
import XCTest

@testable import Lowering

final class GateFactorerTests: XCTestCase {
  func testGoldenCasesNeedTheKnownNumbersOfGateProducts() throws {
    let cases = [
      ("trained-dsr", 40, 16), ("trained-parity", 56, 16), ("trained-reber", 156, 24),
      ("gated-recurrence-layered", 60, 16), ("eurusd-20in-21blocks", 105, 84),
      ("random-1000", 2481, 2478),
    ]
    for (name, perDestination, minimum) in cases {
      let factored = try GoldenCase.named(name).network().factored()
      XCTAssertEqual(factored.gateProductsPerDestination, perDestination, name)
      XCTAssertEqual(factored.gateProducts, minimum, name)
    }
  }

  func testNoPlacementOfRandomNetworksNeedsFewerProducts() {
    for (label, _, network) in variedNetworks(0..<300) {
      let factored = network.factored()
      XCTAssertEqual(
        factored.gateProducts,
        factored.products.count + factored.sums.count { $0.gater != nil }, label)
      guard let fewest = fewestProducts(factored.levelled) else { continue }
      XCTAssertEqual(factored.gateProducts, fewest, label)
      XCTAssertLessThanOrEqual(factored.gateProducts, factored.gateProductsPerDestination, label)
    }
  }

  func testEveryProductIsReadAndNoneIsMadeTwice() {
    for (label, _, network) in variedNetworks(0..<100) {
      let factored = network.factored()
      XCTAssertEqual(Set(factored.products).count, factored.products.count, label)
      let read = Set(factored.terms.map(\.source))
      for index in factored.products.indices {
        XCTAssertTrue(read.contains(Operand(network.nodeCount + index, .current)), label)
        XCTAssertFalse(read.contains(Operand(network.nodeCount + index, .previous)), label)
      }
    }
  }

  func testAGatedConstantJoinsItsGatersGroupOrBecomesAPlainTerm() {
    // Node 1 is the constant 0.5; node 2 gates it into 3 together with an input, into 4 alone.
    let network = Network.make(
      nodes: 5, inputs: 1, outputs: 2,
      [link(0, 2), link(1, 3, 4, by: 2), link(0, 3, 3, by: 2), link(1, 4, 8, by: 2)])
    let factored = network.factored()
    func sums(_ node: Int) -> [GateFactored.Sum] {
      Array(factored.sums[factored.cells.first { $0.node.index == node }!.sums])
    }
    XCTAssertEqual(sums(3).count, 1)
    XCTAssertEqual(sums(3)[0].gater, Operand(2, .current))
    XCTAssertEqual(sums(3)[0].constant, 2)
    XCTAssertEqual(sums(4).count, 1)
    XCTAssertNil(sums(4)[0].gater)
    XCTAssertEqual(
      Array(factored.terms[sums(4)[0].terms]), [.init(source: Operand(2, .current), weight: 4)])
    XCTAssertEqual(factored.gateProducts, 1)
  }

  /// Tries every choice of source products for every gater; nil where there are too many.
  private func fewestProducts(_ levelled: Levelled) -> Int? {
    var readers: [Operand: [Operand: Set<NodeID>]] = [:]
    for connection in levelled.network.connections where connection.role == .weighted {
      guard let gater = connection.gater, levelled.constants[gater.index] == nil,
        levelled.constants[connection.source.index] == nil
      else { continue }
      let reader = connection.destination
      readers[levelled.operand(gater, readBy: reader), default: [:]][
        levelled.operand(connection.source, readBy: reader), default: []
      ].insert(reader)
    }
    var total = 0
    for sources in readers.values {
      let destinations = Array(sources.values)
      guard destinations.count <= 12 else { return nil }
      total +=
        (0..<1 << destinations.count).map { chosen in
          let open = destinations.indices.filter { chosen >> $0 & 1 == 0 }
          let groups = open.reduce(into: Set<NodeID>()) { $0.formUnion(destinations[$1]) }
          return chosen.nonzeroBitCount + groups.count
        }.min() ?? 0
    }
    return total
  }
}
