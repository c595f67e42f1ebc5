import Diagnostics
import Lowering
import Network
import Verification

/// Measures widths, and finds the narrowest ones that keep a goal.
///
/// Errors hardly ever grow with width, so the search walks along the border of what keeps the goal:
/// for each width of weights the narrowest activations, then for each such pair the narrowest state.
/// Every point that it yields has been measured itself.
public struct PrecisionSearch: Sendable {
  let network: Network
  let options: CompilerOptions
  let data: PrecisionData
  let goal: PrecisionGoal?
  /// Told what is being done, for people who wait.
  var progress: @Sendable (String) -> Void
  private let ranges: WidthRanges
  private var allowedSaturations = Int.max
  /// Nil for widths that cannot express the network.
  private var measured: [Widths: PrecisionPoint?] = [:]

  /// Options give the target, and widths that are not to be chosen.
  public init(
    _ network: Network, options: CompilerOptions, data: PrecisionData, goal: PrecisionGoal?,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    var options = options
    if let calibration = data.calibration { options.calibration = calibration }
    self.network = network
    self.options = options
    self.data = data
    self.goal = goal
    self.progress = progress
    ranges = WidthRanges(options)
  }

  /// Options with the widths of a point.
  func options(_ widths: Widths) -> CompilerOptions {
    var options = options
    options.weightBits = widths.weights
    options.activationBits = widths.activations
    options.stateBits = widths.states
    return options
  }

  /// Everything worth telling: what no other point beats, and the narrowest that keep the goal.
  public mutating func run() throws -> PrecisionResult {
    // The widest tells whether there is anything to find, and why a network cannot be expressed.
    let widest = try measure(ranges.widest)
    // A narrower choice may not lose more states to saturation: no error that is measured or proved
    // says what that does to other data.
    allowedSaturations = widest.saturations
    measured[ranges.widest] = .some(widest)
    for widths in ranges.balanced { _ = try point(widths) }
    guard goal != nil else { return result(candidates: []) }
    guard widest.meetsGoal else { throw DiagnosticList([.goalOutOfReach(self, widest)]) }
    let candidates = try border().map { try narrowestState($0) }
    return result(candidates: candidates)
  }

  private func result(candidates: [PrecisionPoint]) -> PrecisionResult {
    let all = measured.values.compactMap { $0 }
    let front = all.filter { point in !all.contains { point.isBeaten(by: $0) } }
    return PrecisionResult(
      search: self, front: front, candidates: candidates, measuredCount: all.count)
  }

  /// Pairs of weights and activations that keep the goal beside the widest state, none of them wider
  /// than another one in both.
  private mutating func border() throws -> [Widths] {
    var result: [Widths] = []
    var activations = ranges.activations.upperBound
    for weights in ranges.weights {
      func widths(_ activations: Int) -> Widths {
        Widths(weights: weights, activations: activations, states: ranges.states.upperBound)
      }
      guard try keepsGoal(widths(activations)) else { continue }
      var narrowest = activations
      while ranges.activations.contains(narrowest - 1), try keepsGoal(widths(narrowest - 1)) {
        narrowest -= 1
      }
      if result.isEmpty || narrowest < activations { result.append(widths(narrowest)) }
      activations = narrowest
    }
    return result
  }

  private mutating func narrowestState(_ widths: Widths) throws -> PrecisionPoint {
    func narrowed(_ states: Int) -> Widths {
      Widths(weights: widths.weights, activations: widths.activations, states: states)
    }
    // Bisection: `good` keeps the goal, everything at `bad` and below is taken not to.
    var good = widths.states
    var bad = ranges.states.lowerBound - 1
    while good - bad > 1 {
      let middle = (good + bad) / 2
      if try keepsGoal(narrowed(middle)) { good = middle } else { bad = middle }
    }
    guard let point = try point(narrowed(good)) else {
      preconditionFailure("what keeps the goal has been measured")
    }
    return point
  }

  private mutating func keepsGoal(_ widths: Widths) throws -> Bool {
    try point(widths)?.meetsGoal ?? false
  }

  private mutating func point(_ widths: Widths) throws -> PrecisionPoint? {
    if let known = measured[widths] { return known }
    let point: PrecisionPoint?
    do throws(any Error) {
      point = try measure(widths)
    } catch is DiagnosticList {
      point = nil
    }
    measured[widths] = .some(point)
    return point
  }

  private func measure(_ widths: Widths) throws -> PrecisionPoint {
    progress(
      "\(measured.count) measured; weights \(widths.weights), activations \(widths.activations),"
        + " states \(widths.states) bits")
    let quantised = try Pipeline(options(widths)).quantised(network)
    let run = try ModelRun(quantised, WordSequences(data.data, for: quantised))
    let outputs = OutputValues(quantised).data(run.outputs)
    let error = ErrorMeasure(outputs, against: data.outputs)
    let accuracy = data.labels.flatMap {
      Judgement(outputs, labels: $0, judge: data.judge).accuracy
    }
    let bound = StepErrorBound(
      quantised, StepRanges(quantised, stateMagnitudes: data.stateMagnitudes),
      roundsInputs: true)
    let saturations = run.saturations.state + run.saturations.linear
    return PrecisionPoint(
      widths: widths, stateFormat: "\(quantised.plan.formats.state)",
      largestError: error.largest, rmsError: error.rootMeanSquare, accuracy: accuracy,
      saturations: saturations, stepBound: bound.largestOutput,
      ratio: error.largest / bound.largestOutput, laneSumBits: quantised.plan.laneAccumulatorBits,
      nodeSumBits: quantised.plan.nodeAccumulatorBits,
      storedBits: quantised.terms.count * widths.weights
        + quantised.valueFormats.count * widths.activations
        + quantised.initialStates.count * widths.states,
      meetsGoal: saturations <= allowedSaturations && isKept(error.largest, accuracy))
  }

  private func isKept(_ error: Double, _ accuracy: Double?) -> Bool {
    switch goal {
    case .error(let limit)?: error <= limit
    case .accuracyLoss(let limit)?:
      // Parts of the same whole, so that no rounding may decide.
      ((data.accuracy ?? 0) - (accuracy ?? 0)) * 100 <= limit + 1e-9
    case nil: false
    }
  }
}

extension Diagnostic {
  fileprivate static func goalOutOfReach(
    _ search: PrecisionSearch, _ widest: PrecisionPoint
  ) -> Diagnostic {
    let widths = widest.widths
    let reached =
      switch search.goal {
      case .accuracyLoss?:
        "\((widest.accuracy ?? 0) * 100) % are right, with floating point"
          + " \((search.data.accuracy ?? 0) * 100) %"
      default: "the largest error is \(widest.largestError)"
      }
    return Diagnostic(
      id: "goal-out-of-reach",
      "the goal is not met by weights of \(widths.weights) bits, activations of"
        + " \(widths.activations) and states of \(widths.states), the widest that may be chosen:"
        + " \(reached)",
      hint: widest.saturations > 0
        ? "\(widest.saturations) states and linear outputs saturate: give data that shows their"
          + " ranges, or more integer bits with --state-integer-bits" : "allow more",
      exitCode: .checkFailed)
  }
}
