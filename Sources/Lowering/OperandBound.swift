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
    var largest: Int128 = 1
    for addend in addends {
      for end in ends(of: addend, sums, terms) {
        let word = rounded(end, by: addend.shift) + Int128(addend.constant)
        // A negative word takes as many bits as the one that is its complement.
        largest = max(largest, word < 0 ? ~word : word)
      }
    }
    return Int128.bitWidth - largest.leadingZeroBitCount - plan.operand.fractionBits
  }

  /// The magnitude that no node's sum of gated addends exceeds, whatever gains arrive.
  func nodeSum(of network: QuantisedNetwork) -> Int128 {
    let sums = network.cells.map { cell in
      network.addends[cell.addends].reduce(Int128(0)) { sum, addend in
        let words = ends(of: addend, network.sums, network.terms).map {
          abs(rounded($0, by: addend.shift) + Int128(addend.constant))
        }
        return sum + (words.max() ?? 0)
      }
    }
    return (sums.max() ?? 0) << (plan.activationBits - 1)
  }

  /// The smallest and the largest word of an aligned addend.
  private func ends(
    of addend: QuantisedNetwork.Addend, _ sums: [QuantisedNetwork.Sum],
    _ terms: [QuantisedNetwork.Term]
  ) -> [Int128] {
    let word = Int128(1) << (plan.activationBits - 1)
    switch addend.input {
    case .nothing: return [0]
    case .state:
      let state = Int128(1) << (plan.formats.state.width - 1)
      return [-state << plan.stateLeftShift, (state - 1) << plan.stateLeftShift]
    case .value: return [-word << plan.valueLeftShift, (word - 1) << plan.valueLeftShift]
    case .sum(let sum):
      var (low, high) = (Int128(0), Int128(0))
      for term in terms[sums[sum].terms] {
        let products = [-word * Int128(term.weight), (word - 1) * Int128(term.weight)]
        low += min(products[0], products[1])
        high += max(products[0], products[1])
      }
      return [low << plan.sumLeftShift, high << plan.sumLeftShift]
    }
  }

  /// As `SaturatingArithmetic.roundedShift`, for words of any width.
  private func rounded(_ word: Int128, by shift: Int) -> Int128 {
    shift == 0 ? word : (word + Int128(1) << (shift - 1)) >> shift
  }
}
