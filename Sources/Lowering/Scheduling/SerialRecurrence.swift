/// A lower bound of the period where many cells read one another through the lanes: their values
/// take turns on the write-back bus.
///
/// Let all cells of a set H be read by lanes, so that each is on the bus in a cycle of its own, and
/// let each cell of H need, over one step, all values of H but m. Of the values of H, m + 1 are
/// written at or after the (|H| - m)-th write W of a step, and every cell reads one of them: none of
/// the next step's writes comes before W + L, where L is the shortest way round. Its (|H| - m)-th is
/// thus at W + L + |H| - m - 1 at the earliest. That holds for every schedule, whatever its lanes.
struct SerialRecurrence {
  private let network: QuantisedNetwork
  private let profile: PipelineProfile
  private let paths: [ResultPath]
  /// By cell: cells whose values of the previous step its sums read.
  private let sources: [Set<Int32>]
  /// By cell: what it reads of this step.
  private let current: [[(source: Int32, isTerm: Bool)]]

  static func cycles(_ network: QuantisedNetwork, _ profile: PipelineProfile) -> Int {
    let analysis = SerialRecurrence(network, profile)
    return analysis.candidates.reduce(1) { best, set in
      (0...1).reduce(best) { max($0, analysis.bound(set, missing: $1)) }
    }
  }

  private init(_ network: QuantisedNetwork, _ profile: PipelineProfile) {
    self.network = network
    self.profile = profile
    paths = network.cells.map { network.path(of: $0, in: profile) }
    var cellOfValue = [Int32](repeating: -1, count: network.valueFormats.count)
    for (index, cell) in network.cells.enumerated() { cellOfValue[cell.value] = Int32(index) }
    var sources: [Set<Int32>] = []
    var current: [[(source: Int32, isTerm: Bool)]] = []
    for cell in network.cells {
      var previous: Set<Int32> = []
      var reads: [(source: Int32, isTerm: Bool)] = []
      func read(_ operand: Operand, isTerm: Bool) {
        let source = cellOfValue[operand.value]
        guard source >= 0 else { return }
        if operand.age == .current {
          reads.append((source, isTerm))
        } else if isTerm {
          previous.insert(source)
        }
      }
      for addend in network.addends[cell.addends] + [cell.argumentBias].compactMap({ $0 }) {
        for operand in ScheduleProblem.operands(of: addend) { read(operand, isTerm: false) }
        guard case .sum(let sum) = addend.input else { continue }
        for term in network.terms[network.sums[sum].terms] { read(term.source, isTerm: true) }
      }
      sources.append(previous)
      current.append(reads)
    }
    self.sources = sources
    self.current = current
  }

  /// Sets of cells worth a look: the largest ones that some cell reads, and all that any reads.
  private var candidates: [Set<Int32>] {
    var result: [Set<Int32>] = []
    for set in sources.enumerated().sorted(by: {
      (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset)
    }).map(\.element) where set.count > 1 && !result.contains(set) {
      result.append(set)
      if result.count == 6 { break }
    }
    let all = sources.reduce(into: Set<Int32>()) { $0.formUnion($1) }
    if !all.isEmpty, !result.contains(all) { result.append(all) }
    return result
  }

  private func bound(_ set: Set<Int32>, missing: Int) -> Int {
    guard set.count > missing else { return 1 }
    let toOperation = min(profile.captureToDirect, profile.captureToRead)
    /// By cell: slots from W to its last operation, or nil if that does not depend on W.
    var offsets = [Int?](repeating: nil, count: paths.count)
    for cell in paths.indices {
      if set.subtracting(sources[cell]).count <= missing {
        offsets[cell] = 1 - profile.fetch + toOperation
      }
      for (source, isTerm) in current[cell] {
        guard let offset = offsets[Int(source)] else { continue }
        let latency = profile.resultToRead(paths[Int(source)]) + (isTerm ? toOperation : 0)
        offsets[cell] = max(offsets[cell] ?? .min, offset + latency)
      }
    }
    var shortest = Int.max
    for cell in set {
      guard let offset = offsets[Int(cell)] else { return 1 }
      shortest = min(shortest, offset + profile.result(paths[Int(cell)]))
    }
    return shortest + set.count - missing - 1
  }
}
