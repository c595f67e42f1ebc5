/// Where values live: slots of the activation memories, and which of them each kind of copy holds.
public struct MemoryMap: Hashable, Sendable {
  /// Readers of values; all copies of one kind hold the same slots.
  public enum Reader: CaseIterable, Sendable {
    /// What lanes multiply by weights.
    case lane
    /// What units multiply addends by, and what they take as addends.
    case gate, value
  }

  /// Slots that a kind of copy holds: those whose upper bits, all but `bits`, are `number`.
  public struct Window: Hashable, Sendable {
    /// Bits of a slot inside the window.
    public let bits: Int
    public let number: Int
    /// Whether anything is read there; otherwise there is no copy.
    public let isRead: Bool

    /// Slot inside the window of one of the memory map that lies in it.
    public func local(_ slot: Int) -> Int { slot & (1 << bits - 1) }
  }

  /// Slot of every value that something reads; inputs come first, in stream order.
  public let slots: [Int?]
  /// Slots from 0 to the last one that is used.
  public let slotCount: Int
  /// Position of every output value in the output frame.
  public let outputIndices: [ValueID: Int]
  private let windows: [Reader: Window]

  public func window(_ reader: Reader) -> Window {
    guard let window = windows[reader] else { preconditionFailure("every reader has a window") }
    return window
  }

  init(_ network: QuantisedNetwork) {
    let readers = ValueReaders(network)
    let layouts = [false, true].map { SlotLayout(network, readers, isAligned: $0) }
    // Values stand one behind the other unless gaps make the copies smaller.
    let layout = layouts[1].words < layouts[0].words ? layouts[1] : layouts[0]
    slots = layout.slots
    slotCount = layout.slotCount
    windows = layout.windows
    outputIndices = Dictionary(
      uniqueKeysWithValues: network.outputs.enumerated().map { ($1, $0) })
  }
}

/// Who reads each value.
private struct ValueReaders {
  private(set) var byValue: [Set<MemoryMap.Reader>]

  init(_ network: QuantisedNetwork) {
    byValue = .init(repeating: [], count: network.valueFormats.count)
    for term in network.terms { byValue[term.source.value].insert(.lane) }
    for addend in network.addends + network.cells.compactMap(\.argumentBias) {
      if let gater = addend.gater { byValue[gater.value].insert(.gate) }
      if case .value(let operand) = addend.input { byValue[operand.value].insert(.value) }
    }
  }
}

/// One way to number the slots.
///
/// Inputs and what lanes read come first, as there are many lanes; then what units take as addends,
/// then what they only gate with.
private struct SlotLayout {
  private(set) var slots: [Int?]
  private(set) var slotCount = 0
  private(set) var windows: [MemoryMap.Reader: MemoryMap.Window] = [:]
  /// Of a bank of the copies of a unit with four lanes.
  private(set) var words = 0

  init(_ network: QuantisedNetwork, _ readers: ValueReaders, isAligned: Bool) {
    slots = .init(repeating: nil, count: readers.byValue.count)
    let cells = network.cells.map(\.value)
    var classes: [[ValueID]] = [network.inputs, [], []]
    for value in cells {
      let who = readers.byValue[value]
      if who.contains(.lane) {
        classes[0].append(value)
      } else if who.contains(.value) {
        classes[1].append(value)
      } else if who.contains(.gate) {
        classes[2].append(value)
      }
    }
    for values in classes where !values.isEmpty {
      if isAligned {
        let block = 1 << WordLayout.bits(for: values.count)
        slotCount = (slotCount + block - 1) / block * block
      }
      for value in values {
        slots[value] = slotCount
        slotCount += 1
      }
    }
    for reader in MemoryMap.Reader.allCases { add(reader, readers, network.inputs) }
  }

  private mutating func add(
    _ reader: MemoryMap.Reader, _ readers: ValueReaders, _ inputs: [ValueID]
  ) {
    var read = slots.indices.compactMap { value in
      readers.byValue[value].contains(reader) ? slots[value] : nil
    }
    let isRead = !read.isEmpty
    // Inputs are written to lanes without a look at their slots.
    if reader == .lane { read += inputs.compactMap { slots[$0] } }
    let all = WordLayout.bits(for: slotCount)
    let (low, high) = (read.min() ?? 0, read.max() ?? 0)
    var bits = 1
    while bits < all, low >> bits != high >> bits || (reader == .lane && low >> bits != 0) {
      bits += 1
    }
    windows[reader] = .init(bits: bits, number: low >> bits, isRead: isRead)
    words += (isRead ? 1 << bits : 0) * (reader == .lane ? 4 : 1)
  }
}
