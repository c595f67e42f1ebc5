import Diagnostics
import FixedPoint
import Network

/// Rounds the sums of every cell to words and aligns them; collects flat arrays.
struct AddendBuilder {
  let factored: GateFactored
  let plan: FormatPlan
  let formats: [QFormat]
  private(set) var addends: [QuantisedNetwork.Addend] = []
  private(set) var sums: [QuantisedNetwork.Sum] = []
  private(set) var terms: [QuantisedNetwork.Term] = []
  private var stateSlots = 0

  init(factored: GateFactored, plan: FormatPlan, formats: [QFormat]) {
    self.factored = factored
    self.plan = plan
    self.formats = formats
    terms.reserveCapacity(factored.terms.count)
  }

  /// All cells in an order in which every value of this step is made before it is read.
  mutating func cells(problems: inout [Diagnostic]) -> [QuantisedNetwork.Cell] {
    // A product is made as soon as the later of its two factors is there.
    var productsAfter: [Int: [Int]] = [:]
    for (index, product) in factored.products.enumerated() {
      let ready = [product.gater, product.source].filter { $0.age == .current }.map(\.value).max()
      productsAfter[ready ?? -1, default: []].append(index)
    }
    var result: [QuantisedNetwork.Cell] = []
    func products(after range: ClosedRange<Int>, _ builder: inout AddendBuilder) {
      for value in range { result += (productsAfter[value] ?? []).map { builder.product($0) } }
    }
    products(after: -1...factored.network.inputCount - 1, &self)
    for cell in factored.cells {
      result.append(self.cell(cell, problems: &problems))
      if !factored.network.isInput(cell.node) {
        products(after: cell.node.index...cell.node.index, &self)
      }
    }
    return result
  }

  private mutating func product(_ index: Int) -> QuantisedNetwork.Cell {
    let product = factored.products[index]
    addends.append(direct(product.source, gater: product.gater, constant: 0))
    return .init(
      value: factored.network.nodeCount + index, addends: addends.count - 1..<addends.count,
      argumentBias: nil, output: .linear(rectified: false), stateSlot: nil, isNode: false)
  }

  private mutating func cell(
    _ cell: GateFactored.Cell, problems: inout [Diagnostic]
  ) -> QuantisedNetwork.Cell {
    let first = addends.count
    var slot: Int?
    if cell.retention != .forgotten {
      slot = stateSlots
      stateSlots += 1
      var gater: Operand?
      if case .gated(let operand) = cell.retention { gater = operand }
      let shift =
        plan.stateLeftShift - (plan.operand.fractionBits - plan.formats.state.fractionBits)
        - integerBits(gater)
      addends.append(.init(input: .state, shift: shift, constant: 0, gater: gater))
    }
    for sum in cell.sums { append(factored.sums[sum], of: cell.node, problems: &problems) }
    if addends.count == first {
      addends.append(.init(input: .nothing, shift: 0, constant: 0, gater: nil))
    }
    return .init(
      value: cell.node.index, addends: first..<addends.count,
      argumentBias: argumentBias(cell.argumentBias), output: output(of: cell.function),
      stateSlot: slot, isNode: true)
  }

  private mutating func append(
    _ sum: GateFactored.Sum, of node: NodeID, problems: inout [Diagnostic]
  ) {
    let constant = word(sum.constant, gater: sum.gater)
    let members = factored.terms[sum.terms]
    if members.isEmpty {
      addends.append(.init(input: .nothing, shift: 0, constant: constant, gater: sum.gater))
      return
    }
    if members.count == 1, let only = members.first, only.weight == 1 {
      // Nothing to weigh: the node unit reads the value itself and no lane is needed.
      addends.append(direct(only.source, gater: sum.gater, constant: constant))
      return
    }
    let exponent = weightExponent(members)
    if exponent < plan.weightExponents.lowerBound {
      let missing = plan.weightExponents.lowerBound - exponent
      problems.append(
        .weightOutOfRange(
          members, into: node, line: factored.network.nodes[node.index].line, plan,
          missingBits: missing))
      return
    }
    let first = terms.count
    for term in members {
      let scale = Double(
        sign: .plus, exponent: exponent + formats[term.source.value].integerBits, significand: 1)
      terms.append(
        .init(
          source: term.source, weight: Int32(SaturatingArithmetic.nearest(term.weight * scale))))
    }
    sums.append(.init(terms: first..<terms.count, weightExponent: exponent))
    let shift =
      exponent + plan.activationBits - 1 - plan.operand.fractionBits - integerBits(sum.gater)
      + plan.sumLeftShift
    addends.append(
      .init(input: .sum(sums.count - 1), shift: shift, constant: constant, gater: sum.gater))
  }

  /// An addend that is one value with weight one.
  private func direct(
    _ source: Operand, gater: Operand?, constant: Int64
  ) -> QuantisedNetwork.Addend {
    let left =
      plan.operand.fractionBits - formats[source.value].fractionBits + integerBits(gater)
    return .init(
      input: .value(source), shift: plan.valueLeftShift - left, constant: constant, gater: gater)
  }

  private func argumentBias(_ bias: GateFactored.ArgumentBias) -> QuantisedNetwork.Addend? {
    switch bias {
    case .none: nil
    case .value(let operand): direct(operand, gater: nil, constant: 0)
    case .constant(let value):
      .init(input: .nothing, shift: 0, constant: word(value, gater: nil), gater: nil)
    }
  }

  private func output(of function: ActivationFunction) -> QuantisedNetwork.Output {
    switch function {
    case .logistic: .logistic
    case .tanh: .tanh
    case .identity: .linear(rectified: false)
    case .relu: .linear(rectified: true)
    }
  }

  /// A constant in operand units, times two to the gater's integer bits.
  private func word(_ constant: Double, gater: Operand?) -> Int64 {
    plan.operand.word(
      constant * Double(sign: .plus, exponent: integerBits(gater), significand: 1))
  }

  private func integerBits(_ gater: Operand?) -> Int {
    gater.map { formats[$0.value].integerBits } ?? 0
  }

  /// The largest exponent with which every weight of the sum still fits.
  private func weightExponent(_ members: ArraySlice<GateFactored.Term>) -> Int {
    var magnitude = 0.0
    for term in members {
      let scale = Double(
        sign: .plus, exponent: formats[term.source.value].integerBits, significand: 1)
      magnitude = max(magnitude, abs(term.weight) * scale)
    }
    guard magnitude > 0 else { return plan.weightExponents.upperBound }
    var exponent = plan.weightBits - 2 - Int(magnitude.exponent)
    let limit = Double((1 << (plan.weightBits - 1)) - 1)
    if (magnitude * Double(sign: .plus, exponent: exponent, significand: 1)).rounded() > limit {
      exponent -= 1
    }
    return min(exponent, plan.weightExponents.upperBound)
  }
}

extension Diagnostic {
  static func weightOutOfRange(
    _ members: ArraySlice<GateFactored.Term>, into node: NodeID, line: Int?, _ plan: FormatPlan,
    missingBits: Int
  ) -> Diagnostic {
    let worst = members.map { abs($0.weight) }.max() ?? 0
    let place = line.map { " (line \($0))" } ?? ""
    let bits = plan.formats.state.integerBits + missingBits
    return Diagnostic(
      id: "weight-range",
      "a weight of magnitude \(worst) into node \(node)\(place) cannot be expressed beside a state of"
        + " format \(plan.formats.state), but beside one of \(bits) integer bits",
      hint: "give the state that range with --state-integer-bits \(bits)")
  }
}
