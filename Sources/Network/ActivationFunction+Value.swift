import Foundation

extension ActivationFunction {
  /// f(s) in double arithmetic. The logistic function reaches exactly 0 and 1 far out.
  public func value(at state: Double) -> Double {
    switch self {
    case .logistic: 1 / (1 + exp(-state))
    case .tanh: Foundation.tanh(state)
    case .identity: state
    case .relu: max(0, state)
    }
  }
}
