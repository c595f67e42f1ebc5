/// A node's function f; the raw value is its index in a netSpec.
public enum ActivationFunction: Int, CaseIterable, Sendable {
  /// 1 / (1 + exp(-s)), the only function of the original netSpec.
  case logistic = 0
  /// Hyperbolic tangent (extension).
  case tanh = 1
  /// f(s) = s (extension).
  case identity = 2
  /// max(0, s) (extension).
  case relu = 3

  public var name: String {
    switch self {
    case .logistic: "logistic"
    case .tanh: "tanh"
    case .identity: "identity"
    case .relu: "relu"
    }
  }
}
