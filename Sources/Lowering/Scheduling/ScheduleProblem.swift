/// A network prepared for scheduling: who owns what, who reads what, which unit does what.
///
/// Shared by all attempts for one number of lanes and units.
struct ScheduleProblem {
  let network: QuantisedNetwork
  let map: MemoryMap
  let profile: PipelineProfile
  let lanes: Int
  let units: Int
  let bound: LowerBound
  /// By sum.
  private(set) var cellOfSum: [Int32]
  /// By cell.
  private(set) var unitOfCell: [Int32]
  private(set) var heights: [Int32]
  /// By value: the cell that makes it, or -1 for inputs and constants.
  let cellOfValue: [Int32]
  /// By cell: sums that read its value of this step, and cells whose addends do so directly.
  private(set) var sumReaders: [[Int32]]
  private(set) var cellReaders: [[Int32]]
  /// By sum: how many cells of this step it waits for; by cell: sums and direct operands likewise.
  private(set) var sumMissing: [Int32]
  private(set) var cellMissing: [Int32]

  var lanesPerUnit: Int { lanes / units }

  init(
    _ network: QuantisedNetwork, _ map: MemoryMap, profile: PipelineProfile, lanes: Int,
    units: Int, bound: LowerBound
  ) {
    self.network = network
    self.map = map
    self.profile = profile
    self.lanes = lanes
    self.units = units
    self.bound = bound
    let cells = network.cells.count
    var cellOfValue = [Int32](repeating: -1, count: network.valueFormats.count)
    for (index, cell) in network.cells.enumerated() { cellOfValue[cell.value] = Int32(index) }
    self.cellOfValue = cellOfValue
    cellOfSum = [Int32](repeating: -1, count: network.sums.count)
    sumReaders = [[Int32]](repeating: [], count: cells)
    cellReaders = [[Int32]](repeating: [], count: cells)
    sumMissing = [Int32](repeating: 0, count: network.sums.count)
    cellMissing = [Int32](repeating: 0, count: cells)
    heights = [Int32](repeating: 0, count: cells)
    unitOfCell = [Int32](repeating: 0, count: cells)
    for index in 0..<cells { collectReaders(of: index) }
    computeHeights()
    assignUnits()
  }

  /// Operands that an addend reads beside a lane's sum.
  static func operands(of addend: QuantisedNetwork.Addend) -> [Operand] {
    var result: [Operand] = []
    if let gater = addend.gater { result.append(gater) }
    if case .value(let operand) = addend.input { result.append(operand) }
    return result
  }

  private mutating func collectReaders(of index: Int) {
    let cell = network.cells[index]
    for addend in network.addends[cell.addends] + [cell.argumentBias].compactMap({ $0 }) {
      for operand in Self.operands(of: addend) where operand.age == .current {
        let source = cellOfValue[operand.value]
        guard source >= 0 else { continue }
        cellReaders[Int(source)].append(Int32(index))
        cellMissing[index] += 1
      }
      guard case .sum(let sum) = addend.input else { continue }
      cellOfSum[sum] = Int32(index)
      cellMissing[index] += 1
      for term in network.terms[network.sums[sum].terms] where term.source.age == .current {
        let source = cellOfValue[term.source.value]
        // A sum may read a value only once per age, so each reader is listed once.
        guard source >= 0 else { continue }
        sumReaders[Int(source)].append(Int32(sum))
        sumMissing[sum] += 1
      }
    }
  }

  /// Latest path, in cycles, from a cell's result to the end of the step.
  private mutating func computeHeights() {
    let viaLane = Int32(profile.resultToRead + profile.captureToRead)
    let direct = Int32(profile.resultToRead)
    for index in heights.indices.reversed() {
      var height: Int32 = 0
      for sum in sumReaders[index] {
        height = max(height, heights[Int(cellOfSum[Int(sum)])] + viaLane)
      }
      for cell in cellReaders[index] { height = max(height, heights[Int(cell)] + direct) }
      heights[index] = height
    }
  }

  /// Spreads the cells of every height evenly over the units, by terms and operations.
  private mutating func assignUnits() {
    guard units > 1 else { return }
    let order = heights.indices.sorted {
      (-heights[$0], -load($0), $0) < (-heights[$1], -load($1), $1)
    }
    var totals = [Int](repeating: 0, count: units)
    var levelTotals = totals
    var height: Int32 = -1
    for cell in order {
      if heights[cell] != height {
        height = heights[cell]
        levelTotals = [Int](repeating: 0, count: units)
      }
      let unit = (0..<units).min {
        (levelTotals[$0], totals[$0], $0) < (levelTotals[$1], totals[$1], $1)
      }
      guard let unit else { return }
      unitOfCell[cell] = Int32(unit)
      levelTotals[unit] += load(cell)
      totals[unit] += load(cell)
    }
  }

  private func load(_ index: Int) -> Int {
    let cell = network.cells[index]
    var total = 0
    for addend in network.addends[cell.addends] {
      total += lanesPerUnit
      if case .sum(let sum) = addend.input { total += network.sums[sum].terms.count }
    }
    return total
  }
}
