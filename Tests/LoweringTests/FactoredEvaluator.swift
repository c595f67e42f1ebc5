import Network

@testable import Lowering

/// Runs a factored network in Double, straight from what its types promise.
///
/// What was folded away must never be read again: such values are not numbers.
struct FactoredEvaluator {
  private let factored: GateFactored
  private(set) var values: [Double]
  private(set) var states: [Double]
  private var previous: [Double] = []

  init(_ factored: GateFactored) {
    self.factored = factored
    values = []
    states = []
    reset()
  }

  mutating func reset() {
    let constants = factored.levelled.constants
    values = factored.network.nodes.indices.map { index in
      guard let constant = constants[index] else {
        return factored.network.nodes[index].initialActivation
      }
      return factored.levelled.materialised.contains(NodeID(index)) ? constant : .nan
    }
    states = factored.network.nodes.map(\.state)
  }

  /// One step on a value for every input, constant ones included (theirs are not looked at).
  mutating func step(_ inputs: [Double]) {
    previous = values
    for (index, value) in inputs.enumerated() where factored.levelled.constants[index] == nil {
      values[index] = value
    }
    for cell in factored.cells {
      var state =
        switch cell.retention {
        case .forgotten: 0.0
        case .kept: states[cell.node.index]
        case .gated(let gater): states[cell.node.index] * read(gater)
        }
      for sum in factored.sums[cell.sums] {
        var total = sum.constant
        for term in factored.terms[sum.terms] { total += term.weight * read(term.source) }
        state += total * (sum.gater.map(read) ?? 1)
      }
      states[cell.node.index] = state
      let bias =
        switch cell.argumentBias {
        case .none: 0.0
        case .value(let operand): read(operand)
        case .constant(let constant): constant
        }
      values[cell.node.index] = cell.function.value(at: state + bias)
    }
  }

  /// A product is its factors' product whenever it is read, as both must be there by then.
  private func read(_ operand: Operand) -> Double {
    if operand.value >= factored.network.nodeCount {
      precondition(operand.age == .current, "a product is read in the step that makes it")
      let product = factored.products[operand.value - factored.network.nodeCount]
      return read(product.gater) * read(product.source)
    }
    return operand.age == .current ? values[operand.value] : previous[operand.value]
  }
}
