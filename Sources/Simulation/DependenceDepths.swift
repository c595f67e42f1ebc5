import Lowering

/// How many values of the same step stand before each sum and each cell, one behind the other.
struct DependenceDepths {
  private(set) var ofSums: [Int]
  private(set) var ofCells: [Int] = []
  /// Levels in all.
  private(set) var count = 0

  init(_ network: QuantisedNetwork) {
    ofSums = [Int](repeating: 0, count: network.sums.count)
    var ofValues = [Int](repeating: 0, count: network.initialValues.count)
    for cell in network.cells {
      var depth = 0
      func read(_ operand: Operand) {
        if operand.age == .current { depth = max(depth, ofValues[operand.value]) }
      }
      for addend in network.allAddends(of: cell) {
        addend.gater.map(read)
        switch addend.input {
        case .value(let operand): read(operand)
        case .sum(let sum):
          let before = depth
          depth = 0
          for term in network.terms[network.sums[sum].terms] { read(term.source) }
          ofSums[sum] = depth
          depth = max(depth, before)
        case .state, .nothing: break
        }
      }
      ofCells.append(depth)
      // Inputs, and constants that no cell makes, are there before the first level.
      ofValues[cell.value] = depth + 1
      count = max(count, depth + 1)
    }
  }

  /// Cells by level, in their order.
  var cells: [[Int]] {
    var levels = [[Int]](repeating: [], count: count)
    for (cell, depth) in ofCells.enumerated() { levels[depth].append(cell) }
    return levels
  }
}

extension QuantisedNetwork {
  /// The addends of a cell's sum, and its argument bias if it has one.
  func allAddends(of cell: Cell) -> [Addend] {
    cell.addends.map { addends[$0] } + [cell.argumentBias].compactMap(\.self)
  }
}
