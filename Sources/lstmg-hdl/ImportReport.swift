import Compilation
import Importing
import Network

/// What `import` says on standard output.
struct ImportReport {
  let imported: ImportedNetwork
  let file: String
  let output: String?
  var check: ImportCheck?

  init(_ imported: ImportedNetwork, file: String, output: String?) {
    self.imported = imported
    self.file = file
    self.output = output
  }

  var text: String {
    let network = imported.network
    var table = TextTable()
    table.add(
      "file",
      "\(imported.format.title), \(Readable.count(imported.parameterCount, "parameter"))")
    for (index, layer) in imported.layers.enumerated() {
      let lines = LayerText(layer)
      table.add("layer \(index + 1)", lines.title)
      for line in lines.details { table.add(line) }
    }
    for remark in imported.remarks { table.add("remark", remark) }
    table.add(
      "network",
      "\(Readable.count(network.nodeCount, "node"))"
        + " (\(Readable.count(network.inputCount, "input")),"
        + " \(Readable.count(network.outputCount, "output")),"
        + " \(Readable.count(imported.constantCount, "constant"))),"
        + " \(Readable.count(network.connections.count, "connection"))")
    if let check { add(check, to: &table) }
    if let output, check?.passes ?? true {
      let isFile = output != SpecLoader.standardInput
      if isFile { table.add("written", output) }
      table.add("next", "lstmg-hdl generate \(isFile ? output : "SPEC") \(counts) -o DIR")
    }
    return table.text
  }

  /// What a reader of the spec must be told.
  private var counts: String {
    "--num-inputs \(imported.network.inputCount) --num-outputs \(imported.network.outputCount)"
  }

  private func add(_ check: ImportCheck, to table: inout TextTable) {
    table.add(
      "checked",
      "\(Readable.count(check.steps, "step")) in \(Readable.count(check.sequences, "sequence")),"
        + " \(Readable.count(check.rows, "row")) of"
        + " \(Readable.count(imported.network.outputCount, "output")) compared")
    table.add(
      "as imported",
      "largest error \(Readable.error(check.imported.largest)), root mean square"
        + " \(Readable.error(check.imported.rootMeanSquare)); tolerance"
        + " \(Readable.error(check.tolerance))\(same(\.imported))")
    let formats = check.formats
    table.add(
      "quantised",
      "largest error \(Readable.error(check.quantised.largest)), root mean square"
        + " \(Readable.error(check.quantised.rootMeanSquare))\(same(\.quantised))")
    table.add(
      "with weights of \(formats.weightBits) bits, activations of \(formats.activationBits), states"
        + " \(formats.state), inputs of \(check.inputRange.lowerBound) to"
        + " \(check.inputRange.upperBound)")
    if check.inputRange != CompilerOptions().inputRange {
      table.add(
        "generate needs --input-range"
          + " \(check.inputRange.lowerBound):\(check.inputRange.upperBound) for that")
    }
  }

  private func same(_ part: KeyPath<(imported: Int, quantised: Int), Int>) -> String {
    guard let same = check?.sameClass, let rows = check?.rows else { return "" }
    return "; the same largest output in \(Readable.count(same[keyPath: part])) of"
      + " \(Readable.count(rows, "row"))"
  }
}

/// A layer in words.
struct LayerText {
  let title: String
  let details: [String]

  init(_ layer: Layer) {
    let name = layer.origin.name.isEmpty ? "" : "\(layer.origin.name): "
    title =
      "\(name)\(Self.kind(layer)), \(Readable.count(layer.inputCount, "input")) ->"
      + " \(Readable.count(layer.unitCount, "unit"))"
    var functions = Self.functions(layer).map { "\($0.role) \($0.function)" }
      .joined(separator: ", ")
    if let order = layer.origin.gateOrder { functions = "gates \(order); " + functions }
    details =
      [functions]
      + Self.lines(layer.origin.tensors.map { "\($0.name) \($0.shape)" })
      + layer.origin.remarks
  }

  /// Words behind commas, in lines that a terminal holds.
  private static func lines(_ words: [String]) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + word.count < 86 {
        lines[lines.count - 1] = last + ", " + word
      } else {
        if !lines.isEmpty { lines[lines.count - 1] += "," }
        lines.append(word)
      }
    }
    return lines
  }

  static func kind(_ layer: Layer) -> String {
    switch layer.kind {
    case .lstm(let layer): layer.feedback == .squashed ? "LSTM of DLL" : "LSTM"
    case .gru: "GRU"
    case .dense: "dense"
    }
  }

  static func functions(_ layer: Layer) -> [(role: String, function: String)] {
    switch layer.kind {
    case .lstm(let layer):
      [
        ("gates", layer.gateFunction.name), ("cell", layer.cellFunction.name),
        ("output", layer.outputFunction.name),
      ]
    case .gru(let layer):
      [("gates", ActivationFunction.logistic.name), ("candidate", layer.candidateFunction.name)]
    case .dense(let layer): [("function", layer.function.name)]
    }
  }
}
