import Lowering

/// What the top module says of the stored states: ports where somebody reads them, else ends of wires.
struct StateText {
  private(set) var ports = ""
  private(set) var wires = ""

  init(_ design: HardwareDesign, areShown: Bool) {
    let words = StateWords(design)
    let signals = [
      ("state_write", words.units), ("state_slot", words.units * words.slotBits),
      ("state_data", words.units * words.stateBits),
    ]
    if areShown {
      ports =
        ",\n  // States as they are stored, by unit\n"
        + signals.map { "  output wire [\($1 - 1):0] \($0)" }.joined(separator: ",\n")
    } else {
      wires =
        signals.map { "  wire [\($1 - 1):0] \($0);\n" }.joined()
        + "  wire unused = &{1'b0, \(signals.map(\.0).joined(separator: ", "))};\n\n"
    }
  }
}

/// Shape of the states as the hardware shows them, and as a host reads them.
public struct StateWords: Hashable, Sendable {
  public let units: Int
  /// Bits of an index within a unit, and of a state.
  public let slotBits: Int
  public let stateBits: Int

  public init(_ design: HardwareDesign) {
    units = design.schedule.units
    slotBits = design.layout.stateSlotBits
    stateBits = design.network.plan.formats.state.width
  }

  /// Words that a host reads, those of one unit behind those of the one before it.
  public var count: Int { units << slotBits }

  /// Place of every state in what a host reads, by state slot of the network.
  public static func places(_ design: HardwareDesign) -> [Int] {
    zip(design.stateUnits, design.stateSlots).map { unit, slot in
      unit << design.layout.stateSlotBits | slot
    }
  }

  /// Bits of a unit's number; one for a single unit.
  var unitBits: Int { max(1, Self.bits(units)) }

  /// Bits of numbers below `count`.
  static func bits(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}
