import Lowering

/// Rows that are summed together: eight lanes that share their sources, or a single row.
struct CBlock {
  /// Lanes of a wide block.
  static let lanes = 8

  /// Rows that mean something; the other lanes of a wide block have weight 0.
  let rowCount: Int
  /// Lanes of the block: 8 or 1.
  let laneCount: Int
  /// Value slots, ascending.
  let sources: [Int]
  /// By source, then by lane: the float twin's lanes are elements of a vector.
  let weights: [Double]
  /// By lane, then by source: exact sums vectorise along a row.
  let words: [Int32]
}

/// Packs the rows of a column into blocks.
struct CRowPacker {
  /// Fewest rows for which idle lanes are worth their memory.
  private static let fewestRows = 3
  /// Most lanes of a block for each weight that is there.
  private static let wasteLimit = 2.7

  /// A row may grow by one part in so many.
  private static let fillCost = 6

  private let slotOfValue: [ValueID: Int]

  init(_ slotOfValue: [ValueID: Int]) { self.slotOfValue = slotOfValue }

  func pack(_ rows: [[CCell.Term]]) -> [CBlock] {
    stride(from: 0, to: rows.count, by: CBlock.lanes).flatMap { start -> [CBlock] in
      let members = rows[start..<min(start + CBlock.lanes, rows.count)].map(placed)
      let count = members.reduce(0) { $0 + $1.count }
      let sources = Set(members.flatMap(\.keys)).sorted()
      let isWorthwhile =
        members.count >= Self.fewestRows
        && Double(sources.count * CBlock.lanes) <= Double(count) * Self.wasteLimit
      if isWorthwhile { return [block(members, sources, lanes: CBlock.lanes)] }
      return members.map { block([$0], $0.keys.sorted(), lanes: 1) }
    }
  }

  /// A source and how many terms of the row read it before: a row may read a value twice.
  private struct Place: Hashable, Comparable {
    let slot: Int
    let occurrence: Int

    static func < (a: Place, b: Place) -> Bool {
      (a.slot, a.occurrence) < (b.slot, b.occurrence)
    }
  }

  private func placed(_ row: [CCell.Term]) -> [Place: CCell.Term] {
    var result: [Place: CCell.Term] = [:]
    for term in row {
      guard let slot = slotOfValue[term.source.value] else {
        preconditionFailure("value \(term.source.value) has no slot")
      }
      var occurrence = 0
      while result[Place(slot: slot, occurrence: occurrence)] != nil { occurrence += 1 }
      result[Place(slot: slot, occurrence: occurrence)] = term
    }
    return result
  }

  private func block(
    _ rows: [[Place: CCell.Term]], _ sources: [Place], lanes: Int
  ) -> CBlock {
    let lists = (0..<lanes).map { lane in
      sources.map { lane < rows.count ? rows[lane][$0] : nil }
    }
    let fill = lanes == 1 ? 0 : fill(sources.count)
    let slots = sources.map(\.slot) + [Int](repeating: sources.last?.slot ?? 0, count: fill)
    return CBlock(
      rowCount: rows.count, laneCount: lanes, sources: slots,
      weights: slots.indices.flatMap { source in
        lists.map { source < sources.count ? $0[source]?.weight ?? 0 : 0 }
      },
      words: lists.flatMap { $0.map { $0?.word ?? 0 } + [Int32](repeating: 0, count: fill) })
  }

  /// Sources of weight 0 that make a row a whole number of vectors, where they cost little.
  private func fill(_ count: Int) -> Int {
    let fill = (CBlock.lanes - count % CBlock.lanes) % CBlock.lanes
    return fill * Self.fillCost <= count ? fill : 0
  }
}
