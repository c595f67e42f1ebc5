import Lowering
import Network

/// Where everything lies in the tables of the C code.
///
/// A level is a list of runs; a run is a list of cells of like shape in adjacent value slots, and
/// adds one column after the other: the first addends of all its cells, then the second ones.
struct CLayout {
  enum Input {
    case row, value, state, nothing

    /// The header's name of the constant.
    var name: String {
      switch self {
      case .row: "row_input"
      case .value: "value_input"
      case .state: "state_input"
      case .nothing: "no_input"
      }
    }
  }

  /// Addends of like kind, one for each cell of a run.
  struct Column {
    let input: Input
    let addends: [CCell.Addend]
    /// Weighted sums, in the order of the cells; empty unless `input` is `row`.
    let blocks: [CBlock]
    var isGated: Bool { addends[0].gater != nil }
  }

  struct Run {
    let cells: [CCell]
    let columns: [Column]
    /// The column behind the state, if the cells have an argument bias.
    let argumentBias: Column?
    /// Slot of the first cell's value.
    let firstSlot: Int
    /// Where the first cell's state lies, if the cells keep one.
    let firstState: Int?
    var function: ActivationFunction { cells[0].function }
  }

  /// Runs of each level.
  let levels: [[Run]]
  let slotOfValue: [ValueID: Int]
  /// Values by slot: streamed inputs, then cells by level and run.
  let values: [ValueID]
  /// State slots of the quantised network in the order of the C code.
  let states: [Int]

  init(_ network: QuantisedNetwork) {
    let cells = CCell.cells(of: network)
    var builder = Builder(network)
    let shaped = CLevels(cells).levels.map { Builder.runs($0.map { cells[$0] }) }
    builder.assignSlots(shaped.joined())
    levels = shaped.map { level in level.map { builder.run($0) } }
    slotOfValue = builder.slotOfValue
    values = builder.values
    states = builder.states
  }

  var runs: [Run] { Array(levels.joined()) }
  /// Cells of the widest level.
  var widestLevel: Int { levels.map { $0.reduce(0) { $0 + $1.cells.count } }.max() ?? 1 }
  /// Entries of the longest column, rows filled up to whole blocks; never less than one block.
  var longestColumn: Int {
    runs.flatMap { run in
      run.columns.map { max(run.cells.count, $0.blocks.reduce(0) { $0 + $1.laneCount }) }
    }.reduce(CBlock.lanes, max)
  }

  /// Sources of the longest list that a wide block shares; at least the products that are summed at
  /// a time.
  var longestList: Int {
    runs.flatMap(\.columns).flatMap(\.blocks).filter { $0.laneCount > 1 }
      .reduce(32) { max($0, $1.sources.count) }
  }
}

/// What makes two cells of a level alike.
private struct Shape: Hashable {
  struct Addend: Hashable {
    let input: CLayout.Input
    let isGated: Bool

    init(_ addend: CCell.Addend) {
      isGated = addend.gater != nil
      switch addend.input {
      case .row: input = .row
      case .value: input = .value
      case .state: input = .state
      case .nothing: input = .nothing
      }
    }
  }

  let function: ActivationFunction
  let addends: [Addend]
  let argumentBias: Addend?
  let hasState: Bool

  init(_ cell: CCell) {
    function = cell.function
    addends = cell.addends.map(Addend.init)
    argumentBias = cell.argumentBias.map(Addend.init)
    hasState = cell.stateSlot != nil
  }
}

private struct Builder {
  var slotOfValue: [ValueID: Int] = [:]
  var values: [ValueID] = []
  var states: [Int] = []

  init(_ network: QuantisedNetwork) {
    for input in network.inputs { assign(input) }
  }

  private mutating func assign(_ value: ValueID) {
    slotOfValue[value] = values.count
    values.append(value)
  }

  /// Cells of one level by shape, shapes in order of their first cell.
  static func runs(_ cells: [CCell]) -> [[CCell]] {
    var indexOfShape: [Shape: Int] = [:]
    var runs: [[CCell]] = []
    for cell in cells {
      let shape = Shape(cell)
      if let index = indexOfShape[shape] {
        runs[index].append(cell)
      } else {
        indexOfShape[shape] = runs.count
        runs.append([cell])
      }
    }
    return runs
  }

  mutating func assignSlots(_ runs: some Sequence<[CCell]>) {
    for cell in runs.joined() { assign(cell.value) }
  }

  mutating func run(_ cells: [CCell]) -> CLayout.Run {
    let shape = Shape(cells[0])
    let columns = shape.addends.indices.map { position in
      column(cells.map { $0.addends[position] }, shape.addends[position].input)
    }
    var firstState: Int?
    if shape.hasState {
      firstState = states.count
      states += cells.compactMap(\.stateSlot)
    }
    return CLayout.Run(
      cells: cells, columns: columns,
      argumentBias: shape.argumentBias.map {
        column(cells.compactMap(\.argumentBias), $0.input)
      },
      firstSlot: slotOfValue[cells[0].value] ?? 0, firstState: firstState)
  }

  private func column(_ addends: [CCell.Addend], _ input: CLayout.Input) -> CLayout.Column {
    let rows = addends.compactMap { addend -> [CCell.Term]? in
      if case .row(let terms) = addend.input { terms } else { nil }
    }
    return CLayout.Column(
      input: input, addends: addends, blocks: CRowPacker(slotOfValue).pack(rows))
  }
}
