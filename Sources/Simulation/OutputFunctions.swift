import FixedPoint

/// From the wide state behind its argument bias to a value word.
protocol OutputFunction {
  /// Whether a saturation of the rounded word is one of the argument, and not of a linear output.
  static var hasArgument: Bool { get }
  /// Largest word that is not saturated.
  var top: Int64 { get }
  /// The word of a rounded and limited one.
  func word(_ limited: Int64) -> Int64
  /// In front of the rounding.
  func rectified(_ wide: Int64) -> Int64
}

extension OutputFunction {
  @inline(__always)
  func rectified(_ wide: Int64) -> Int64 { wide }
}

struct LogisticFunction: OutputFunction {
  static let hasArgument = true
  let top: Int64
  let table: TableEvaluator

  @inline(__always)
  func word(_ limited: Int64) -> Int64 { table.logistic(limited) }
}

struct TanhFunction: OutputFunction {
  static let hasArgument = true
  let top: Int64
  let table: TableEvaluator

  @inline(__always)
  func word(_ limited: Int64) -> Int64 { table.tanh(limited) }
}

struct IdentityFunction: OutputFunction {
  static let hasArgument = false
  let top: Int64

  @inline(__always)
  func word(_ limited: Int64) -> Int64 { limited }
}

struct RectifierFunction: OutputFunction {
  static let hasArgument = false
  let top: Int64

  @inline(__always)
  func word(_ limited: Int64) -> Int64 { limited }

  @inline(__always)
  func rectified(_ wide: Int64) -> Int64 { max(0, wide) }
}
