import Lowering

/// The numbers of a design that its size depends on, by name: the parameters of `lstmg_core`, and
/// what they do not say.
struct DesignMeasures {
  private let values: [String: Int]

  init(_ design: HardwareDesign, _ plan: ResourcePlan) {
    var values = Dictionary(
      uniqueKeysWithValues: design.parameters.map { ($0.name, $0.value) })
    values["TABLE_BITS"] = plan.tableBits
    values["STREAMS"] = design.schedule.streams
    values["HAS_OPERATIONS"] = design.layout.operationDepth > 0 ? 1 : 0
    self.values = values
  }

  subscript(_ name: String) -> Int {
    guard let value = values[name] else {
      preconditionFailure("a fitted model wants \(name), which designs do not have any more")
    }
    return value
  }
}

/// A sum of products of measures with fitted factors.
struct FittedSum: Sendable {
  struct Term: Sendable {
    let factor: Double
    let measures: [String]

    init(_ factor: Double, _ measures: String...) {
      self.factor = factor
      self.measures = measures
    }
  }

  let terms: [Term]

  init(_ terms: Term...) { self.terms = terms }

  func value(of design: DesignMeasures) -> Int {
    let sum = terms.reduce(0.0) { sum, term in
      sum + term.measures.reduce(term.factor) { $0 * Double(design[$1]) }
    }
    return Int(max(0, sum).rounded())
  }
}

/// Clock rates measured at some numbers of lanes.
struct ClockCurve: Sendable {
  struct Point: Sendable {
    let lanes: Int
    let megahertz: Double

    init(_ lanes: Int, _ megahertz: Double) {
      self.lanes = lanes
      self.megahertz = megahertz
    }
  }

  /// By ascending lanes.
  let points: [Point]

  init(_ points: Point...) { self.points = points }

  private init(_ points: [Point]) { self.points = points }

  /// In between a straight line, beyond the ends what was measured there.
  func megahertz(lanes: Int) -> Double {
    guard let first = points.first, let last = points.last else {
      preconditionFailure("a curve has points")
    }
    if lanes <= first.lanes { return first.megahertz }
    for (low, high) in zip(points, points.dropFirst()) where lanes <= high.lanes {
      let part = Double(lanes - low.lanes) / Double(high.lanes - low.lanes)
      return low.megahertz + part * (high.megahertz - low.megahertz)
    }
    return last.megahertz
  }

  /// Lower rates: a part of these, and none beyond a limit.
  func limited(toPart part: Double, atMost limit: Double) -> ClockCurve {
    ClockCurve(points.map { Point($0.lanes, min(part * $0.megahertz, limit)) })
  }
}

/// Size and clock rate of designs for one family and profile.
struct FittedModel: Sendable {
  let family: TargetFamily
  let profile: ProfileName
  let luts: FittedSum
  let flipFlops: FittedSum
  let clock: ClockCurve
}

extension FittedModel {
  /// What has been measured, for a core alone or with the link of a board beside it.
  static func measured(for options: CompilerOptions) -> [FittedModel] {
    options.board == nil ? measured : measured.map(\.besideLink)
  }
}

extension [FittedModel] {
  /// The model of a family and profile; nil where nothing has been measured.
  func model(of family: TargetFamily, _ profile: ProfileName) -> FittedModel? {
    first { $0.family == family && $0.profile == profile }
  }
}
