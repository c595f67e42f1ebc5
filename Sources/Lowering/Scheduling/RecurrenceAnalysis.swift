/// The largest ratio of latency to step distance over the dependence cycles of a network, found
/// without any schedule.
///
/// With every step taken to last r cycles, a dependence cycle of a larger ratio makes some value
/// later from step to step. Such a cycle gives the next r, until no value is ever late: the ratio
/// is exact (Lawler).
struct RecurrenceAnalysis {
  /// A read of `source` (by cell) by `reader`: at least `latency` later, `distance` steps ahead.
  private struct Edge {
    let source: Int32
    let latency: Int32
    let distance: Int8
  }

  private let edges: [[Edge]]

  /// Latencies in cycles of a pipeline profile.
  static func cycles(_ network: QuantisedNetwork, _ profile: PipelineProfile) -> Int {
    let toOperation = min(profile.captureToDirect, profile.captureToRead)
    let analysis = RecurrenceAnalysis(network) { cell, isTerm in
      profile.resultToRead(network.path(of: cell, in: profile)) + (isTerm ? toOperation : 0)
    }
    let ratio = analysis.largestRatio()
    let state = network.cells.contains { $0.stateSlot != nil } ? profile.stateToRead : 1
    return max(state, (ratio.latency + ratio.distance - 1) / ratio.distance)
  }

  /// Dependence levels a step: every node counts one, a gate product nothing.
  static func levels(_ network: QuantisedNetwork) -> Int {
    let analysis = RecurrenceAnalysis(network) { cell, _ in cell.isNode ? 1 : 0 }
    let ratio = analysis.largestRatio()
    return (ratio.latency + ratio.distance - 1) / ratio.distance
  }

  private init(
    _ network: QuantisedNetwork, latency: (QuantisedNetwork.Cell, _ isTerm: Bool) -> Int
  ) {
    var cellOfValue = [Int32](repeating: -1, count: network.valueFormats.count)
    for (index, cell) in network.cells.enumerated() { cellOfValue[cell.value] = Int32(index) }
    edges = network.cells.map { cell in
      var result: [Edge] = []
      var seen: Set<Operand> = []
      func add(_ operand: Operand?, isTerm: Bool) {
        guard let operand, cellOfValue[operand.value] >= 0 else { return }
        guard !isTerm || seen.insert(operand).inserted else { return }
        let source = cellOfValue[operand.value]
        result.append(
          Edge(
            source: source, latency: Int32(latency(network.cells[Int(source)], isTerm)),
            distance: Int8(operand.age.rawValue)))
      }
      for addend in network.addends[cell.addends] + [cell.argumentBias].compactMap({ $0 }) {
        add(addend.gater, isTerm: false)
        switch addend.input {
        case .value(let operand): add(operand, isTerm: false)
        case .sum(let sum):
          for term in network.terms[network.sums[sum].terms] { add(term.source, isTerm: true) }
        case .state, .nothing: break
        }
      }
      return result
    }
  }

  /// Latency and distance of the worst cycle; (1, 1) if there is none or none is worse.
  private func largestRatio() -> (latency: Int, distance: Int) {
    var best = (latency: 1, distance: 1)
    while let worse = cycle(worseThan: best) { best = worse }
    return best
  }

  private func cycle(
    worseThan ratio: (latency: Int, distance: Int)
  ) -> (latency: Int, distance: Int)? {
    var lateness = [Int](repeating: 0, count: edges.count)
    var causes = [Edge?](repeating: nil, count: edges.count)
    while true {
      var isSettled = true
      // Cells are in an order of this step's dependences: one round follows a whole step.
      for cell in edges.indices {
        for edge in edges[cell] {
          let late =
            lateness[Int(edge.source)] + Int(edge.latency) * ratio.distance
            - Int(edge.distance) * ratio.latency
          if late > lateness[cell] {
            lateness[cell] = late
            causes[cell] = edge
            isSettled = false
          }
        }
      }
      if isSettled { return nil }
      if let found = cycle(along: causes) { return found }
    }
  }

  /// A cycle among the causes of lateness; each of them is worse than the ratio in question.
  private func cycle(along causes: [Edge?]) -> (latency: Int, distance: Int)? {
    var visitedFrom = [Int](repeating: -1, count: causes.count)
    for start in causes.indices {
      var cell = start
      while visitedFrom[cell] < 0, let cause = causes[cell] {
        visitedFrom[cell] = start
        cell = Int(cause.source)
      }
      guard visitedFrom[cell] == start, causes[cell] != nil else { continue }
      var sum = (latency: 0, distance: 0)
      let end = cell
      repeat {
        guard let cause = causes[cell] else { break }
        sum.latency += Int(cause.latency)
        sum.distance += Int(cause.distance)
        cell = Int(cause.source)
      } while cell != end
      return sum
    }
    return nil
  }
}

extension QuantisedNetwork {
  /// Dependence levels a step: the fewest nodes one after the other that a step costs in the long
  /// run, whatever the resources.
  public var levels: Int { RecurrenceAnalysis.levels(self) }
}
