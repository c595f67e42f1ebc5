import Lowering

/// The sums of a network in blocks of several that read the same values in the same order, so that
/// a term of all of them is one vector of weights times one value.
///
/// Products and sums are `Double`: exact where `FastSimulator.serves` says so.
struct DotProductBlocks: Sendable {
  struct Block: Sendable {
    /// Sums side by side: 16, 8, 4 or 2.
    let width: Int
    /// Values of this step, then those of the previous one, in `sources`.
    let current: Range<Int>
    let previous: Range<Int>
    /// First weight, of `width` for each source.
    let weights: Int
    /// Place of the first result.
    let results: Int
  }

  /// Blocks by level.
  private(set) var levels: [Range<Int>] = []
  private(set) var blocks: [Block] = []
  private(set) var sources: [Int32] = []
  private(set) var weights: [Double] = []
  /// Where each sum's result is.
  private(set) var places: [Int32]
  /// Place of a result that is always zero, and of one that is always one as a gain.
  private(set) var zero = 0
  private(set) var one = 0
  private(set) var resultCount = 0

  /// No block is wider.
  private let widest: Int

  /// `levels` says at which one of `count` dependence levels each sum can be formed.
  init(_ network: QuantisedNetwork, levels depths: [Int], of count: Int, widest: Int) {
    self.widest = widest
    places = [Int32](repeating: 0, count: network.sums.count)
    // The order of first appearance, not that of a hash table.
    var groups: [(level: Int, sums: [Int])] = []
    var known: [Key: Int] = [:]
    for (index, sum) in network.sums.enumerated() {
      let sources = network.terms[sum.terms].map(\.source).sorted(by: Self.precedes)
      let key = Key(level: depths[index], sources: sources)
      if let group = known[key] {
        groups[group].sums.append(index)
      } else {
        known[key] = groups.count
        groups.append((depths[index], [index]))
      }
    }
    for level in 0..<count {
      let first = blocks.count
      for group in groups where group.level == level { add(group.sums, of: network) }
      levels.append(first..<blocks.count)
    }
    zero = resultCount
    one = resultCount + 1
    resultCount += 2
  }

  private struct Key: Hashable {
    let level: Int
    let sources: [Operand]
  }

  private static func precedes(_ a: Operand, _ b: Operand) -> Bool {
    (a.age.rawValue, a.value) < (b.age.rawValue, b.value)
  }

  private mutating func add(_ sums: [Int], of network: QuantisedNetwork) {
    var rest = sums[...]
    while !rest.isEmpty {
      let fitting = rest.count > 10 ? 16 : rest.count > 4 ? 8 : rest.count > 2 ? 4 : 2
      let width = min(fitting, widest)
      addBlock(Array(rest.prefix(width)), width, of: network)
      rest = rest.dropFirst(width)
    }
  }

  private mutating func addBlock(_ sums: [Int], _ width: Int, of network: QuantisedNetwork) {
    let terms = sums.map { sum in
      network.terms[network.sums[sum].terms].sorted { Self.precedes($0.source, $1.source) }
    }
    let operands = terms.first?.map(\.source) ?? []
    for (offset, sum) in sums.enumerated() { places[sum] = Int32(resultCount + offset) }
    let middle = operands.firstIndex { $0.age == .previous } ?? operands.endIndex
    let first = sources.count
    blocks.append(
      Block(
        width: width, current: first..<first + middle,
        previous: first + middle..<first + operands.count, weights: weights.count,
        results: resultCount))
    sources += operands.map { Int32($0.value) }
    for place in operands.indices {
      for column in 0..<width {
        weights.append(column < terms.count ? Double(terms[column][place].weight) : 0)
      }
    }
    resultCount += width
  }
}
