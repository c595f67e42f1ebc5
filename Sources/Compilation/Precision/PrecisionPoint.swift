import FixedPoint
import Lowering

/// What results have to keep.
public enum PrecisionGoal: Hashable, Sendable {
  /// No output lies further than this from the float reference.
  case error(Double)
  /// So many per cent points fewer of the judged steps are right than with the float reference.
  case accuracyLoss(Double)
}

/// A choice of widths and what became of it on the data.
public struct PrecisionPoint: Hashable, Codable, Sendable {
  public let widths: Widths
  public let stateFormat: String
  /// Against the float reference, over all steps of the data: errors of earlier steps included.
  public let largestError: Double
  public let rmsError: Double
  /// Part of the judged steps that is right; nil without labels.
  public let accuracy: Double?
  /// Saturated states and linear outputs.
  public let saturations: Int
  /// Proved: no output of one step lies further from exact arithmetic that begins with the same state,
  /// see `StepErrorBound`.
  public let stepBound: Double
  /// The largest error over `stepBound`: what the steps before add, and how far the bound is from what
  /// happens.
  public let ratio: Double
  /// Width of a lane's and of a node unit's accumulator, which no input can overflow.
  public let laneSumBits: Int
  public let nodeSumBits: Int
  /// Bits that a copy of all weights, values and states takes.
  public let storedBits: Int
  public let meetsGoal: Bool
  /// What hardware of these widths takes; nil where nobody asked.
  public internal(set) var prediction: Prediction?
  public internal(set) var lanes: Int?
  /// Whether it is one of the narrowest that keep the goal.
  public internal(set) var isNarrow = false
  public internal(set) var isChosen = false

  /// Whether another point is as good in every respect and better in one.
  func isBeaten(by other: PrecisionPoint) -> Bool {
    other.largestError <= largestError && other.storedBits <= storedBits
      && (other.accuracy ?? 0) >= (accuracy ?? 0)
      && (other.largestError, other.storedBits) != (largestError, storedBits)
  }
}
