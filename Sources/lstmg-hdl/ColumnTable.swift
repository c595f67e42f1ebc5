/// Rows of cells in aligned columns: the first one flush left, all others flush right.
struct ColumnTable {
  let head: [String]
  private var rows: [[String]] = []

  init(_ head: [String]) { self.head = head }

  /// Adds a row of as many cells as there are columns.
  mutating func add(_ row: [String]) {
    precondition(row.count == head.count, "a row has a cell for every column")
    rows.append(row)
  }

  /// For a terminal.
  var text: String {
    ([head] + rows).map { row in aligned(row).joined(separator: "  ") }.joined(separator: "\n")
  }

  /// For a document.
  var markdown: String {
    let rule = head.indices.map { column in
      column == 0
        ? String(repeating: "-", count: widths[0])
        : String(repeating: "-", count: widths[column] - 1) + ":"
    }
    let lines = [aligned(head), rule] + rows.map(aligned)
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private var widths: [Int] {
    head.indices.map { column in ([head] + rows).reduce(2) { max($0, $1[column].count) } }
  }

  private func aligned(_ row: [String]) -> [String] {
    zip(row, widths).enumerated().map { column, cell in
      let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
      return column == 0 ? cell.0 + blanks : blanks + cell.0
    }
  }
}
