import FixedPoint
import Lowering
import Network

/// The text of a header's tables.
struct CHeaderTables {
  private let network: QuantisedNetwork
  private let layout: CLayout
  private let tables: CTables
  private let types: CTypes
  private let names: CNames

  init(
    _ network: QuantisedNetwork, _ layout: CLayout, _ tables: CTables, _ types: CTypes,
    _ names: CNames
  ) {
    self.network = network
    self.layout = layout
    self.tables = tables
    self.types = types
    self.names = names
  }

  /// Fraction bits of the words of inputs and outputs.
  var formats: String {
    joined([
      "/* Fraction bits of every input's and every output's word. */",
      table("int8_t", "input_fraction_bits", fractions(network.inputs)),
      table("int8_t", "output_fraction_bits", fractions(network.outputs)),
    ])
  }

  var schedule: String {
    joined([
      CText.table(names, names.name + "_run_t", "runs", tables.runs),
      CText.table(names, names.name + "_column_t", "columns", tables.columns),
      CText.table(
        names, names.name + "_block_t", "blocks",
        tables.blocks.isEmpty ? [.init(comment: "unused", values: ["{0,0,0,0}"])] : tables.blocks),
      "/* Value slots that inputs of sums are read from, and gates. */",
      CText.table(names, types.index, "source", tables.sources.sections { "\($0)" }),
      CText.table(names, types.index, "gater", tables.gaters.sections { "\($0)" }),
      table(
        types.index, "output", network.outputs.map { "\(layout.slotOfValue[$0] ?? 0)" }),
    ])
  }

  var float: String {
    let graph = network.network
    let initial = layout.values.map { value -> Double in
      guard value < graph.nodeCount else { return 0 }
      return network.factored.levelled.constants[value] ?? graph.nodes[value].initialActivation
    }
    let states = layout.runs.filter { $0.firstState != nil }.flatMap(\.cells).map {
      CText.literal(graph.nodes[$0.value].state)
    }
    return joined([
      "/* Weights by block, then by source, then by lane. */",
      CText.table(
        names, types.real, "weight", tables.weights.sections(types.literal)),
      CText.table(
        names, types.real, "constant", tables.constants.sections(types.literal)),
      "/* Values and states after a reset. */",
      table(types.real, "y0", initial.map(types.literal)),
      table("double", "s0", states),
    ])
  }

  var fixed: String {
    let plan = network.plan
    return joined([
      "/* Weights by block, then by lane, then by source. Each sum has its own binary point, which"
        + "\n * its shift brings to the operand's \(plan.operand). */",
      CText.table(names, types.weight, "q_weight", tables.words.sections { "\($0)" }),
      CText.table(
        names, types.constant, "q_constant", tables.constantWords.sections(CText.literal)),
      CText.table(names, "int8_t", "q_shift", tables.shifts.sections { "\($0)" }),
      "/* Right shift from the wide state \(plan.wideState) to a linear value's word, by slot. */",
      table(
        "int8_t", "q_linear_shift",
        layout.values.map { "\(plan.linearShift + network.valueFormats[$0].integerBits)" }),
      "/* Values and states after a reset. */",
      table(types.value, "q_y0", layout.values.map { "\(network.initialValues[$0])" }),
      table(types.state, "q_s0", layout.states.map { word(network.initialStates[$0]) }),
      "/* logistic(x) for x in [0, 16): \(plan.table.bases.count) segments. */",
      table(types.base, "q_base", plan.table.bases.map { "\($0)" }),
      table(types.slope, "q_slope", plan.table.slopes.map { "\($0)" }),
    ])
  }

  private func fractions(_ values: [ValueID]) -> [String] {
    values.map { "\(network.valueFormats[$0].fractionBits)" }
  }

  /// The most negative 32-bit word has no literal of its own type.
  private func word(_ word: Int64) -> String {
    word == Int64(Int32.min) ? "-2147483647 - 1" : "\(word)"
  }

  private func table(_ type: String, _ name: String, _ values: [String]) -> String {
    CText.table(names, type, name, values)
  }

  private func joined(_ parts: [String]) -> String {
    var text = ""
    for part in parts {
      text += part + (part.hasPrefix("/*") ? "\n" : "\n\n")
    }
    return String(text.dropLast(2))
  }
}
