import Lowering

/// The figures of a design; their names are those of the command line's JSON.
public struct DesignReport: Hashable, Codable, Sendable {
  /// The lower bound of the period, and what sets it.
  public struct Bound: Hashable, Codable, Sendable {
    public let cycles: Int
    public let term: String
  }

  public let nodes: Int
  public let connections: Int
  public let inputs: Int
  public let outputs: Int
  public let macsPerStep: Int
  public let gateProducts: Int
  public let levels: Int
  public let lanes: Int
  public let lanesPerStream: Int
  public let nodeUnits: Int
  public let bound: Bound
  public let cyclesPerStep: Int
  public let computeLatencyCycles: Int
  public let latencyCycles: Int
  public let utilization: Double
  public let formats: FormatReport

  public init(_ design: HardwareDesign) {
    let network = design.network
    let graph = network.network
    nodes = graph.nodeCount
    connections = graph.connections.count
    inputs = graph.inputCount
    outputs = graph.outputCount
    macsPerStep = network.macsPerStep
    gateProducts = network.factored.gateProducts
    levels = network.levels
    lanes = design.schedule.lanes
    lanesPerStream = design.schedule.lanesPerStream
    nodeUnits = design.schedule.units
    bound = Bound(
      cycles: design.schedule.bound.value, term: design.schedule.bound.term.rawValue)
    cyclesPerStep = design.schedule.period
    computeLatencyCycles = design.computeLatency
    latencyCycles = design.latency
    utilization = design.utilization
    formats = FormatReport(design)
  }
}
