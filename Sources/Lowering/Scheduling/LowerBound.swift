/// No schedule of this network on these resources repeats faster than this.
public struct LowerBound: Hashable, Sendable {
  /// What limits the period.
  public enum Term: String, Sendable {
    case macLanes = "MAC lanes"
    case nodeUnits = "node units"
    case writeBack = "write-back bus"
    case inputBeats = "input beats"
    case outputBeats = "output beats"
    case recurrence = "recurrence"
  }

  /// Cycles by term; every term is a bound of its own.
  public let cycles: [Term: Int]

  /// The largest of them.
  public var value: Int { cycles.values.max() ?? 1 }
  /// The term that gives the largest one; ties go to the first in the order of declaration.
  public var term: Term {
    let order: [Term] = [
      .macLanes, .nodeUnits, .writeBack, .inputBeats, .outputBeats, .recurrence,
    ]
    return order.first { cycles[$0] == value } ?? .macLanes
  }

  init(
    _ network: QuantisedNetwork, _ map: MemoryMap, lanes: Int, units: Int,
    profile: PipelineProfile, recurrence: Int
  ) {
    let operations =
      network.addends.count + network.cells.count { $0.argumentBias != nil }
    let readByLanes = Set(network.terms.lazy.map(\.source.value))
    let results = network.cells.count {
      readByLanes.contains($0.value) || map.outputIndices[$0.value] != nil
    }
    let inputs = network.inputs.count
    cycles = [
      .macLanes: (network.terms.count + lanes - 1) / lanes,
      .nodeUnits: (operations + units - 1) / units,
      .writeBack: results + inputs,
      // The port holds one frame ahead: it fills, then waits two cycles for the bus and the start.
      .inputBeats: inputs == 0 ? 2 : inputs + 2,
      .outputBeats: network.outputs.count,
      .recurrence: recurrence,
    ]
  }
}
