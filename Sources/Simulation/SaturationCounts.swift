/// How often a word left its format and was held at the limit.
public struct SaturationCounts: Hashable, Sendable {
  /// A node's new state.
  public var state = 0
  /// The argument of logistic or tanh beyond (-16, 16); harmless, the function is flat there.
  public var argument = 0
  /// Identity and relu outputs, and gate products.
  public var linear = 0
  /// Data outside the declared range of its input, whether or not its format still holds it.
  public var input = 0

  public init() {}

  public static func + (a: Self, b: Self) -> Self { a.combined(with: b, by: +) }

  public static func - (a: Self, b: Self) -> Self { a.combined(with: b, by: -) }

  private func combined(with other: Self, by operation: (Int, Int) -> Int) -> Self {
    var result = self
    result.state = operation(state, other.state)
    result.argument = operation(argument, other.argument)
    result.linear = operation(linear, other.linear)
    result.input = operation(input, other.input)
    return result
  }

  public var total: Int { state + argument + linear + input }
}
