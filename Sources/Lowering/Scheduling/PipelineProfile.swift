/// Depths of the pipelines, in cycles; every latency of the hardware follows from these numbers.
///
/// A profile changes when things happen, never what is computed. A carry chain may be cut into
/// segments that work one cycle after the other: the clock gets faster, the way longer.
public struct PipelineProfile: Hashable, Sendable {
  /// Registers between the sequencer and every stream and unit, 0 or 1.
  public var controlStages = 0
  /// Program and table memories: 1, 2 with an output register; 3 with one more behind programs, a
  /// long way from the memory, 4 with one behind the choice of a word's step.
  public var romLatency = 1
  /// Register behind the bank selection: 0 or 1.
  public var addressLatency = 0
  /// Activation, state and capture memories: 1, 2 with an output register, 3 with one more, a long way
  /// from the memory.
  public var ramLatency = 1
  /// Multiplier of a lane, 1 or more, and carry segments of its sum.
  public var multiplyLatency = 1
  public var sumSegments = 1
  /// Registers between the lanes of one source stream, 0 or 1.
  public var sourceSkew = 0
  /// Operand: sum of parts, shift in one to three steps, rounding and constant.
  public var partSegments = 1
  public var alignStages = 1
  public var roundSegments = 1
  /// Gate: widest factor of one multiplier, its cycles, sum of its products, sum of the node.
  public var multiplierBits = 64
  public var gateLatency = 1
  public var gainSegments = 1
  public var nodeSegments = 1
  /// Register inside the limiting of the wide state, 0 or 1.
  public var wideStages = 0
  /// Adder behind the wide state, 0 or 1: only networks with argument biases need it.
  public var argumentBias = 1
  /// Whether units have a multiplier of their own for products of two activations.
  public var hasProductPath = true
  /// Carry segments of what rounds them.
  public var productSegments = 1
  /// Whether units have a way for linear results other than those products.
  public var hasLinearPath = true
  /// Table: magnitude of the argument, registers (0 to 2) in front of the memory, multiplier,
  /// carry segments of the sum.
  public var magnitudeSegments = 1
  public var clipStages = 0
  public var tableLatency = 1
  public var tableSegments = 1
  /// Registers between a unit's result and the write-back bus: 0, 1, 2 with one behind the merged
  /// results of all units, 3 with one in front of the ends of the bus.
  public var busStages = 0

  /// Fewest cycles per dependence level.
  public static let shallow = PipelineProfile()
  /// Registers where block memories and multipliers offer them.
  public static let medium: PipelineProfile = {
    var profile = PipelineProfile()
    profile.romLatency = 2
    profile.ramLatency = 2
    profile.multiplyLatency = 2
    profile.gateLatency = 2
    profile.tableLatency = 2
    return profile
  }()
  /// Least time per dependence level on an ECP5: chains of at most some 20 bits, two levels of lookup
  /// tables between registers.
  public static let balanced: PipelineProfile = {
    var profile = PipelineProfile.medium
    profile.romLatency = 3
    profile.addressLatency = 1
    profile.multiplyLatency = 3
    profile.sumSegments = 2
    profile.sourceSkew = 1
    profile.partSegments = 2
    profile.alignStages = 2
    profile.roundSegments = 2
    profile.multiplierBits = 18
    profile.gateLatency = 3
    profile.gainSegments = 2
    profile.nodeSegments = 3
    profile.magnitudeSegments = 2
    profile.clipStages = 1
    profile.tableLatency = 3
    return profile
  }()
  /// Fastest clock on an ECP5: multipliers with all their registers, one behind them and one
  /// in front of those of lanes and of the table, one
  /// level of lookup tables between registers or two, chains of at most some 14 bits.
  public static let deep: PipelineProfile = {
    var profile = PipelineProfile.balanced
    profile.controlStages = 1
    profile.romLatency = 4
    profile.multiplyLatency = 5
    profile.sumSegments = 3
    profile.partSegments = 3
    profile.alignStages = 3
    profile.roundSegments = 3
    profile.gateLatency = 4
    profile.gainSegments = 3
    profile.nodeSegments = 5
    profile.wideStages = 1
    profile.productSegments = 2
    profile.clipStages = 2
    profile.tableLatency = 5
    profile.tableSegments = 2
    profile.busStages = 3
    return profile
  }()
  /// For devices with slow carries and multipliers of 16 bits, such as the iCE40: chains of about
  /// twelve bits, and few registers elsewhere, since each takes a logic cell.
  public static let segmented: PipelineProfile = {
    var profile = PipelineProfile.medium
    profile.sumSegments = 3
    profile.partSegments = 3
    profile.alignStages = 2
    profile.roundSegments = 3
    profile.multiplierBits = 17
    profile.gateLatency = 3
    profile.gainSegments = 3
    profile.nodeSegments = 4
    profile.productSegments = 2
    profile.magnitudeSegments = 3
    profile.clipStages = 1
    profile.tableLatency = 4
    profile.tableSegments = 2
    return profile
  }()

  public init() {}

  /// From the issue of an operation to the cycle in which memories see its read address.
  public var fetch: Int { romLatency + addressLatency }
  /// From the issue of a sum's last term on the lane beside the unit to the cycle in which the sum is
  /// written to the capture memory; each lane further away takes a cycle
  /// more, or two within a stream that hands its values on from lane to lane.
  public var capture: Int { fetch + ramLatency + multiplyLatency + sumSegments + 1 }
  /// From the issue of a node's last operation to the cycle in which its state is written.
  public var state: Int { wide + 1 }
  /// From the issue of a node's last operation to the cycle in which the unit holds the wide state of
  /// its accumulated sum.
  private var wide: Int { operand + gateLatency + gainSegments + nodeSegments + wideStages + 1 }
  /// From the issue of an operation to the cycle in which its operand is there.
  private var operand: Int { fetch + ramLatency + operandCycles }
  /// From the issue of a node's last operation to the cycle in which the function's argument is there,
  /// argument bias included; two nodes may not be there at once.
  public func biased(_ path: ResultPath) -> Int {
    path.isShort ? operand + 1 : wide + argumentBias
  }
  /// From the issue of a node's last operation to the cycle in which its value is written.
  public func result(_ path: ResultPath) -> Int {
    if path == .product {
      return fetch + ramLatency + gateLatency + productSegments + 2 + busStages
    }
    guard path.usesTable else { return biased(path) + 4 + busStages }
    return biased(path) + magnitudeSegments + clipStages + tableRomLatency + tableLatency
      + tableSegments + 2
      + busStages
  }

  /// From the issue of a node's last operation to the cycle in which inputs wait for its value.
  public func busy(_ path: ResultPath) -> Int { result(path) - (busStages > 2 ? 1 : 0) }

  /// From the last result that the output port waits for to the first beat.
  var output: Int { 2 + (ramLatency < 2 ? 1 : romLatency < 4 ? 2 : 3) }

  /// Fewest slots between an operation that produces something and one that reads it.
  public var captureToRead: Int { capture + 1 - romLatency }
  public var stateToRead: Int { state + 1 - fetch }
  public func resultToRead(_ path: ResultPath) -> Int { result(path) + 1 - fetch }
  /// Slots between the last term of a sum and an operation that takes the sum as it arrives, without
  /// reading the capture memory; exactly so many.
  public var captureToDirect: Int { capture - fetch - ramLatency }

  /// First slot of an operation, counted from the first one of its step: a unit may look the number of
  /// an operation up before its word, and that begins with the program.
  public var firstOperation: Int { romLatency + 1 }

  /// The profile for a network: what only some networks need falls away for others.
  func fitting(_ network: QuantisedNetwork) -> PipelineProfile {
    var profile = self
    profile.argumentBias = network.cells.contains { $0.argumentBias != nil } ? 1 : 0
    profile.hasProductPath = hasProductPath && network.hasProducts
    profile.hasLinearPath = network.cells.contains {
      let path = network.path(of: $0, in: profile)
      return path == .longLinear || path == .shortLinear
    }
    return profile
  }

  /// Cycles of the table's memory: programs have a register for the long way and one for the choice of
  /// the step more.
  private var tableRomLatency: Int { romLatency > 3 ? 3 : min(romLatency, 2) }
  /// Depth of lstmg_operand.
  private var operandCycles: Int { partSegments + alignStages + roundSegments }
}
