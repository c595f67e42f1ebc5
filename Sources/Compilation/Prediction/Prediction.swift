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

  /// What the flash loader takes: the difference of `synth_ice40` for a core with four lanes whose weights
  /// lie in block memories or are loaded.
  private static let loader = (luts: 199, flipFlops: 149)

  /// Without a model only what follows from widths and depths alone is told.
  init(_ design: HardwareDesign, target: TargetFamily, model: FittedModel?) {
    let plan = ResourcePlan(design, target: target)
    let measures = DesignMeasures(design, plan)
    let loader = design.loadsWeights ? Self.loader : (luts: 0, flipFlops: 0)
    luts = model.map { $0.luts.value(of: measures) + loader.luts }
    flipFlops = model.map { $0.flipFlops.value(of: measures) + loader.flipFlops }
    multipliers = plan.multipliers
    memoryBlocks = plan.memoryBlocks
    clockMHz = model.map { $0.clock.megahertz(lanes: design.schedule.lanes) }
    periodMicroseconds = clockMHz.map { Double(design.schedule.period) / $0 }
    latencyMicroseconds = clockMHz.map { Double(design.latency) / $0 }
  }
}
