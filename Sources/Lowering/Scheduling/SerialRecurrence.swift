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
  /// By cell: cells whose values its sums read, of this step and of the one before.
  private let currentSources: [Set<Int32>]
  private let previousSources: [Set<Int32>]
  /// By cell: everything that it reads.
  private let reads: [[Read]]

  private struct Read {
    let source: Int32
    let latency: Int
    let isPrevious: Bool
  }

  static func cycles(_ network: QuantisedNetwork, _ profile: PipelineProfile) -> Int {
    let analysis = SerialRecurrence(network, profile)
    return analysis.candidates.reduce(1) { best, set in
      (0...1).reduce(best) { max($0, analysis.bound(set, missing: $1)) }
    }
  }

  private init(_ network: QuantisedNetwork, _ profile: PipelineProfile) {
    self.network = network
    self.profile = profile
    var cellOfValue = [Int32](repeating: -1, count: network.valueFormats.count)
    for (index, cell) in network.cells.enumerated() { cellOfValue[cell.value] = Int32(index) }
    let toOperation = min(profile.captureToDirect, profile.captureToRead)
    var currentSources: [Set<Int32>] = []
    var previousSources: [Set<Int32>] = []
    var reads: [[Read]] = []
    for cell in network.cells {
      var sources: (current: Set<Int32>, previous: Set<Int32>) = ([], [])
      var all: [Read] = []
      func read(_ operand: Operand, isTerm: Bool) {
        let source = cellOfValue[operand.value]
        guard source >= 0 else { return }
        let isPrevious = operand.age == .previous
        if isTerm {
          let isNew =
            isPrevious
            ? sources.previous.insert(source).inserted : sources.current.insert(source).inserted
          guard isNew else { return }
        }
        let latency =
          profile.resultToRead(network.path(of: network.cells[Int(source)], in: profile))
          + (isTerm ? toOperation : 0)
        all.append(Read(source: source, latency: latency, isPrevious: isPrevious))
      }
      for addend in network.addends[cell.addends] + [cell.argumentBias].compactMap({ $0 }) {
        for operand in ScheduleProblem.operands(of: addend) { read(operand, isTerm: false) }
        guard case .sum(let sum) = addend.input else { continue }
        for term in network.terms[network.sums[sum].terms] { read(term.source, isTerm: true) }
      }
      currentSources.append(sources.current)
      previousSources.append(sources.previous)
      reads.append(all)
    }
    self.currentSources = currentSources
    self.previousSources = previousSources
    self.reads = reads
  }

  /// Sets of cells worth a look: the largest ones that some cell reads, and all that any reads.
  private var candidates: [Set<Int32>] {
    [currentSources, previousSources].flatMap { sources in
      var result: [Set<Int32>] = []
      let bySize = sources.indices.sorted { (-sources[$0].count, $0) < (-sources[$1].count, $1) }
      for cell in bySize where sources[cell].count > 1 && !result.contains(sources[cell]) {
        result.append(sources[cell])
        if result.count == 4 { break }
      }
      let all = sources.reduce(into: Set<Int32>()) { $0.formUnion($1) }
      if all.count > 1, !result.contains(all) { result.append(all) }
      return result
    }
  }

  private func bound(_ set: Set<Int32>, missing: Int) -> Int {
    guard set.count > missing else { return 1 }
    let first = 1 - profile.fetch + min(profile.captureToDirect, profile.captureToRead)
    // By cell: slots from W to its last operation, in the step of W and in the next one; nil if that
    // does not depend on W.
    var same = [Int?](repeating: nil, count: reads.count)
    var next = same
    for cell in reads.indices {
      var offset: Int?
      if isReadAll(set, currentSources[cell], missing) { offset = first }
      for read in reads[cell] where !read.isPrevious {
        if let source = same[Int(read.source)] { offset = max(offset ?? 0, source + read.latency) }
      }
      same[cell] = offset
    }
    for cell in reads.indices {
      var offset: Int?
      if isReadAll(set, previousSources[cell], missing) { offset = first }
      for read in reads[cell] {
        guard let source = (read.isPrevious ? same : next)[Int(read.source)] else { continue }
        offset = max(offset ?? 0, source + read.latency)
      }
      next[cell] = offset
    }
    var shortest = Int.max
    for cell in set {
      guard let offset = next[Int(cell)] else { return 1 }
      let path = network.path(of: network.cells[Int(cell)], in: profile)
      shortest = min(shortest, offset + profile.result(path))
    }
    return shortest + set.count - missing - 1
  }

  private func isReadAll(_ set: Set<Int32>, _ sources: Set<Int32>, _ missing: Int) -> Bool {
    guard sources.count + missing >= set.count else { return false }
    return set.count { !sources.contains($0) } <= missing
  }
}
