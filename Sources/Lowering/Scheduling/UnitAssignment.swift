/// Spreads the cells over the node units: cells that read one another directly stay together, so
/// that their values need not travel over the write-back bus, and every unit gets the same work.
struct UnitAssignment {
  /// By cell.
  private(set) var unitOfCell: [Int32]
  /// By cell: place of its cluster in the work of its unit, 0 for the first, below 1 for the last.
  private(set) var turns: [Double]

  /// `links` are pairs of cells of which one reads the other in its unit; `loads` and `heights` are
  /// given by cell.
  init(units: Int, loads: [Int], heights: [Int32], links: [(Int32, Int32)]) {
    unitOfCell = [Int32](repeating: 0, count: loads.count)
    turns = [Double](repeating: 0, count: loads.count)
    var totals = [Int](repeating: 0, count: units)
    let average = (loads.reduce(0, +) + units - 1) / units
    var leftOver: [Int] = []
    for cluster in Self.clusters(count: loads.count, links: links, heights: heights) {
      let load = cluster.reduce(0) { $0 + loads[$1] }
      let unit = totals.indices.min { (totals[$0], $0) < (totals[$1], $1) } ?? 0
      guard totals[unit] + load <= average else {
        leftOver += cluster
        continue
      }
      for cell in cluster {
        unitOfCell[cell] = Int32(unit)
        turns[cell] = Double(totals[unit]) / Double(max(1, average))
      }
      totals[unit] += load
    }
    // Large cells first, the others level by level, so that the units work at the same time.
    func order(_ cell: Int) -> (Int, Int32, Int, Int) {
      let isLarge = loads[cell] * 16 > average
      return (isLarge ? -loads[cell] : 0, -heights[cell], -loads[cell], cell)
    }
    leftOver.sort { order($0) < order($1) }
    for cell in leftOver {
      let unit = totals.indices.min { (totals[$0], $0) < (totals[$1], $1) } ?? 0
      unitOfCell[cell] = Int32(unit)
      totals[unit] += loads[cell]
    }
  }

  /// Connected cells, the most urgent cluster first.
  private static func clusters(
    count: Int, links: [(Int32, Int32)], heights: [Int32]
  ) -> [[Int]] {
    var parent = Array(0..<count)
    func root(_ cell: Int) -> Int {
      var cell = cell
      while parent[cell] != cell {
        parent[cell] = parent[parent[cell]]
        cell = parent[cell]
      }
      return cell
    }
    for (a, b) in links {
      let (x, y) = (root(Int(a)), root(Int(b)))
      if x != y { parent[max(x, y)] = min(x, y) }
    }
    var members = [[Int]](repeating: [], count: count)
    for cell in 0..<count { members[root(cell)].append(cell) }
    let clusters = members.filter { !$0.isEmpty }
    let urgency = clusters.map { $0.map { heights[$0] }.max() ?? 0 }
    return clusters.indices.sorted {
      (-urgency[$0], clusters[$0][0]) < (-urgency[$1], clusters[$1][0])
    }.map { clusters[$0] }
  }
}
