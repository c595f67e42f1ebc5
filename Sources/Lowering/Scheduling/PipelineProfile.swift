/// Depths of the pipelines, in cycles; every latency of the hardware follows from these six numbers.
///
/// A profile changes when things happen, never what is computed.
public struct PipelineProfile: Hashable, Sendable {
  /// Program and table memories: 1, or 2 with an output register.
  public var romLatency: Int
  /// Register behind the bank selection: 0 or 1.
  public var addressLatency: Int
  /// Activation, state and capture memories: 1, or 2 with an output register.
  public var ramLatency: Int
  /// Multiplier of a lane, of the gate and of the table: 1 or more.
  public var multiplyLatency: Int
  public var gateLatency: Int
  public var tableLatency: Int

  /// Fewest cycles per dependence level.
  public static let shallow = PipelineProfile(
    romLatency: 1, addressLatency: 0, ramLatency: 1, multiplyLatency: 1, gateLatency: 1,
    tableLatency: 1)
  /// Registers where block memories and multipliers offer them.
  public static let medium = PipelineProfile(
    romLatency: 2, addressLatency: 0, ramLatency: 2, multiplyLatency: 2, gateLatency: 2,
    tableLatency: 2)

  public static let balanced: PipelineProfile = {
    var profile = PipelineProfile(
      romLatency: 2, addressLatency: 1, ramLatency: 2, multiplyLatency: 3, gateLatency: 3,
      tableLatency: 3)
    profile.multiplierBits = 18
    profile.alignStages = 2
    profile.nodeSegments = 2
    return profile
  }()
  public init(
    romLatency: Int, addressLatency: Int, ramLatency: Int, multiplyLatency: Int,
    gateLatency: Int, tableLatency: Int
  ) {
    self.romLatency = romLatency
    self.addressLatency = addressLatency
    self.ramLatency = ramLatency
    self.multiplyLatency = multiplyLatency
    self.gateLatency = gateLatency
    self.tableLatency = tableLatency
  }

  /// From the issue of an operation to the cycle in which memories see its read address.
  public var fetch: Int { romLatency + addressLatency }
  /// From the issue of a sum's last term on the lane beside the unit to the cycle in which the sum is
  /// written to the capture memory; each lane further away takes one cycle more.
  public var capture: Int { fetch + ramLatency + multiplyLatency + sumSegments + 1 }
  /// From the issue of a node's last operation to the cycle in which its state is written.
  public var state: Int { wide + 1 }
  /// From the issue of a node's last operation to the cycle in which the unit holds the wide state of
  /// its accumulated sum.
  private var wide: Int { operand + gateLatency + gainSegments + nodeSegments + 1 }
  /// From the issue of an operation to the cycle in which its operand is there.
  private var operand: Int { fetch + ramLatency + operandCycles }
  /// From the issue of a node's last operation to the cycle in which the function's argument is there,
  /// argument bias included; two nodes may not be there at once.
  public func biased(_ path: ResultPath) -> Int {
    path.isShort ? operand + 1 : wide + argumentBias
  }
  /// From the issue of a node's last operation to the cycle in which its value is written.
  public func result(_ path: ResultPath) -> Int {
    if path == .product { return fetch + ramLatency + gateLatency + 3 }
    guard path.usesTable else { return biased(path) + 4 }
    return biased(path) + magnitudeSegments + clipStages + romLatency + tableLatency + 3
  }

  /// Fewest slots between an operation that produces something and one that reads it.
  public var captureToRead: Int { capture + 1 - romLatency }
  public var stateToRead: Int { state + 1 - fetch }
  public func resultToRead(_ path: ResultPath) -> Int { result(path) + 1 - fetch }
  /// Slots between the last term of a sum and an operation that takes the sum as it arrives, without
  /// reading the capture memory; exactly so many.
  public var captureToDirect: Int { capture - fetch - ramLatency }

  /// The profile for a network: what only some networks need falls away for others.
  func fitting(_ network: QuantisedNetwork) -> PipelineProfile {
    var profile = self
    profile.argumentBias = network.cells.contains { $0.argumentBias != nil } ? 1 : 0
    profile.hasProductPath = hasProductPath && network.cells.contains(where: network.isProduct)
    return profile
  }

  public var operandCycles: Int { partSegments + alignStages + roundSegments }
  public var sumSegments = 1
  public var partSegments = 1
  public var alignStages = 1
  public var roundSegments = 1
  public var multiplierBits = 64
  public var gainSegments = 1
  public var nodeSegments = 1
  public var argumentBias = 1
  /// Whether units have a multiplier of their own for products of two activations.
  public var hasProductPath = true
  public var magnitudeSegments = 1
  public var clipStages = 0
}
