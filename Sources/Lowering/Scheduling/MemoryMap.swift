/// Where values and states live: slots of the activation memory and of each unit's state memory.
public struct MemoryMap: Hashable, Sendable {
  /// Slot of every value that something reads; inputs come first, in stream order.
  public let slots: [Int?]
  public let slotCount: Int
  /// Position of every output value in the output frame.
  public let outputIndices: [ValueID: Int]

  init(_ network: QuantisedNetwork) {
    var isRead = [Bool](repeating: false, count: network.valueFormats.count)
    for term in network.terms { isRead[term.source.value] = true }
    for addend in network.addends + network.cells.compactMap(\.argumentBias) {
      if let gater = addend.gater { isRead[gater.value] = true }
      if case .value(let operand) = addend.input { isRead[operand.value] = true }
    }
    var slots = [Int?](repeating: nil, count: isRead.count)
    var next = 0
    for input in network.inputs {
      slots[input] = next
      next += 1
    }
    for cell in network.cells where isRead[cell.value] {
      slots[cell.value] = next
      next += 1
    }
    self.slots = slots
    slotCount = next
    outputIndices = Dictionary(
      uniqueKeysWithValues: network.outputs.enumerated().map { ($1, $0) })
  }
}
