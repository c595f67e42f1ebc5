import Diagnostics

/// What a search for precision found.
public struct PrecisionResult: Sendable {
  /// By ascending error: points that no other one beats in error and stored bits, and the narrowest
  /// ones that keep the goal, all with a prediction of their hardware.
  public private(set) var points: [PrecisionPoint]
  /// Of how many measured points they are.
  public let measuredCount: Int
  private let search: PrecisionSearch

  init(
    search: PrecisionSearch, front: [PrecisionPoint], candidates: [PrecisionPoint],
    measuredCount: Int
  ) {
    self.search = search
    self.measuredCount = measuredCount
    let narrow = Set(candidates.map(\.widths))
    points = (candidates + front.filter { !narrow.contains($0.widths) }).sorted(by: Self.precedes)
    let schedules = ScheduleCache()
    for index in points.indices {
      points[index].isNarrow = narrow.contains(points[index].widths)
      search.progress(
        "predicting hardware, \(index + 1) of \(points.count)")
      predict(&points[index], schedules)
    }
    // Narrower is not always cheaper: all that keep the goal may be chosen.
    let best = points.indices.filter { points[$0].meetsGoal }
      .min { Self.costs(points[$0], less: points[$1]) }
    if let best { points[best].isChosen = true }
  }

  /// The cheapest point that keeps the goal; nil without a goal.
  public var chosen: PrecisionPoint? { points.first { $0.isChosen } }

  /// Options with the widths of the chosen point, and the calibration by the data.
  public var options: CompilerOptions? { chosen.map { search.options($0.widths) } }

  private func predict(_ point: inout PrecisionPoint, _ schedules: ScheduleCache) {
    let options = search.options(point.widths)
    var pipeline = Pipeline(options)
    pipeline.schedules = schedules
    guard let (design, choice) = try? pipeline.design(search.network) else { return }
    point.lanes = choice.schedule.lanes
    point.prediction = Prediction(
      design, target: options.target,
      model: FittedModel.measured(for: options).model(of: options.target, choice.profile))
  }

  private static func precedes(_ a: PrecisionPoint, _ b: PrecisionPoint) -> Bool {
    (a.largestError, a.storedBits, a.widths.weights, a.widths.states)
      < (b.largestError, b.storedBits, b.widths.weights, b.widths.states)
  }

  /// The least time of a step, then the least hardware, then the fewest bits.
  private static func costs(_ a: PrecisionPoint, less b: PrecisionPoint) -> Bool {
    func cost(_ point: PrecisionPoint) -> [Double] {
      let hardware = point.prediction
      return [
        hardware?.periodMicroseconds ?? 0, Double(hardware?.multipliers ?? 0),
        Double(hardware?.memoryBlocks ?? 0), Double(hardware?.luts ?? 0),
        Double(point.storedBits), Double(point.widths.weights),
      ]
    }
    return cost(a).lexicographicallyPrecedes(cost(b))
  }
}
