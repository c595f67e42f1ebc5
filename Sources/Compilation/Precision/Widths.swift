import FixedPoint

/// The widths that decide about precision and about memory, in bits.
public struct Widths: Hashable, Codable, Sendable {
  public let weights: Int
  public let activations: Int
  public let states: Int

  public init(weights: Int, activations: Int, states: Int) {
    self.weights = weights
    self.activations = activations
    self.states = states
  }
}

/// The widths that a search may choose from; a width that the user gave is the only one of its kind.
struct WidthRanges {
  let weights: ClosedRange<Int>
  let activations: ClosedRange<Int>
  let states: ClosedRange<Int>

  init(_ options: CompilerOptions) {
    weights = options.weightBits.map { $0...$0 } ?? NumberFormats.operandWidths
    activations = options.activationBits.map { $0...$0 } ?? NumberFormats.operandWidths
    let narrowest = options.stateIntegerBits.map {
      max($0 + 2, NumberFormats.stateWidths.lowerBound)
    }
    states =
      options.stateBits.map { $0...$0 }
      ?? (narrowest ?? NumberFormats.stateWidths.lowerBound)...NumberFormats.stateWidths.upperBound
  }

  var widest: Widths {
    Widths(
      weights: weights.upperBound, activations: activations.upperBound,
      states: states.upperBound)
  }

  /// One width for weights and activations, and a state of twice that width.
  var balanced: [Widths] {
    var result: [Widths] = []
    for width in NumberFormats.operandWidths {
      let widths = Widths(
        weights: width.held(in: weights), activations: width.held(in: activations),
        states: (2 * width).held(in: states))
      if widths != result.last { result.append(widths) }
    }
    return result
  }
}

extension Int {
  fileprivate func held(in range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
