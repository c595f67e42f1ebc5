import FixedPoint
import Lowering

/// Where a word comes from.
enum WordBase: UInt8, Hashable, Sendable {
  case sums, current, previous, states
}

/// What an addend does: gain * (((x << left) + half) >> right + constant).
struct AddendShape: Hashable, Sendable {
  let base: WordBase
  let gaterBase: WordBase
  let left: UInt8
  let right: UInt8

  init(_ addend: QuantisedNetwork.Addend, hasState: Bool, _ plan: FormatPlan) {
    let shiftedLeft: Int
    switch addend.input {
    case .sum: (base, shiftedLeft) = (.sums, plan.sumLeftShift)
    case .value(let operand): (base, shiftedLeft) = (WordBase(operand), plan.valueLeftShift)
    case .state where hasState: (base, shiftedLeft) = (.states, plan.stateLeftShift)
    case .state, .nothing: (base, shiftedLeft) = (.sums, 0)
    }
    gaterBase = addend.gater.map(WordBase.init) ?? .sums
    // A shift to the left and a rounded one back are one shift, exactly.
    let shift = max(0, addend.shift) - shiftedLeft
    left = UInt8(max(0, -shift))
    right = UInt8(max(0, shift))
  }
}

/// Places of an addend's words, each in its base; what is missing has a place in the sums.
struct AddendPlace: Sendable {
  let index: Int32
  let gater: Int32
  let constant: Int64

  init(_ addend: QuantisedNetwork.Addend, slot: Int?, _ blocks: DotProductBlocks) {
    switch (addend.input, slot) {
    case (.sum(let sum), _): index = blocks.places[sum]
    case (.value(let operand), _): index = Int32(operand.value)
    case (.state, .some(let slot)): index = Int32(slot)
    case (.state, nil), (.nothing, _): index = Int32(blocks.zero)
    }
    gater = addend.gater.map { Int32($0.value) } ?? Int32(blocks.one)
    constant = addend.constant
  }
}

/// What all cells of a run have in common, except those of a single plain sum (`Gate`).
struct CellShape: Hashable, Sendable {
  enum Function: UInt8, Sendable {
    case logistic, tanh, identity, relu
  }

  let addends: [AddendShape]
  /// Whether the last addend stands behind the state.
  let hasBias: Bool
  let hasState: Bool
  /// Whether the wide state is that of a node.
  let isNode: Bool
  let function: Function
  /// From the wide state to the argument, or to the value of a linear function.
  let shift: UInt8

  init(_ cell: QuantisedNetwork.Cell, _ network: QuantisedNetwork) {
    let plan = network.plan
    hasState = cell.stateSlot != nil
    hasBias = cell.argumentBias != nil
    // What a constant's cell sums up is its value; the state of such a node is 0.
    isNode = cell.isNode && network.factored.levelled.constants[cell.value] == nil
    addends =
      cell.addends.map {
        AddendShape(network.addends[$0], hasState: cell.stateSlot != nil, plan)
      }
      + [cell.argumentBias].compactMap(\.self).map { AddendShape($0, hasState: false, plan) }
    let shift: Int
    switch cell.output {
    case .logistic: (function, shift) = (.logistic, plan.argumentShift)
    case .tanh: (function, shift) = (.tanh, plan.argumentShift)
    case .linear(let rectified):
      function = rectified ? .relu : .identity
      shift = plan.linearShift + network.valueFormats[cell.value].integerBits
    }
    self.shift = UInt8(max(0, shift))
  }
}

extension WordBase {
  init(_ operand: Operand) { self = operand.age == .current ? .current : .previous }
}
