import Lowering

/// Cells that can be summed together: none reads what another of the same level makes.
///
/// One array of values serves both steps, as in the semantics: a value of the previous step is
/// there until its cell writes it. So a reader of the previous value comes no later than that cell;
/// all sums of a level are formed before any of its values is written.
struct CLevels {
  /// Indices of cells by level; inside a level in the network's order.
  let levels: [[Int]]

  init(_ cells: [CCell]) {
    var cellOfValue: [ValueID: Int] = [:]
    for (index, cell) in cells.enumerated() { cellOfValue[cell.value] = index }
    var level = [Int](repeating: 0, count: cells.count)
    // The network's order already obeys both rules, so one pass finds the longest paths.
    for (index, cell) in cells.enumerated() {
      for read in cell.reads where read.age == .current {
        guard let made = cellOfValue[read.value] else { continue }
        precondition(made < index, "a value is read before it is made")
        level[index] = max(level[index], level[made] + 1)
      }
      for read in cell.reads where read.age == .previous {
        guard let made = cellOfValue[read.value] else { continue }
        precondition(made >= index, "a value of the previous step is read too late")
        level[made] = max(level[made], level[index])
      }
    }
    var levels = [[Int]](repeating: [], count: (level.max() ?? -1) + 1)
    for index in cells.indices { levels[level[index]].append(index) }
    self.levels = levels
  }
}
