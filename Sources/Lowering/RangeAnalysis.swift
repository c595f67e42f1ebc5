import FixedPoint
import Network

/// Bounds the magnitude of every value by interval arithmetic over the graph.
///
/// Logistic and tanh outputs and inputs have theirs from the start. Identity and relu outputs and
/// gate products follow from the sums that feed them, a weighted mean of its own past and something
/// else from that; where recurrence leaves a node unbounded, the saturation of the state bounds it.
struct RangeAnalysis {
  /// Largest magnitude by value.
  private(set) var magnitudes: [Double]
  private let factored: GateFactored
  private let means: [Int: WeightedMean]
  private let options: QuantisationOptions

  init(_ factored: GateFactored, _ options: QuantisationOptions) {
    self.factored = factored
    self.options = options
    let network = factored.network
    means = Dictionary(
      uniqueKeysWithValues: factored.cells.compactMap { cell in
        WeightedMean(cell.node, in: factored.levelled).map { (cell.node.index, $0) }
      })
    let stateLimit = -options.formats.state.minValue
    magnitudes = [Double](
      repeating: stateLimit, count: network.nodeCount + factored.products.count)
    for index in 0..<network.nodeCount {
      if let constant = factored.levelled.constants[index] {
        magnitudes[index] = abs(constant)
      } else if network.isInput(NodeID(index)) {
        let range = options.inputRanges[index] ?? options.inputRange
        magnitudes[index] = max(abs(range.lowerBound), abs(range.upperBound))
      } else {
        magnitudes[index] = bounded(network.nodes[index].function) ?? stateLimit
      }
    }
    // Every round starts from sound bounds and only tightens them; recurrent linear nodes may
    // tighten for ever, so a few rounds (one per hop through linear nodes) must do.
    for _ in 0..<8 { if !tighten(stateLimit) { break } }
  }

  /// Magnitude of gain * (terms + constant).
  func magnitude(_ sum: GateFactored.Sum) -> Double {
    var total = abs(sum.constant)
    for term in factored.terms[sum.terms] {
      total += abs(term.weight) * magnitudes[term.source.value]
    }
    return total * (sum.gater.map { magnitudes[$0.value] } ?? 1)
  }

  private func bounded(_ function: ActivationFunction) -> Double? {
    switch function {
    case .logistic: 1 - options.formats.activationUnit
    case .tanh: 1
    case .identity, .relu: nil
    }
  }

  private mutating func tighten(_ stateLimit: Double) -> Bool {
    var changed = false
    func update(_ value: Int, _ bound: Double) {
      if bound < magnitudes[value] {
        magnitudes[value] = bound
        changed = true
      }
    }
    for (index, product) in factored.products.enumerated() {
      update(
        factored.network.nodeCount + index,
        magnitudes[product.gater.value] * magnitudes[product.source.value])
    }
    for cell in factored.cells where bounded(cell.function) == nil {
      let index = cell.node.index
      let initial = abs(factored.network.nodes[index].initialActivation)
      if let seen = options.calibratedMagnitudes[index] { update(index, max(seen, initial)) }
      if let mean = means[index] {
        let entering = mean.entering.reduce(0) {
          $0 + abs($1.weight) * magnitudes[$1.source.index]
        }
        let start = abs(factored.network.nodes[index].state)
        update(index, max(entering, start, initial))
      }
      guard case .forgotten = cell.retention else { continue }
      var bound = factored.sums[cell.sums].reduce(0) { $0 + magnitude($1) }
      if case .value(let bias) = cell.argumentBias { bound += magnitudes[bias.value] }
      if case .constant(let bias) = cell.argumentBias { bound += abs(bias) }
      update(index, max(bound, initial))
    }
    return changed
  }
}

extension NumberFormats {
  /// One unit in the last place of a logistic or tanh output.
  var activationUnit: Double { QFormat(integerBits: 0, width: activationBits).unit }
}
