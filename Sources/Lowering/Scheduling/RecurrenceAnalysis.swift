/// The largest ratio of latency to step distance over the dependence cycles of a network, found
/// without any schedule: the latest path through many steps with unlimited lanes and units repeats
/// its worst cycle, and that cycle's ratio is exact.
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
    let viaLane = profile.resultToRead + profile.captureToRead
    let analysis = RecurrenceAnalysis(network) { _, isTerm in
      isTerm ? viaLane : profile.resultToRead
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

  /// Latency and distance of the worst cycle; (1, 1) if there is none.
  private func largestRatio() -> (latency: Int, distance: Int) {
    let count = edges.count
    // More steps find longer worst cycles; small networks can afford many.
    let steps = count > 20_000 ? 16 : 64
    var times = [Int32](repeating: 0, count: count)
    var previous = times
    var predecessors: [[Edge?]] = []
    for _ in 0..<steps {
      swap(&times, &previous)
      var from = [Edge?](repeating: nil, count: count)
      for cell in 0..<count {
        var best: Int32 = 0
        for edge in edges[cell] {
          let base = edge.distance == 0 ? times[Int(edge.source)] : previous[Int(edge.source)]
          if base + edge.latency > best {
            best = base + edge.latency
            from[cell] = edge
          }
        }
        times[cell] = best
      }
      predecessors.append(from)
    }
    var best = (latency: 1, distance: 1)
    // The ends of the latest paths lead back through the worst cycles.
    let ends = (0..<count).sorted { (times[$0], $1) > (times[$1], $0) }.prefix(8)
    for end in ends { walk(from: end, predecessors, &best) }
    return best
  }

  private func walk(
    from end: Int, _ predecessors: [[Edge?]], _ best: inout (latency: Int, distance: Int)
  ) {
    var visited: [Int: [(latency: Int, step: Int)]] = [:]
    var cell = end
    var step = predecessors.count - 1
    var latency = 0
    while step >= 0 {
      for earlier in visited[cell] ?? [] where earlier.step > step {
        let cycle = (latency: latency - earlier.latency, distance: earlier.step - step)
        if cycle.latency * best.distance > best.latency * cycle.distance { best = cycle }
      }
      visited[cell, default: []].append((latency, step))
      guard let edge = predecessors[step][cell] else { return }
      latency += Int(edge.latency)
      step -= Int(edge.distance)
      cell = Int(edge.source)
    }
  }
}

extension QuantisedNetwork {
  /// Dependence levels a step: the fewest nodes one after the other that a step costs in the long
  /// run, whatever the resources.
  public var levels: Int { RecurrenceAnalysis.levels(self) }
}
