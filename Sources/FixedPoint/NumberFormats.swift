/// The widths a user chooses; everything else about numbers follows from them and the network.
public struct NumberFormats: Hashable, Sendable {
  /// Legal widths of weights and activations, in bits.
  public static let operandWidths = 4...18
  /// Legal widths of the state, in bits.
  public static let stateWidths = 8...32

  /// Width of a weight word, sign included.
  public var weightBits: Int
  /// Width of an activation word, sign included; a logistic or tanh output is Q0.(activationBits-1).
  public var activationBits: Int
  /// Format of a node's state between steps.
  public var state: QFormat

  public init(weightBits: Int = 16, activationBits: Int = 16, state: QFormat? = nil) {
    self.weightBits = weightBits
    self.activationBits = activationBits
    self.state = state ?? Self.defaultState(width: 32)
  }

  /// Q10.21 for 32 bits, which holds every state met in trained networks (301 is the largest
  /// known); narrower states give up range before precision: one integer bit for two of width.
  public static func defaultState(width: Int) -> QFormat {
    QFormat(integerBits: max(3, 10 - max(0, (25 - width) / 3)), width: width)
  }
}
