/// Puts sums of one node unit that read the same values into bundles.
///
/// Only equal sources count: a value that only some of the sums contain would cost the others a cycle.
/// The sums of cells that work together stay together, so that what waits for all of them does not
/// wait for a second bundle.
struct Bundling {
  let network: QuantisedNetwork
  /// Sums of a bundle, at most.
  let width: Int
  /// By sum.
  let cellOfSum: [Int32]
  /// By cell: its unit, and when it is wanted, the smaller the sooner.
  let unitOfCell: [Int32]
  let order: (_ cell: Int) -> (Double, Int32)

  /// What sums of a bundle have in common.
  private struct Key: Hashable {
    let unit: Int32
    /// Values, twice, plus one if that of the previous step is read; in rising order.
    let sources: [Int32]
  }

  /// Every sum in one bundle, in the order of their first sums.
  func bundles() -> [Bundle] {
    var groups: [[Int]] = []
    var groupOfKey: [Key: Int] = [:]
    for sum in network.sums.indices {
      let sources = sortedTerms(sum).map(source)
      let key = Key(unit: unitOfCell[Int(cellOfSum[sum])], sources: sources)
      if let group = groupOfKey[key] {
        groups[group].append(sum)
      } else {
        groupOfKey[key] = groups.count
        groups.append([sum])
      }
    }
    let bundles = groups.flatMap { group in
      let sorted = group.sorted { precedes($0, $1) }
      return stride(from: 0, to: sorted.count, by: width).map {
        bundle(sorted[$0..<min($0 + width, sorted.count)])
      }
    }
    return bundles.sorted { ($0.sums.min() ?? 0) < ($1.sums.min() ?? 0) }
  }

  private func precedes(_ sum: Int, _ other: Int) -> Bool {
    let (cell, otherCell) = (Int(cellOfSum[sum]), Int(cellOfSum[other]))
    let (own, others) = (order(cell), order(otherCell))
    return (own.0, own.1, sum) < (others.0, others.1, other)
  }

  private func bundle(_ sums: ArraySlice<Int>) -> Bundle {
    let columns = sums.map(sortedTerms)
    let rows = columns.first?.indices ?? 0..<0
    return Bundle(
      sums: sums.map(Int32.init), terms: rows.flatMap { row in columns.map { $0[row] } })
  }

  private func sortedTerms(_ sum: Int) -> [Int32] {
    network.sums[sum].terms.map(Int32.init).sorted { (source($0), $0) < (source($1), $1) }
  }

  private func source(_ term: Int32) -> Int32 {
    let source = network.terms[Int(term)].source
    return Int32(source.value * 2 + (source.age == .previous ? 1 : 0))
  }
}
