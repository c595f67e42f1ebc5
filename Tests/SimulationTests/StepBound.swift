import FixedPoint
import Lowering

/// How far one step of the integer model may lie from exact arithmetic that starts from the same
/// words, derived from the widths alone.
///
/// Let x~ be what the words say, x what exact arithmetic gives, e(x) a bound of |x~ - x|; inputs
/// and everything of the previous step are the same words on both sides, so their e is 0. u(f) is
/// the unit of format f. Every rounding is to nearest, so it costs half a unit where it drops bits:
///
///     e(sum)     = sum of u(w)/2 |y~| + |w| e(y),            |w| <= |w~| + u(w)/2
///     e(operand) = e(sum) + u(operand)/2 + u(operand)/2      alignment, constant
///     e(addend)  = |g~| e(operand) + |operand| e(g)          behind gater g; |operand| <= |~| + e
///     e(s)       = sum of e(addend) + u(wide)/2              exact if nothing is gated
///     e(stored)  = e(s) + u(state)/2
///     e(x)       = e(s) + e(argument bias) + u(argument)/2
///     e(y)       = e(x) * greatest slope + u(y)           table within one unit: logistic, tanh
///     e(y)       = e(s) + e(argument bias) + u(y)/2          identity, relu and gate products
///
/// An operand that a gater of m integer bits multiplies carries 2^m, so its unit counts 2^-m.
/// Beyond the table's range exact functions come closer to their limits than the table, by 2e-7 at
/// most.
struct StepBound {
  /// By value.
  private(set) var values: [Double]
  /// Of the new state before and after storage, by value.
  private(set) var wideStates: [Double]
  private(set) var storedStates: [Double]
  private let network: QuantisedNetwork
  private let current: [Double]
  private let previous: [Double]
  private let states: [Double]

  /// What the words said in the previous step and in this one; `states` by state slot, before it.
  init(
    _ network: QuantisedNetwork, current: [Double], previous: [Double], states: [Double]
  ) {
    self.network = network
    self.current = current
    self.previous = previous
    self.states = states
    values = [Double](repeating: 0, count: current.count)
    wideStates = values
    storedStates = values
    for cell in network.cells { bound(cell) }
  }

  private mutating func bound(_ cell: QuantisedNetwork.Cell) {
    let plan = network.plan
    let isGated = network.addends[cell.addends].contains { $0.gater != nil }
    var wide = isGated ? plan.wideState.unit / 2 : 0
    for addend in network.addends[cell.addends] {
      let operand = operand(addend, cell.stateSlot)
      wide += abs(gain(addend.gater)) * operand.error
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
    case .state: return (constant + abs(slot.map { states[$0] } ?? 0), rounding)
    case .value(let operand): return (constant + abs(value(operand)), rounding + error(operand))
    case .sum(let index):
      let sum = network.sums[index]
      var total = 0.0
      var error = rounding
      for term in network.terms[sum.terms] {
        let weightUnit = power(
          -sum.weightExponent - network.valueFormats[term.source.value].integerBits)
        let weight = Double(term.weight) * weightUnit
        total += weight * value(term.source)
        error += weightUnit / 2 * abs(value(term.source))
        error += (abs(weight) + weightUnit / 2) * self.error(term.source)
      }
      return (constant + abs(total), error)
    }
  }

  private func gain(_ gater: Operand?) -> Double { gater.map(value) ?? 1 }

  private func value(_ operand: Operand) -> Double {
    operand.age == .current ? current[operand.value] : previous[operand.value]
  }

  /// A constant that was made a word stays half a unit away in every step.
  private func error(_ operand: Operand?) -> Double {
    guard let operand else { return 0 }
    let isConstant =
      operand.value < network.network.nodeCount
      && network.factored.levelled.constants[operand.value] != nil
    if isConstant { return network.valueFormats[operand.value].unit }
    return operand.age == .current ? values[operand.value] : 0
  }

  private func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
