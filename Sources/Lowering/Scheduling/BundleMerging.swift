/// Joins bundles that have lanes left although their sources differ, where that saves cycles.
///
/// A joined bundle reads the union of the sources; a lane whose sum does not contain a value multiplies
/// it by zero. Sums of one bundle end at the same time, so none of them may wait for another one in the
/// same step: only bundles of one dependence level are joined.
struct BundleMerging {
  /// A bundle with its sources in rising order.
  struct Candidate {
    var bundle: Bundle
    var sources: [Int32]
    let unit: Int32
    let level: Int32
  }

  /// Sums of a bundle, at most.
  let width: Int

  /// Bundles that are compared with one another: it must not take the square of their number.
  private static let window = 48

  func merged(_ candidates: [Candidate]) -> [Bundle] {
    var open = candidates.filter { $0.bundle.sums.count < width }.sorted(by: precedes)
    var result = candidates.lazy.filter { $0.bundle.sums.count >= width }.map(\.bundle)
      .reduce(into: []) { $0.append($1) }
    open.reverse()
    while var first = open.popLast() {
      while let index = bestPartner(of: first, in: open) {
        first = join(first, open.remove(at: index))
      }
      result.append(first.bundle)
    }
    return result
  }

  /// Likely partners stand close to one another.
  private func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    if (a.unit, a.level) != (b.unit, b.level) { return (a.unit, a.level) < (b.unit, b.level) }
    if a.sources != b.sources { return a.sources.lexicographicallyPrecedes(b.sources) }
    return a.bundle.sums.lexicographicallyPrecedes(b.bundle.sums)
  }

  /// The partner, from the end of a list on, with which most cycles are saved for each that is wasted.
  private func bestPartner(of first: Candidate, in others: [Candidate]) -> Int? {
    var best: (score: Int, index: Int)?
    for index in others.indices.suffix(Self.window).reversed() {
      let other = others[index]
      guard other.unit == first.unit, other.level == first.level,
        first.bundle.sums.count + other.bundle.sums.count <= width
      else { continue }
      let shared = commonCount(first.sources, other.sources)
      // What is not shared costs the others a cycle.
      let extra = first.sources.count + other.sources.count - 2 * shared
      guard shared > 0, extra <= shared else { continue }
      let score = 2 * shared - extra
      if best.map({ score > $0.score }) ?? true { best = (score, index) }
    }
    return best?.index
  }

  private func commonCount(_ a: [Int32], _ b: [Int32]) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        count += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return count
  }

  private func join(_ a: Candidate, _ b: Candidate) -> Candidate {
    let (lanesOfA, lanesOfB) = (a.bundle.sums.count, b.bundle.sums.count)
    var sources: [Int32] = []
    var terms: [Int32] = []
    var (i, j) = (0, 0)
    func row(_ candidate: Candidate, _ index: Int, _ lanes: Int) -> ArraySlice<Int32> {
      candidate.bundle.terms[index * lanes..<(index + 1) * lanes]
    }
    let noneOfA = [Int32](repeating: -1, count: lanesOfA)
    let noneOfB = [Int32](repeating: -1, count: lanesOfB)
    while i < a.sources.count || j < b.sources.count {
      let hasA = i < a.sources.count && (j >= b.sources.count || a.sources[i] <= b.sources[j])
      let hasB = j < b.sources.count && (i >= a.sources.count || b.sources[j] <= a.sources[i])
      sources.append(hasA ? a.sources[i] : b.sources[j])
      terms += hasA ? row(a, i, lanesOfA) : noneOfA[...]
      terms += hasB ? row(b, j, lanesOfB) : noneOfB[...]
      i += hasA ? 1 : 0
      j += hasB ? 1 : 0
    }
    return Candidate(
      bundle: Bundle(sums: a.bundle.sums + b.bundle.sums, terms: terms), sources: sources,
      unit: a.unit, level: a.level)
  }
}
