import GoldenCases
import Network
import XCTest

@testable import Lowering

final class RecurrenceAnalysisTests: XCTestCase {
  func testGoldenCasesHaveTheKnownLevels() throws {
    let cases = [
      ("trained-dsr", 2), ("eurusd-20in-21blocks", 3), ("trained-parity", 6), ("trained-reber", 8),
      ("random-1000", 18), ("ext-standard-lstm", 3),
    ]
    for (name, levels) in cases {
      let network = try GoldenCase.named(name).network().quantised()
      XCTAssertEqual(RecurrenceAnalysis.levels(network), levels, name)
    }
  }

  func testLevelsOfRandomNetworksAreThoseOfTheirWorstCycle() throws {
    var compared = 0
    for (label, _, network) in variedNetworks(0..<400) {
      let graph = DependenceGraph(network.factored().levelled)
      guard let worst = graph.worstCycle() else { continue }
      let levels = (worst.latency + worst.distance - 1) / worst.distance
      XCTAssertEqual(RecurrenceAnalysis.levels(try network.quantised()), max(1, levels), label)
      compared += 1
    }
    XCTAssertGreaterThan(compared, 200)
  }

  func testCyclesOfRandomNetworksAreThoseOfTheirWorstCycle() throws {
    var compared = 0
    for (label, seed, network) in variedNetworks(0..<400) {
      let profile = seed % 2 == 0 ? PipelineProfile.shallow : .medium
      let quantised = try network.quantised()
      let graph = DependenceGraph(quantised, profile)
      guard let worst = graph.worstCycle() else { continue }
      var cycles = (worst.latency + worst.distance - 1) / worst.distance
      if quantised.cells.contains(where: { $0.stateSlot != nil }) {
        cycles = max(cycles, profile.stateToRead)
      }
      XCTAssertEqual(RecurrenceAnalysis.cycles(quantised, profile), cycles, label)
      compared += 1
    }
    XCTAssertGreaterThan(compared, 200)
  }

  func testANetworkWithoutRecurrenceHasOneLevel() throws {
    let network = Network.make(
      nodes: 5, inputs: 1, [link(0, 1), link(1, 2), link(2, 3), link(3, 4)])
    XCTAssertEqual(RecurrenceAnalysis.levels(try network.quantised()), 1)
  }

  func testALongRingThroughOneStepCountsAllItsNodes() throws {
    // 1 -> 2 -> ... -> 40 in one step, and 40 -> 1 into the next.
    let ring = (1..<40).map { link($0, $0 + 1, 0.5) } + [link(40, 1, 0.5), link(0, 1, 0.5)]
    let forward = Network.make(nodes: 41, inputs: 1, ring)
    XCTAssertEqual(RecurrenceAnalysis.levels(try forward.quantised()), 40)
    // The other way round only 1 -> 40 stays in a step: 40 nodes in 39 steps, or more of both.
    for length in [40, 300] {
      let ring = (1..<length).map { link($0 + 1, $0, 0.5) } + [link(1, length, 0.5), link(0, 1)]
      let backward = Network.make(nodes: length + 1, inputs: 1, ring)
      XCTAssertEqual(RecurrenceAnalysis.levels(try backward.quantised()), 2, "\(length) nodes")
    }
  }
}

/// All dependences of a network; goes through every simple cycle.
private struct DependenceGraph {
  struct Edge: Hashable {
    let target: Int
    let latency: Int
    let distance: Int
  }

  private var edges: [Int: Set<Edge>] = [:]
  private let count: Int

  /// Nodes count one; edges are the definition's sources and gaters.
  init(_ levelled: Levelled) {
    let network = levelled.network
    count = network.nodeCount
    for connection in network.connections {
      let reader = connection.destination
      var read: [NodeID] = [connection.gater].compactMap { $0 }
      switch connection.role {
      case .weighted: read.append(connection.source)
      case .selfConnection: break
      case .argumentBias:
        if network.argumentBias(reader) == connection.source { read.append(connection.source) }
      }
      for node in read where levelled.constants[node.index] == nil && !network.isInput(node) {
        let age = levelled.operand(node, readBy: reader).age
        edges[node.index, default: []].insert(
          Edge(target: reader.index, latency: 1, distance: age == .previous ? 1 : 0))
      }
    }
  }

  /// Cells count cycles of a profile.
  init(_ network: QuantisedNetwork, _ profile: PipelineProfile) {
    count = network.cells.count
    var maker: [ValueID: Int] = [:]
    for (index, cell) in network.cells.enumerated() { maker[cell.value] = index }
    for (index, cell) in network.cells.enumerated() {
      let addends = network.addends[cell.addends] + [cell.argumentBias].compactMap { $0 }
      var read: [(Operand, Int)] = []
      for addend in addends {
        if let gater = addend.gater { read.append((gater, 0)) }
        if case .value(let value) = addend.input { read.append((value, 0)) }
        if case .sum(let sum) = addend.input {
          for term in network.terms[network.sums[sum].terms] {
            read.append((term.source, profile.captureToDirect))
          }
        }
      }
      for (operand, latency) in read {
        guard let source = maker[operand.value] else { continue }
        let path = network.path(of: network.cells[source], in: profile)
        edges[source, default: []].insert(
          Edge(
            target: index, latency: profile.resultToRead(path) + latency,
            distance: operand.age == .previous ? 1 : 0))
      }
    }
  }

  /// The cycle with the largest ratio; nil where there are none, or too many to visit.
  func worstCycle() -> (latency: Int, distance: Int)? {
    var worst: (latency: Int, distance: Int)?
    var visits = 0
    var isVisited = [Bool](repeating: false, count: count)
    func extend(_ node: Int, from start: Int, _ latency: Int, _ distance: Int) {
      visits += 1
      guard visits < 20_000 else { return }
      for edge in edges[node] ?? [] where edge.target >= start {
        let (latency, distance) = (latency + edge.latency, distance + edge.distance)
        if edge.target == start {
          precondition(distance > 0, "a cycle within one step")
          if let known = worst, latency * known.distance <= known.latency * distance { continue }
          worst = (latency, distance)
        } else if !isVisited[edge.target] {
          isVisited[edge.target] = true
          extend(edge.target, from: start, latency, distance)
          isVisited[edge.target] = false
        }
      }
    }
    for start in 0..<count { extend(start, from: start, 0, 0) }
    return visits < 20_000 ? worst : nil
  }
}
