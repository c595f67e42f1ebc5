/// Where results go: a value that only its own unit reads is written there and does not occupy the
/// bus that all lanes and units share.
public struct WriteBackPlan: Hashable, Sendable {
  public enum Scope: Hashable, Sendable {
    /// Nothing reads the value.
    case none
    /// The copies of the unit that makes it.
    case local
    /// The write-back bus: all copies, and the output port.
    case global
  }

  /// By cell.
  public let scopes: [Scope]
  /// By cell: whether a unit reads the value (bit set of units).
  let readingUnits: [UInt64]
  /// Units that read inputs of the network directly.
  let unitsReadingInputs: UInt64

  init(_ network: QuantisedNetwork, _ map: MemoryMap, unitOfCell: [Int32]) {
    var cellOfValue = [Int](repeating: -1, count: network.valueFormats.count)
    for (index, cell) in network.cells.enumerated() { cellOfValue[cell.value] = index }
    var readByLane = [Bool](repeating: false, count: network.cells.count)
    for term in network.terms where cellOfValue[term.source.value] >= 0 {
      readByLane[cellOfValue[term.source.value]] = true
    }
    var units = [UInt64](repeating: 0, count: network.cells.count)
    var inputUnits: UInt64 = 0
    for (index, cell) in network.cells.enumerated() {
      let unit = UInt64(1) << UInt64(unitOfCell[index])
      for addend in network.addends[cell.addends] + [cell.argumentBias].compactMap({ $0 }) {
        for operand in ScheduleProblem.operands(of: addend) {
          let source = cellOfValue[operand.value]
          if source >= 0 { units[source] |= unit } else { inputUnits |= unit }
        }
      }
    }
    scopes = network.cells.indices.map { index in
      if readByLane[index] || map.outputIndices[network.cells[index].value] != nil {
        return .global
      }
      if units[index] == 0 { return .none }
      return units[index] == UInt64(1) << UInt64(unitOfCell[index]) ? .local : .global
    }
    readingUnits = units
    unitsReadingInputs = inputUnits
  }
}
