/// Puts sums of one node unit that read the same values, or nearly the same, into bundles.
///
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
  /// By value: the cell that makes it, or -1.
  let cellOfValue: [Int32]

  /// What sums of a bundle have in common.
  private struct Key: Hashable {
    let unit: Int32
    /// Values, twice, plus one if that of the previous step is read; in rising order.
    let sources: [Int32]
  }

  /// Every sum in one bundle, in the order of their first sums.
  func bundles() -> [Bundle] {
    var groups: [(key: Key, sums: [Int])] = []
    var groupOfKey: [Key: Int] = [:]
    for sum in network.sums.indices {
      let sources = sortedTerms(sum).map(source)
      let key = Key(unit: unitOfCell[Int(cellOfSum[sum])], sources: sources)
      if let group = groupOfKey[key] {
        groups[group].sums.append(sum)
      } else {
        groupOfKey[key] = groups.count
        groups.append((key, [sum]))
      }
    }
    let levels = levelOfSum()
    let candidates = groups.flatMap { group in
      let sorted = group.sums.sorted { precedes($0, $1) }
      return stride(from: 0, to: sorted.count, by: width).map {
        BundleMerging.Candidate(
          bundle: bundle(sorted[$0..<min($0 + width, sorted.count)]), sources: group.key.sources,
          unit: group.key.unit, level: levels[group.sums[0]])
      }
    }
    return BundleMerging(width: width).merged(candidates)
      .sorted { ($0.sums.min() ?? 0) < ($1.sums.min() ?? 0) }
  }

  /// By sum: cells in a row of this step that it waits for.
  private func levelOfSum() -> [Int32] {
    var levels = [Int32](repeating: 0, count: network.sums.count)
    var levelOfCell = [Int32](repeating: 0, count: network.cells.count)
    func level(behind operand: Operand) -> Int32 {
      let cell = Int(cellOfValue[operand.value])
      return operand.age == .current && cell >= 0 ? levelOfCell[cell] + 1 : 0
    }
    // Cells are in an order of this step's dependences.
    for (index, cell) in network.cells.enumerated() {
      for addend in network.addends[cell.addends] + [cell.argumentBias].compactMap({ $0 }) {
        if case .sum(let sum) = addend.input {
          levels[sum] =
            network.terms[network.sums[sum].terms].map { level(behind: $0.source) }
            .max() ?? 0
          levelOfCell[index] = max(levelOfCell[index], levels[sum])
        }
        for operand in ScheduleProblem.operands(of: addend) {
          levelOfCell[index] = max(levelOfCell[index], level(behind: operand))
        }
      }
    }
    return levels
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
