/// Proves a schedule, independently of how it was found, by running its program symbolically.
///
/// Four steps in a row (reset, two ordinary ones, reset) are played cycle by cycle, overlapping as
/// the program says, with the latencies of the pipeline profile. Memories hold tags (which value, of which step) instead of
/// numbers, sums are fingerprints of the tagged terms they contain. Every operation must find
/// exactly the tags and terms that the network asks for, no two captured sums or results may meet,
/// and no address may be read in the cycle in which it is written.
public struct ScheduleChecker {
  /// What a schedule does wrong.
  public struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    public let cycle: Int
    public let description: String
  }

  /// Which step's value a memory word holds.
  struct Tag: Hashable {
    /// Of a reset: what the initial image holds.
    static let initialStep = -1

    var value: Int
    var step: Int
  }

  /// Which of the played steps follow a reset.
  static let freshSteps = [true, false, false, true]

  let network: QuantisedNetwork
  let schedule: Schedule
  let map: MemoryMap

  public init(_ network: QuantisedNetwork, _ schedule: Schedule) {
    self.network = network
    self.schedule = schedule
    map = MemoryMap(network)
  }

  /// Throws the first violation; the schedule is right when nothing is thrown.
  public func check() throws(Violation) {
    var machine = SymbolicMachine(self)
    let periods = Self.freshSteps.count + schedule.stages
    let cycles = periods * schedule.period + schedule.profile.result(.longTable) + 2
    for cycle in 0..<cycles {
      try machine.readPhase(cycle)
      try machine.writePhase(cycle)
    }
    try machine.finish()
  }

  /// The tag that an operand of a step must find.
  func expectedTag(_ operand: Operand, in step: Int) -> Tag {
    if operand.age == .current { return Tag(value: operand.value, step: step) }
    let previous = Self.freshSteps[step] ? Tag.initialStep : step - 1
    return Tag(value: operand.value, step: previous)
  }

  /// Fingerprint of one weighted term; sums of them identify multisets of terms.
  static func fingerprint(_ weight: Int32, _ tag: Tag) -> UInt64 {
    var hash = UInt64(bitPattern: Int64(tag.value)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= UInt64(bitPattern: Int64(tag.step)) &* 0xC2B2_AE3D_27D4_EB4F
    hash ^= UInt64(bitPattern: Int64(weight)) &* 0x1656_67B1_9E37_79F9
    hash = (hash ^ hash >> 31) &* 0xBF58_476D_1CE4_E5B9
    return (hash ^ hash >> 29) &* 0x94D0_49BB_1331_11EB
  }

  /// Fingerprint that a whole sum of a step must have.
  func expectedSum(_ sum: Int, in step: Int) -> UInt64 {
    var total: UInt64 = 0
    for term in network.terms[network.sums[sum].terms] {
      total &+= Self.fingerprint(term.weight, expectedTag(term.source, in: step))
    }
    return total
  }
}
