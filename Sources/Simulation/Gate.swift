import FixedPoint
import Lowering

/// A node of one sum that counts once, without state and argument bias, as most gates are: so many
/// that they are evaluated several at a time, in floating point. All numbers are integers and their
/// halves below 2^52, which `Double` holds exactly.
struct Gate: Sendable {
  let sum: Int32
  let value: Int32
  /// Alignment of the sum to the wide state, a power of two.
  let scale: Double
  /// Half of the last bit that the scaled sum has: ties are rounded upwards with it.
  let tie: Double
  let constant: Double

  /// Nil where a cell is more than that.
  init?(_ cell: QuantisedNetwork.Cell, _ network: QuantisedNetwork, _ blocks: DotProductBlocks) {
    guard cell.addends.count == 1, let index = cell.addends.first, cell.stateSlot == nil,
      cell.argumentBias == nil, cell.isNode,
      network.factored.levelled.constants[cell.value] == nil
    else { return nil }
    let addend = network.addends[index]
    guard addend.gater == nil, case .sum(let sum) = addend.input else { return nil }
    switch cell.output {
    case .logistic, .tanh: break
    case .linear: return nil
    }
    // Without a gater the sum is multiplied by 2^(A-1) and divided by it again: neither is done.
    self.sum = blocks.places[sum]
    value = Int32(cell.value)
    let shift = max(0, addend.shift) - network.plan.sumLeftShift
    scale = Double(sign: .plus, exponent: -shift, significand: 1)
    tie = Rounding.tie(shift)
    constant = Double(addend.constant)
  }
}

/// Rounding to nearest, ties upwards, of integers that were divided by a power of two.
enum Rounding {
  /// Next to it, a number below 2^51 loses its fraction: to the nearest integer, ties to even ones.
  static let integer = 0x1.8p52
  /// What makes ties of words divided by 2^shift no ties any more, but a little more.
  static func tie(_ shift: Int) -> Double {
    shift > 0 ? Double(sign: .plus, exponent: -shift - 1, significand: 1) : 0
  }
}
