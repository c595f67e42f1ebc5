import Lowering

/// What place and route is expected to report of a design, and the times that follow from it.
public struct Prediction: Hashable, Codable, Sendable {
  /// Places for lookup tables, those that carries and small memories take included; nil where
  /// nothing has been measured.
  public let luts: Int?
  public let flipFlops: Int?
  public let multipliers: Int
  public let memoryBlocks: Int
  public let clockMHz: Double?
  /// From one step to the next.
  public let periodMicroseconds: Double?
  /// From the first input beat to the last output beat.
  public let latencyMicroseconds: Double?

  /// Without a model only what follows from widths and depths alone is told.
  init(_ design: HardwareDesign, target: TargetFamily, model: FittedModel?) {
    let plan = ResourcePlan(design, target: target)
    let measures = DesignMeasures(design, plan)
    luts = model.map { $0.luts.value(of: measures) }
    flipFlops = model.map { $0.flipFlops.value(of: measures) }
    multipliers = plan.multipliers
    memoryBlocks = plan.memoryBlocks
    clockMHz = model.map { $0.clock.megahertz(lanes: design.schedule.lanes) }
    periodMicroseconds = clockMHz.map { Double(design.schedule.period) / $0 }
    latencyMicroseconds = clockMHz.map { Double(design.latency) / $0 }
  }
}
