/// A network prepared for scheduling: who owns what, who reads what, which unit does what.
///
/// Shared by all attempts for one number of lanes and units, which may run at the same time: nothing
/// changes after the initialiser.
final class ScheduleProblem: @unchecked Sendable {
  let network: QuantisedNetwork
  let map: MemoryMap
  let profile: PipelineProfile
  let lanes: Int
  let units: Int
  /// Lanes that read one source stream.
  let lanesPerStream: Int
  let bound: LowerBound
  /// By sum.
  let cellOfSum: [Int32]
  /// By cell.
  private(set) var unitOfCell: [Int32] = []
  /// By cell, see `UnitAssignment`.
  private(set) var turns: [Double] = []
  let paths: [ResultPath]
  /// By cell: slots from its last operation to where its value can be read.
  let toRead: [Int32]
  let addendReads: [AddendReads]
  /// By cell: those of its argument bias.
  let biasReads: [AddendReads?]
  private(set) var writeBack: WriteBackPlan
  /// By value: the cell that makes it, or -1 for inputs and constants.
  let cellOfValue: [Int32]
  /// What the streams have to read.
  private(set) var work: LaneWork
  /// By bundle: its unit, and the cells of its sums.
  private(set) var unitOfBundle: [Int32] = []
  /// By cell: cells whose addends read its value directly, of this step and of the next one.
  let currentCells: [[Int32]]
  let previousCells: [[Int32]]
  /// By cell: sums and direct operands of this step that it waits for, and those of the step before.
  let currentMissing: [Int32]
  let previousMissing: [Int32]
  /// By cell: direct operands of this step.
  let directMissing: [Int32]

  var lanesPerUnit: Int { lanes / units }
  var streams: Int { lanes / lanesPerStream }
  var streamsPerUnit: Int { lanesPerUnit / lanesPerStream }
  /// A measure of what it costs to place a step.
  var effort: Int { network.terms.count + 4 * network.addends.count }

  init(
    _ network: QuantisedNetwork, _ map: MemoryMap, profile: PipelineProfile, lanes: Int,
    units: Int, lanesPerStream: Int = 1, bound: LowerBound
  ) {
    self.network = network
    self.map = map
    self.profile = profile
    self.lanes = lanes
    self.units = units
    self.lanesPerStream = lanesPerStream
    self.bound = bound
    let cells = network.cells.count
    var cellOfValue = [Int32](repeating: -1, count: network.valueFormats.count)
    for (index, cell) in network.cells.enumerated() { cellOfValue[cell.value] = Int32(index) }
    self.cellOfValue = cellOfValue
    paths = network.cells.map { network.path(of: $0, in: profile) }
    toRead = paths.map { Int32(profile.resultToRead($0)) }
    addendReads = network.addends.map { AddendReads($0, cellOfValue: cellOfValue) }
    biasReads = network.cells.map {
      $0.argumentBias.map { AddendReads($0, cellOfValue: cellOfValue) }
    }
    work = LaneWork(
      network, network.sums.indices.map { Bundle($0, in: network) }, cellOfValue: cellOfValue)
    var cellOfSum = [Int32](repeating: 0, count: network.sums.count)
    var currentCells = [[Int32]](repeating: [], count: cells)
    var previousCells = currentCells
    var currentMissing = [Int32](repeating: 0, count: cells)
    var previousMissing = currentMissing
    var directMissing = currentMissing
    for (index, cell) in network.cells.enumerated() {
      if cell.stateSlot != nil { previousMissing[index] += 1 }
      for addend in network.addends[cell.addends] + [cell.argumentBias].compactMap({ $0 }) {
        if case .sum(let sum) = addend.input {
          cellOfSum[sum] = Int32(index)
          currentMissing[index] += 1
        }
        for operand in Self.operands(of: addend) {
          let source = Int(cellOfValue[operand.value])
          guard source >= 0 else { continue }
          if operand.age == .current {
            currentCells[source].append(Int32(index))
            currentMissing[index] += 1
            directMissing[index] += 1
          } else {
            previousCells[source].append(Int32(index))
            previousMissing[index] += 1
          }
        }
      }
    }
    self.cellOfSum = cellOfSum
    self.currentCells = currentCells
    self.previousCells = previousCells
    self.currentMissing = currentMissing
    self.previousMissing = previousMissing
    self.directMissing = directMissing
    unitOfCell = [Int32](repeating: 0, count: cells)
    writeBack = WriteBackPlan(network, map, unitOfCell: unitOfCell)
    let assignment = assignment()
    unitOfCell = assignment.unitOfCell
    turns = assignment.turns
    writeBack = WriteBackPlan(network, map, unitOfCell: unitOfCell)
    if lanesPerStream > 1 { work = bundledWork() }
    unitOfBundle = work.members.map { unitOfCell[Int(cellOfSum[Int($0[0])])] }
  }

  /// Operands that an addend reads beside a lane's sum.
  static func operands(of addend: QuantisedNetwork.Addend) -> [Operand] {
    var result: [Operand] = []
    if let gater = addend.gater { result.append(gater) }
    if case .value(let operand) = addend.input { result.append(operand) }
    return result
  }

  func unit(ofBundle bundle: Int) -> Int { Int(unitOfBundle[bundle]) }

  /// Cells that the sums of a bundle belong to.
  func cells(ofBundle bundle: Int) -> some Sequence<Int32> {
    work.members[bundle].lazy.map { self.cellOfSum[Int($0)] }
  }

  /// Cycles from the end of a run on a stream to the arrival of its first sum at the unit, beyond
  /// those of the lane beside it. The other sums follow one after the other, `arrivalSpacing` apart.
  func chainDelay(ofStream stream: Int32) -> Int32 {
    stream % Int32(streamsPerUnit) * Int32(lanesPerStream)
  }

  var arrivalSpacing: Int32 { Int32(1 + profile.sourceSkew) }

  /// Shorter runs let the lanes of a stream wait for the capture chain.
  var shortestRun: Int32 { Int32(lanesPerStream - 1) * arrivalSpacing + 1 }

  /// Fewest slots in which the streams of the busiest unit read everything, and in which what their
  /// lanes form arrives, one sum a slot, at least once a bundle.
  var streamBound: Int {
    var loads = [Int](repeating: 0, count: units)
    var arrivals = loads
    for (bundle, positions) in work.positions.enumerated() {
      loads[unit(ofBundle: bundle)] += positions.count
      arrivals[unit(ofBundle: bundle)] += lanesPerStream
    }
    return max(
      ((loads.max() ?? 0) + streamsPerUnit - 1) / streamsPerUnit, arrivals.max() ?? 0)
  }

  private func bundledWork() -> LaneWork {
    let heights = heights(period: 1 << 20)
    let bundling = Bundling(
      network: network, width: lanesPerStream, cellOfSum: cellOfSum, unitOfCell: unitOfCell,
      order: { [turns] in (turns[$0], -heights[$0]) }, cellOfValue: cellOfValue)
    return LaneWork(network, bundling.bundles(), cellOfValue: cellOfValue)
  }

  /// By cell: the longest path, in cycles, from its result to the end of the step, or to where the
  /// next step, which begins `period` later, waits for it.
  func heights(period: Int) -> [Int32] {
    let cells = network.cells.count
    var heights = [Int32](repeating: 0, count: cells)
    let toOperation = Int32(min(profile.captureToDirect, profile.captureToRead))
    // Cells are in an order of this step's dependences; each further round follows one more step.
    for _ in 0..<3 {
      for index in (0..<cells).reversed() {
        let direct = Int32(profile.resultToRead(paths[index]))
        var height = heights[index]
        for position in work.currentPositions[index] {
          for reader in self.cells(ofBundle: Int(work.bundleOfPosition[Int(position)])) {
            height = max(height, heights[Int(reader)] + direct + toOperation)
          }
        }
        for position in work.previousPositions[index] {
          for reader in self.cells(ofBundle: Int(work.bundleOfPosition[Int(position)])) {
            height = max(
              height, heights[Int(reader)] + direct + toOperation - Int32(period))
          }
        }
        for cell in currentCells[index] { height = max(height, heights[Int(cell)] + direct) }
        for cell in previousCells[index] {
          height = max(height, heights[Int(cell)] + direct - Int32(period))
        }
        heights[index] = height
      }
    }
    return heights
  }

  private func assignment() -> UnitAssignment {
    // What a unit does costs its lanes nothing; the more it has to do, the more it counts beside them.
    let all = (terms: network.terms.count, operations: network.addends.count)
    let share = Double(all.operations * lanesPerUnit) / Double(max(1, all.terms))
    let weight = max(1, Int(16 * Double(lanesPerUnit) * min(1, share * share)))
    let loads = network.cells.map { cell in
      network.addends[cell.addends].reduce(0) { total, addend in
        guard case .sum(let sum) = addend.input else { return total + weight }
        return total + weight + 16 * network.sums[sum].terms.count
      }
    }
    // A cell that reads very many others belongs to none of them.
    let links = currentCells.indices.flatMap { source in
      (currentCells[source] + previousCells[source]).filter {
        network.cells[Int($0)].addends.count <= Self.longRow
      }.map { (Int32(source), $0) }
    }
    return UnitAssignment(
      units: units, loads: loads, heights: heights(period: 1 << 20), links: links)
  }

  /// Rows of more operations are hard to place.
  static let longRow = 8
}
