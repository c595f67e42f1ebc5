import GoldenCases
import NetSpec
import Network
import XCTest

/// The generator of networks is a test tool, so it gets tests where both of its dialects are read.
final class RandomNetworkTests: XCTestCase {
  func testRandomNetworksAreNetSpecsOfTheirDialect() throws {
    for dialect in Dialect.allCases {
      for seed in 0..<100 as Range<UInt64> {
        let network = RandomNetwork.varied(seed: seed, dialect: dialect).network(seed: seed)
        let text = NetSpecPrinter().text(network, dialect: dialect)
        let read = try NetSpecReader(
          dialect: dialect, inputCount: network.inputCount, outputCount: network.outputCount
        ).read(Array(text.utf8), file: "f").network
        XCTAssertEqual(read.connections, network.connections, "seed \(seed), \(dialect)")
        // Printed csv states begin with f(s), the 0 of a new csv network cannot be printed.
        let isPrintable = dialect == .seed || network.nodes.contains { $0.state != 0 }
        guard isPrintable else { continue }
        XCTAssertEqual(
          read.nodes.map(\.initialActivation), network.nodes.map(\.initialActivation),
          "seed \(seed), \(dialect)")
      }
    }
  }

  func testOddConnectionsComeUp() {
    var gaterIsDestination = 0
    var gaterIsInput = 0
    var gaterIsSource = 0
    var biases = 0
    var unconnected = 0
    for seed in 0..<100 as Range<UInt64> {
      for dialect in Dialect.allCases {
        let network = RandomNetwork.varied(seed: seed, dialect: dialect).network(seed: seed)
        for connection in network.connections {
          guard let gater = connection.gater else { continue }
          if gater == connection.destination { gaterIsDestination += 1 }
          if gater == connection.source { gaterIsSource += 1 }
          if network.isInput(gater) { gaterIsInput += 1 }
        }
        biases += network.connections.count { $0.role == .argumentBias }
        unconnected += (network.inputCount..<network.nodeCount)
          .count { network.incoming(NodeID($0)).isEmpty }
      }
    }
    for count in [gaterIsDestination, gaterIsInput, gaterIsSource, biases, unconnected] {
      XCTAssertGreaterThan(count, 30)
    }
  }
}
