import FixedPoint
import Lowering
import Network

/// The tables of a header, collected run by run.
struct CTables {
  let layout: CLayout
  private let names: CNames
  private(set) var runs: [CText.Section] = []
  private(set) var columns: [CText.Section] = []
  private(set) var blocks: [CText.Section] = []
  private(set) var sources = Flat<Int>()
  private(set) var gaters = Flat<Int>()
  private(set) var weights = Flat<Double>()
  private(set) var words = Flat<Int32>()
  private(set) var constants = Flat<Double>()
  private(set) var constantWords = Flat<Int64>()
  private(set) var shifts = Flat<Int>()
  private var columnCount = 0
  private var blockCount = 0
  private var sourceLists: [[Int]: Int] = [:]

  /// Numbers with a comment in front of every part.
  struct Flat<Element> {
    private(set) var all: [Element] = []
    private(set) var starts: [(index: Int, comment: String)] = []

    mutating func append(_ elements: [Element], _ comment: String) {
      if !elements.isEmpty { starts.append((all.count, comment)) }
      all += elements
    }

    func sections(_ literal: (Element) -> String) -> [CText.Section] {
      zip(starts, starts.dropFirst().map(\.index) + [all.count]).map { start, end in
        CText.Section(comment: start.comment, values: all[start.index..<end].map(literal))
      }
    }
  }

  init(_ network: QuantisedNetwork, _ layout: CLayout, _ names: CNames) {
    self.layout = layout
    self.names = names
    let nodes = CNodeText(network)
    for level in layout.levels {
      for (position, run) in level.enumerated() {
        append(run, endsLevel: position == level.count - 1, nodes)
      }
    }
    fill()
  }

  private mutating func append(_ run: CLayout.Run, endsLevel: Bool, _ nodes: CNodeText) {
    var flags: [String] = []
    if run.firstState != nil { flags.append("keeps_state") }
    if run.argumentBias != nil { flags.append("has_bias") }
    if run.columns.contains(where: \.isGated) { flags.append("has_gate") }
    if endsLevel { flags.append("ends_level") }
    let numbers = [
      run.firstSlot, run.cells.count, columnCount, run.columns.count, run.firstState ?? 0,
    ]
    let words = [
      constant(run.function.name + "_f"),
      flags.isEmpty ? "0" : flags.map(constant).joined(separator: " | "),
    ]
    runs.append(.init(comment: nodes.describe(run.cells), values: [Self.braced(numbers, words)]))
    for (position, column) in run.columns.enumerated() {
      append(column, of: run, "addend \(position + 1) of " + nodes.short(run.cells), nodes)
    }
    if let bias = run.argumentBias {
      append(bias, of: run, "argument bias of " + nodes.short(run.cells), nodes)
    }
  }

  private mutating func append(
    _ column: CLayout.Column, of run: CLayout.Run, _ comment: String, _ nodes: CNodeText
  ) {
    let entry = constants.all.count
    let firstBlock = blockCount
    var row = 0
    for block in column.blocks {
      append(block, "into " + nodes.short(Array(run.cells[row..<row + block.rowCount])))
      row += block.rowCount
    }
    let firstSource = sources.all.count
    if column.input == .value {
      sources.append(column.addends.compactMap { slot(ofInput: $0) }, comment)
    }
    let firstGater = gaters.all.count
    gaters.append(column.addends.compactMap { $0.gater.flatMap(slot) }, comment)
    constants.append(column.addends.map(\.constant), comment)
    constantWords.append(column.addends.map(\.constantWord), comment)
    shifts.append(column.addends.map(\.shift), comment)
    let numbers = [
      entry, firstBlock, column.blocks.count, column.input == .value ? firstSource : 0,
      column.isGated ? firstGater : 0,
    ]
    let words = [constant(column.input.name), column.isGated ? "1" : "0"]
    columns.append(.init(comment: comment, values: [Self.braced(numbers, words)]))
    columnCount += 1
  }

  private mutating func append(_ block: CBlock, _ comment: String) {
    let firstSource: Int
    if let known = sourceLists[block.sources] {
      firstSource = known
    } else {
      firstSource = sources.all.count
      sourceLists[block.sources] = firstSource
      sources.append(block.sources, comment)
    }
    let numbers = [weights.all.count, firstSource, block.sources.count, block.laneCount]
    blocks.append(.init(comment: comment, values: [Self.braced(numbers)]))
    weights.append(block.weights, comment)
    words.append(block.words, comment)
    blockCount += 1
  }

  /// Compilers complain of the loop over eight lanes if a table cannot hold what it reads at once.
  private mutating func fill() {
    sources.append([Int](repeating: 0, count: max(0, 4 - sources.all.count)), "unused")
    let missing = max(0, 4 * CBlock.lanes - weights.all.count)
    weights.append([Double](repeating: 0, count: missing), "unused")
    words.append([Int32](repeating: 0, count: missing), "unused")
  }

  private func slot(_ operand: Operand) -> Int? { layout.slotOfValue[operand.value] }

  private func slot(ofInput addend: CCell.Addend) -> Int? {
    if case .value(let operand) = addend.input { slot(operand) } else { nil }
  }

  /// An enumeration constant of the header.
  private func constant(_ word: String) -> String { names.name + "_" + word }

  private static func braced(_ numbers: [Int], _ words: [String] = []) -> String {
    "{" + (numbers.map(String.init) + words).joined(separator: ", ") + "}"
  }
}

/// How comments name cells: by the netSpec's nodes and lines.
struct CNodeText {
  private let network: QuantisedNetwork

  init(_ network: QuantisedNetwork) { self.network = network }

  /// `nodes 4..11`, or the gate products by their factors.
  func short(_ cells: [CCell]) -> String {
    let nodes = cells.filter(\.isNode).map(\.value)
    let products = cells.filter { !$0.isNode }.map { $0.value - network.network.nodeCount }
    var parts: [String] = []
    if !nodes.isEmpty {
      parts.append((nodes.count == 1 ? "node " : "nodes ") + CText.ranges(nodes))
    }
    if let only = products.first, products.count == 1 {
      let product = network.factored.products[only]
      parts.append("gate product y\(product.gater.value) * y\(product.source.value)")
    } else if !products.isEmpty {
      parts.append("gate products " + CText.ranges(products))
    }
    return parts.joined(separator: ", ")
  }

  /// The same with lines and function.
  func describe(_ cells: [CCell]) -> String {
    let lines = cells.filter(\.isNode).compactMap { network.network.nodes[$0.value].line }
    var text = short(cells)
    if !lines.isEmpty {
      text += (lines.count == 1 ? " (line " : " (lines ") + CText.ranges(lines) + ")"
    }
    if let first = cells.first, first.isNode { text += ": \(first.function.name)" }
    return text
  }
}
