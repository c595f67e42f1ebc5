import Diagnostics
import Numerals

/// Where the weights of an automatic netSpec come from, in the order in which it makes connections.
public enum WeightSource: Sendable {
  /// Drawn evenly from [-0.1, 0.1) by splitmix64 with that seed.
  case seeded(UInt64)
  /// Given; the file is named if their number is wrong.
  case values([Double], file: String)

  /// Reads weights from a text: one number a line, with `#` comments and blank lines between.
  public static func reading(
    _ bytes: [UInt8], file: String
  ) throws(DiagnosticList) -> WeightSource {
    var lines = SpecLines(bytes, file: file, dialect: .seed)
    var values: [Double] = []
    while lines.advance() {
      if lines.isBlank || lines.isComment(0) { continue }
      guard lines.isComment(1) || lines.expect(.weight) else { continue }
      if let value = lines.real(0) { values.append(value) }
    }
    try lines.findings.throwErrors()
    return .values(values, file: file)
  }
}

/// Hands out the weights of an automatic netSpec one by one.
struct WeightDraws {
  private var generator: SplitMix64
  private let values: [Double]?
  private var next = 0
  private let dialect: Dialect

  init(_ source: WeightSource, dialect: Dialect) {
    self.dialect = dialect
    switch source {
    case .seeded(let seed):
      generator = SplitMix64(seed: seed)
      values = nil
    case .values(let given, _):
      generator = SplitMix64(seed: 0)
      values = given
    }
  }

  /// The next weight. The two formulas are those of the dialects' first programs and differ in
  /// their last bits.
  mutating func draw() -> Double {
    if let values {
      next += 1
      return values[next - 1]
    }
    let unit = generator.unit()
    return dialect == .seed ? unit / 5 - 0.1 : -0.1 + 0.2 * unit
  }
}

extension WeightSource {
  /// Why this source cannot give exactly that many weights; nil if it can.
  func shortcoming(drawing count: Int) -> Diagnostic? {
    guard case .values(let values, let file) = self, values.count != count else { return nil }
    return .weightCount(values.count, needed: count, at: SourceLocation(file: file))
  }
}

extension LineShape {
  fileprivate static let weight = LineShape("a line of weights", "weight")
}

extension Diagnostic {
  fileprivate static func weightCount(
    _ actual: Int, needed: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "weight-count", "the file has \(actual) weights, the automatic spec draws \(needed)",
      at: location, hint: "self-connections draw none, every other connection draws one")
  }
}
