import FixedPoint

/// Proves how many integer bits hold every addend of the node unit, whatever words arrive: each
/// source word is bounded by its width alone, each weight is known.
struct OperandBound {
  private let plan: FormatPlan

  init(_ plan: FormatPlan) { self.plan = plan }

  func integerBits(
    _ addends: [QuantisedNetwork.Addend], _ sums: [QuantisedNetwork.Sum],
    _ terms: [QuantisedNetwork.Term]
  ) -> Int {
    var largest: UInt64 = 1
    for addend in addends {
      largest = max(largest, magnitude(of: addend, sums, terms) + addend.constant.magnitude)
    }
    let width = SaturatingArithmetic.signedWidth(ofMagnitude: largest)
    return width - 1 - plan.operand.fractionBits
  }

  private func magnitude(
    of addend: QuantisedNetwork.Addend, _ sums: [QuantisedNetwork.Sum],
    _ terms: [QuantisedNetwork.Term]
  ) -> UInt64 {
    let word = UInt64(1) << UInt64(plan.activationBits - 1)
    let aligned: UInt64
    switch addend.input {
    case .nothing: return 0
    case .state:
      aligned = 1 << UInt64(plan.formats.state.width - 1 + plan.stateLeftShift)
    case .value: aligned = word << UInt64(plan.valueLeftShift)
    case .sum(let sum):
      let weights = terms[sums[sum].terms].reduce(UInt64(0)) { $0 + UInt64($1.weight.magnitude) }
      aligned = (weights * word) << UInt64(plan.sumLeftShift)
    }
    // One unit covers the rounding.
    return aligned >> UInt64(addend.shift) + 1
  }
}
