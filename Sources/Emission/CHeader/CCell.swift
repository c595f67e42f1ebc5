import Lowering
import Network

/// One value computed per step as both twins see it: doubles of the factored network beside the
/// words of the quantised one.
struct CCell {
  struct Term {
    let source: Operand
    let weight: Double
    let word: Int32
  }

  enum Input {
    case row([Term])
    case value(Operand)
    case state
    case nothing
  }

  /// gain * (input + constant); in words gain * (round(input >> shift) + constantWord).
  struct Addend {
    let input: Input
    let gater: Operand?
    let constant: Double
    let constantWord: Int64
    /// Right shift from the input's own alignment; negative: left shift.
    let shift: Int
  }

  let value: ValueID
  let function: ActivationFunction
  let addends: [Addend]
  let argumentBias: Addend?
  /// Slot of the state in the quantised network.
  let stateSlot: Int?
  let isNode: Bool

  var reads: [Operand] {
    (addends + (argumentBias.map { [$0] } ?? [])).flatMap { addend -> [Operand] in
      let gater = addend.gater.map { [$0] } ?? []
      switch addend.input {
      case .row(let terms): return gater + terms.map(\.source)
      case .value(let operand): return gater + [operand]
      case .state, .nothing: return gater
      }
    }
  }

  /// All cells of a network, in its order.
  static func cells(of network: QuantisedNetwork) -> [CCell] {
    let factored = network.factored
    let factoredCells = Dictionary(
      uniqueKeysWithValues: factored.cells.map { ($0.node.index, $0) })
    return network.cells.map { cell in
      let sums = cell.isNode ? factoredCells[cell.value].map { Array(factored.sums[$0.sums]) } : nil
      var next = 0
      let addends = cell.addends.map { index -> Addend in
        let addend = network.addends[index]
        var sum: GateFactored.Sum?
        // The state comes first; every other addend of a node is the next of its sums.
        if case .state = addend.input {
        } else if let sums, next < sums.count {
          sum = sums[next]
          next += 1
        }
        return Addend(addend, sum, network)
      }
      var bias: Addend?
      if let word = cell.argumentBias {
        var constant = 0.0
        if case .constant(let value)? = factoredCells[cell.value]?.argumentBias { constant = value }
        bias = Addend(word, nil, network, constant: constant)
      }
      let function =
        cell.isNode
        ? factoredCells[cell.value]?.function ?? .identity : ActivationFunction.identity
      return CCell(
        value: cell.value, function: function, addends: addends, argumentBias: bias,
        stateSlot: cell.stateSlot, isNode: cell.isNode)
    }
  }
}

extension CCell.Addend {
  fileprivate init(
    _ addend: QuantisedNetwork.Addend, _ sum: GateFactored.Sum?, _ network: QuantisedNetwork,
    constant: Double = 0
  ) {
    let plan = network.plan
    self.gater = addend.gater
    self.constant = sum?.constant ?? constant
    constantWord = addend.constant
    switch addend.input {
    case .sum(let index):
      let words = network.terms[network.sums[index].terms]
      let weights = sum.map { network.factored.terms[$0.terms] } ?? []
      precondition(
        words.map(\.source) == weights.map(\.source), "a sum differs from what it was made of")
      input = .row(
        zip(words, weights).map {
          CCell.Term(source: $0.source, weight: $1.weight, word: $0.weight)
        })
      shift = addend.shift - plan.sumLeftShift
    case .value(let operand):
      input = .value(operand)
      shift = addend.shift - plan.valueLeftShift
    case .state:
      input = .state
      shift = addend.shift - plan.stateLeftShift
    case .nothing:
      input = .nothing
      shift = 0
    }
  }
}
