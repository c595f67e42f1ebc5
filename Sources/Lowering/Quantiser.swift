import Diagnostics
import FixedPoint
import Network

/// Chooses formats and rounds every weight: `GateFactored` -> `QuantisedNetwork`.
public struct Quantiser: Sendable {
  public let options: QuantisationOptions

  public init(_ options: QuantisationOptions = .init()) { self.options = options }

  /// Fails when a weight or an initial value lies outside what the formats can express.
  public func quantise(_ factored: GateFactored) throws(DiagnosticList) -> QuantisedNetwork {
    let ranges = RangeAnalysis(factored, options)
    let formats = valueFormats(factored, ranges)
    let table = LogisticTable.cached(activationBits: options.formats.activationBits)
    var demands = structuralDemands(factored, formats)
    // The operand's integer bits influence no alignment: round with ample room, then prove how many
    // are needed from the very words.
    demands.operandIntegerBits = 30
    let draft = FormatPlan(options.formats, table, demands)
    var problems: [Diagnostic] = []
    var builder = AddendBuilder(factored: factored, plan: draft, formats: formats)
    let cells = builder.cells(problems: &problems)
    demands.operandIntegerBits = max(
      OperandBound(draft).integerBits(builder.addends, builder.sums, builder.terms),
      room(of: factored)?.operand ?? 0)
    let plan = FormatPlan(options.formats, table, demands)
    if plan.nodeAccumulatorBits > 63 { problems.append(.accumulatorTooWide(plan)) }
    let initialStates = states(factored, problems: &problems)
    let initialValues = initialValues(factored, formats, problems: &problems)
    guard problems.isEmpty else { throw DiagnosticList(problems) }
    return QuantisedNetwork(
      factored: factored, plan: plan, valueFormats: formats,
      initialValues: initialValues, initialStates: initialStates,
      cells: cells, addends: builder.addends, sums: builder.sums, terms: builder.terms,
      inputs: factored.levelled.streamedInputs.map(\.index),
      inputRanges: factored.levelled.streamedInputs.map {
        options.inputRanges[$0.index] ?? options.inputRange
      },
      outputs: Array(factored.network.outputs))
  }

  private func valueFormats(_ factored: GateFactored, _ ranges: RangeAnalysis) -> [QFormat] {
    let width = options.formats.activationBits
    let room = room(of: factored)
    return ranges.magnitudes.indices.map { value in
      if value < factored.network.nodeCount, factored.levelled.constants[value] == nil,
        !factored.network.isInput(NodeID(value))
      {
        switch factored.network.nodes[value].function {
        case .logistic, .tanh: return QFormat(integerBits: 0, width: width)
        case .identity, .relu: break
        }
      }
      let isStreamed =
        value < factored.network.nodeCount && factored.network.isInput(NodeID(value))
        && factored.levelled.constants[value] == nil
      let range = options.inputRanges[value] ?? options.inputRange
      var integerBits = room?.values[value] ?? 0
      while integerBits < options.formats.state.integerBits {
        let format = QFormat(integerBits: integerBits, width: width)
        // Half a unit beyond the largest word still rounds to it.
        if isStreamed ? format.serves(range) : ranges.magnitudes[value] <= format.limit { break }
        integerBits += 1
      }
      return QFormat(integerBits: integerBits, width: width)
    }
  }

  /// Room that is asked for, unless it is another shape's.
  private func room(of factored: GateFactored) -> FormatRoom? {
    options.room.flatMap { room in
      room.values.count == factored.network.nodeCount + factored.products.count ? room : nil
    }
  }

  private func structuralDemands(
    _ factored: GateFactored, _ formats: [QFormat]
  ) -> FormatPlan.Demands {
    var gateBits = 0
    for product in factored.products {
      gateBits = max(gateBits, formats[product.gater.value].integerBits)
    }
    for sum in factored.sums {
      if let gater = sum.gater { gateBits = max(gateBits, formats[gater.value].integerBits) }
    }
    var linearBits = 0
    var addends = 1
    for cell in factored.cells {
      if case .gated(let gater) = cell.retention {
        gateBits = max(gateBits, formats[gater.value].integerBits)
      }
      addends = max(addends, cell.sums.count + (cell.retention == .forgotten ? 0 : 1))
    }
    for format in formats { linearBits = max(linearBits, format.integerBits) }
    return .init(
      valueIntegerBits: linearBits, gateIntegerBits: gateBits, linearIntegerBits: linearBits,
      termsPerSum: factored.sums.reduce(1) { max($0, $1.terms.count) },
      addendsPerNode: addends, operandIntegerBits: 0)
  }

  private func initialValues(
    _ factored: GateFactored, _ formats: [QFormat], problems: inout [Diagnostic]
  ) -> [Int32] {
    formats.indices.map { value in
      guard value < factored.network.nodeCount else { return 0 }
      let node = factored.network.nodes[value]
      let initial = factored.levelled.constants[value] ?? node.initialActivation
      let isRead = !factored.network.isInput(NodeID(value))
      // The state's range limits the formats of linear nodes, also of those that keep no state.
      if isRead && abs(initial) > -formats[value].minValue {
        problems.append(.initialActivationOutOfRange(NodeID(value), initial, formats[value]))
      }
      return Int32(formats[value].word(initial))
    }
  }

  private func states(_ factored: GateFactored, problems: inout [Diagnostic]) -> [Int64] {
    var words: [Int64] = []
    for cell in factored.cells where cell.retention != .forgotten {
      let state = factored.network.nodes[cell.node.index].state
      if !options.formats.state.contains(state) {
        problems.append(.initialStateOutOfRange(cell.node, state, options.formats.state))
      }
      words.append(options.formats.state.word(state))
    }
    return words
  }
}

extension QFormat {
  /// The largest value that rounds to a word.
  fileprivate var limit: Double { maxValue + unit / 2 }

  /// Whether an input's range is served as well as by any wider format: its end may lie up to a unit
  /// beyond the largest word, which is half a unit of the next wider format. The end that only that
  /// one holds exactly, such as 1, is not served.
  fileprivate func serves(_ range: ClosedRange<Double>) -> Bool {
    range.upperBound < maxValue + unit && range.lowerBound >= minValue - unit / 2
  }
}

extension Diagnostic {
  static func accumulatorTooWide(_ plan: FormatPlan) -> Diagnostic {
    Diagnostic(
      id: "accumulator-width",
      "a node's sum needs \(plan.nodeAccumulatorBits) bits (at most 63): its weights or constants are"
        + " too large for operands of format \(plan.operand)",
      hint: "scale the network's weights down or choose narrower weights and activations")
  }

  static func initialActivationOutOfRange(
    _ node: NodeID, _ activation: Double, _ format: QFormat
  ) -> Diagnostic {
    Diagnostic(
      id: "initial-activation-range",
      "initial activation \(activation) of node \(node) exceeds \(format)"
        + " (max \(format.maxValue))",
      hint: "give the state more integer bits with --state-integer-bits")
  }

  static func initialStateOutOfRange(
    _ node: NodeID, _ state: Double, _ format: QFormat
  ) -> Diagnostic {
    Diagnostic(
      id: "initial-state-range",
      "initial state \(state) of node \(node) exceeds \(format) (max \(format.maxValue))",
      hint: "give the state more integer bits with --state-integer-bits")
  }
}
