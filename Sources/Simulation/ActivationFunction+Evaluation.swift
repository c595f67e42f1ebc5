import Foundation
import Network

extension ActivationFunction {
  /// f(argument) in double arithmetic.
  public func callAsFunction(_ argument: Double) -> Double {
    switch self {
    // exp overflows to infinity, and the quotient is then exactly 0.
    case .logistic: 1 / (1 + exp(-argument))
    case .tanh: Foundation.tanh(argument)
    case .identity: argument
    case .relu: argument > 0 ? argument : 0
    }
  }
}
