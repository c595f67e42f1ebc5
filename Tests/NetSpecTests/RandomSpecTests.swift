import Diagnostics
import Foundation
import GoldenCases
import Network
import Numerals
import XCTest

@testable import NetSpec

final class RandomSpecTests: XCTestCase {
  func testRandomNetworksSurvivePrintingAndReading() throws {
    for seed in 0..<300 as Range<UInt64> {
      for dialect in Dialect.allCases {
        var maker = RandomNetworks(seed: seed)
        let network = maker.network(dialect)
        let text = NetSpecPrinter().text(network, dialect: dialect)
        let document = try NetSpecReader(
          inputCount: network.inputCount, outputCount: network.outputCount
        ).read(Array(text.utf8), file: "f")
        XCTAssertEqual(document.dialect, dialect, "seed \(seed)")
        XCTAssertEqual(document.network.withoutLines, network, "seed \(seed), \(dialect)")
        // Equality of networks cannot tell -0.0 from 0.0, the text can.
        XCTAssertEqual(NetSpecPrinter().text(document.network, dialect: dialect), text)
      }
    }
  }

  func testEveryExtendedTraceIsNeeded() throws {
    var removed = 0
    for seed in 0..<100 as Range<UInt64> {
      for dialect in Dialect.allCases {
        var maker = RandomNetworks(seed: seed)
        let network = maker.network(dialect)
        guard !network.extendedTraces.isEmpty else { continue }
        var lines = NetSpecPrinter().text(network, dialect: dialect)
          .components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        lines.remove(at: lines.count - 1 - maker.below(network.extendedTraces.count))
        removed += 1
        let found = errors(
          lines.joined(separator: "\n"), dialect: dialect, inputs: network.inputCount)
        XCTAssertEqual(found.count, 1, "seed \(seed), \(dialect)")
        XCTAssertTrue(found[0].hasSuffix("[missing-extended-trace]"), "seed \(seed): \(found)")
      }
    }
    XCTAssertGreaterThan(removed, 50)
  }

  /// The readers must refuse or accept any bytes; a crash would end the test run.
  func testDamagedSpecsAreReadToTheEnd() throws {
    var maker = RandomNetworks(seed: 3)
    let names = [
      "csv-resume", "exotic-gating", "csv-biased-cells", "two-stage", "resume-midsequence",
    ]
    let cases = names.map(GoldenCase.named)
    let texts = cases.flatMap { golden in
      [golden.specName, "auto.spec", "auto.csv"].compactMap { golden.bytes(of: $0) }
    }
    var rejected = 0
    for round in 0..<180 {
      var text = texts[round % texts.count]
      for _ in 0...maker.below(4) { damage(&text, &maker) }
      for dialect in Dialect.allCases {
        do {
          let document = try NetSpecReader(dialect: dialect, outputCount: 1).read(text, file: "f")
          XCTAssertGreaterThan(document.network.nodeCount, 0)
        } catch {
          XCTAssertFalse(error.diagnostics.isEmpty, "round \(round)")
          XCTAssertNotEqual(error.exitStatus, .success, "round \(round)")
          rejected += 1
        }
      }
    }
    XCTAssertGreaterThan(rejected, 180)
  }

  private func damage(_ text: inout [UInt8], _ maker: inout RandomNetworks) {
    let pieces = [
      "\n", "\n\n", "\r", ",", " ", "-", "9", "99999999999999999999", "1e999", "\0", "\u{FEFF}",
      "x",
      "-1", "0", "20000", ".",
    ]
    guard !text.isEmpty else { return }
    let at = maker.below(text.count)
    switch maker.below(4) {
    case 0: text[at] = UInt8(maker.below(256))
    case 1: text.removeSubrange(at..<min(text.count, at + 1 + maker.below(20)))
    case 2: text.insert(contentsOf: Array(pieces[maker.below(pieces.count)].utf8), at: at)
    default: text = Array(text[..<at]) + text[(at / 2)...]
    }
  }
}

/// Makes small networks with every oddity that the formats allow; the sets of extended traces come
/// from the definition, by going through all combinations.
struct RandomNetworks {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func below(_ bound: Int) -> Int { Int(generator.unit() * Double(bound)) }

  mutating func network(_ dialect: Dialect) -> Network {
    let count = 2 + below(9)
    let inputs = dialect == .csv ? 1 + below(count - 1) : below(count)
    var connections: [Connection] = []
    for j in inputs..<count {
      for i in 0..<count where below(3) == 0 || (dialect == .csv && i == 0) {
        connections.append(connection(j, i, count: count, dialect))
      }
    }
    connections = connections.map { given in
      var connection = given
      let isBias =
        dialect == .csv && connection.source.index < inputs && connection.gater == nil
        && connections.contains {
          $0.destination == connection.destination && $0.source == connection.destination
        }
      if isBias { connection.role = .argumentBias }
      return connection
    }
    var nodes: [Node] = []
    for j in 0..<count {
      let isUnused = dialect == .csv && j < inputs
      let function = dialect == .csv ? .logistic : ActivationFunction.allCases[below(4)]
      let state = isUnused ? 0 : value()
      nodes.append(
        Node(
          state: state, function: function,
          initialActivation: isUnused ? 0 : function.value(at: state)))
    }
    return Network(
      nodes: nodes, inputCount: inputs, outputCount: 1 + below(count - inputs),
      connections: connections, extendedTraces: extendedTraces(connections, count, dialect))
  }

  private mutating func connection(
    _ j: Int, _ i: Int, count: Int, _ dialect: Dialect
  ) -> Connection {
    var gater = below(2) == 0 ? nil : NodeID(below(count))
    if i == j, gater == NodeID(j) { gater = nil }
    return Connection(
      destination: NodeID(j), source: NodeID(i),
      weight: i == j && dialect == .seed ? 1 : value(), gater: gater,
      trace: i == j && dialect == .csv ? 0 : value())
  }

  private mutating func extendedTraces(
    _ connections: [Connection], _ count: Int, _ dialect: Dialect
  ) -> [ExtendedTrace] {
    var traces: [ExtendedTrace] = []
    for connection in connections {
      for k in 0..<count {
        let j = connection.destination
        let gates = connections.contains { $0.destination.index == k && $0.gater == j }
        let counts = dialect == .seed || (k > j.index && connection.source != j)
        guard gates, counts else { continue }
        traces.append(
          ExtendedTrace(
            destination: j, source: connection.source, influenced: NodeID(k), value: value()))
      }
    }
    return traces
  }

  private mutating func value() -> Double {
    switch below(8) {
    case 0: 0
    case 1: -0.0
    case 2: Double(below(100) - 50)
    case 3: Double.leastNonzeroMagnitude * Double(1 + below(1_000_000))
    case 4: generator.unit() * 1e300
    default: generator.unit() - 0.5
    }
  }
}
