import FixedPoint

/// How far one step of the integer model may lie from exact arithmetic that starts from the same
/// words, proved from the widths for all words inside given ranges.
///
/// Let x~ be what the words say, x what exact arithmetic gives, e(x) a bound of |x~ - x|; everything
/// of the previous step is the same words on both sides, so its e is 0. u(f) is the unit of format
/// f, |..| the largest magnitude inside the ranges. Every rounding is to nearest, so it costs half a
/// unit where it drops bits:
///
///     e(input)   = u(input)/2, or up to u(input) at the end of a range that is no word;
///                  0 where inputs are the same words, too
///     e(sum)     = sum of |w~ - w| |y~| + |w| e(y)           weights and their words are known
///     e(operand) = e(sum) + u(operand)/2 + u(operand)/2      alignment, constant
///     e(addend)  = |g~| e(operand) + |operand| e(g)          behind gater g; |operand| <= |~| + e
///     e(s)       = sum of e(addend) + u(wide)/2              exact if nothing is gated
///     e(stored)  = e(s) + u(state)/2
///     e(x)       = e(s) + e(argument bias) + u(argument)/2
///     e(y)       = e(x) * greatest slope + u(y)              table within one unit: logistic, tanh
///     e(y)       = e(s) + e(argument bias) + u(y)/2          identity, relu and gate products
///
/// An operand that a gater of m integer bits multiplies carries 2^m, so its unit counts 2^-m.
/// Beyond the table's range exact functions come closer to their limits than the table, by 2e-7 at
/// most. Steps in which something saturates are not covered.
public struct StepErrorBound: Sendable {
  /// By value.
  public private(set) var values: [Double]
  /// Of the new state before it is stored, by value.
  public private(set) var wideStates: [Double]
  /// Of the new state as it is stored, by value.
  public private(set) var storedStates: [Double]
  private let network: QuantisedNetwork
  private let ranges: StepRanges
  /// Weights before they were rounded, by term.
  private let weights: [Double]

  /// `roundsInputs` tells whether inputs are real numbers that were rounded to words, or words.
  public init(_ network: QuantisedNetwork, _ ranges: StepRanges, roundsInputs: Bool) {
    self.network = network
    self.ranges = ranges
    weights = network.exactWeights
    values = [Double](repeating: 0, count: network.valueFormats.count)
    wideStates = values
    storedStates = values
    if roundsInputs {
      for (input, range) in zip(network.inputs, network.inputRanges) {
        let format = network.valueFormats[input]
        values[input] = max(format.unit / 2, range.upperBound - format.maxValue)
      }
    }
    for cell in network.cells { bound(cell) }
  }

  /// The largest bound of any output.
  public var largestOutput: Double { network.outputs.reduce(0) { max($0, values[$1]) } }

  private mutating func bound(_ cell: QuantisedNetwork.Cell) {
    let plan = network.plan
    let isGated = network.addends[cell.addends].contains { $0.gater != nil }
    var wide = isGated ? plan.wideState.unit / 2 : 0
    for addend in network.addends[cell.addends] {
      let operand = operand(addend, cell.stateSlot)
      let gain = addend.gater.map { ranges[$0].magnitude } ?? 1
      wide += gain * operand.error
      wide += (operand.magnitude + operand.error) * error(addend.gater)
    }
    wideStates[cell.value] = wide
    storedStates[cell.value] = wide + plan.formats.state.unit / 2
    let argument = wide + (cell.argumentBias.map { operand($0, nil).error } ?? 0)
    let unit = network.valueFormats[cell.value].unit
    values[cell.value] =
      switch cell.output {
      case .logistic: (argument + plan.table.argument.unit / 2) / 4 + unit + 2e-7
      case .tanh: argument + plan.table.argument.unit / 2 + unit + 2e-7
      case .linear: argument + unit / 2
      }
  }

  private func operand(
    _ addend: QuantisedNetwork.Addend, _ slot: Int?
  ) -> (magnitude: Double, error: Double) {
    let gateBits = addend.gater.map { network.valueFormats[$0.value].integerBits } ?? 0
    let unit = network.plan.operand.unit * power(-gateBits)
    let constant = abs(Double(addend.constant) * unit)
    let rounding = (addend.shift > 0 ? unit / 2 : 0) + (constant > 0 ? unit / 2 : 0)
    switch addend.input {
    case .nothing: return (constant, max(rounding, unit / 2))
    case .state: return (constant + (slot.map { ranges.states[$0].magnitude } ?? 0), rounding)
    case .value(let operand):
      return (constant + ranges[operand].magnitude, rounding + error(operand))
    case .sum(let index):
      let sum = network.sums[index]
      var low = 0.0
      var high = 0.0
      var error = rounding
      for (term, exact) in zip(network.terms[sum.terms], weights[sum.terms]) {
        let weightUnit = power(
          -sum.weightExponent - network.valueFormats[term.source.value].integerBits)
        let weight = Double(term.weight) * weightUnit
        let range = ranges[term.source]
        low += min(weight * range.lowerBound, weight * range.upperBound)
        high += max(weight * range.lowerBound, weight * range.upperBound)
        error += abs(weight - exact) * range.magnitude
        error += abs(exact) * self.error(term.source)
      }
      return (constant + max(abs(low), abs(high)), error)
    }
  }

  /// A constant that was made a word stays half a unit away in every step.
  private func error(_ operand: Operand?) -> Double {
    guard let operand else { return 0 }
    if network.constant(operand.value) != nil {
      return network.valueFormats[operand.value].unit
    }
    return operand.age == .current ? values[operand.value] : 0
  }

  private func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}

extension QuantisedNetwork {
  /// What a value is in every step; nil if it changes, and for gate products.
  func constant(_ value: ValueID) -> Double? {
    value < self.network.nodeCount ? factored.levelled.constants[value] : nil
  }
}

extension QuantisedNetwork {
  /// What every term's weight was before it was rounded: sums keep their order, and those that are no
  /// more than a value have no terms.
  fileprivate var exactWeights: [Double] {
    let weights = factored.cells.flatMap { cell in
      cell.sums.flatMap { sum in
        let members = factored.terms[factored.sums[sum].terms]
        return members.count == 1 && members.first?.weight == 1 ? [] : members.map(\.weight)
      }
    }
    precondition(weights.count == terms.count, "a term for each weight")
    return weights
  }
}

extension ClosedRange<Double> {
  /// The largest magnitude inside.
  var magnitude: Double { Swift.max(abs(lowerBound), abs(upperBound)) }
}
