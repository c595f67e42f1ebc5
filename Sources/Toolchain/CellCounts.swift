import Diagnostics
import Foundation

/// How many cells of each type a synthesised design has, all modules together.
public struct CellCounts: Hashable, Sendable {
  public let byType: [String: Int]

  /// All cells.
  public var total: Int { byType.values.reduce(0, +) }

  /// Cells of one type; none if the design has no such cell.
  public subscript(type: String) -> Int { byType[type, default: 0] }

  /// Reads what the last `stat -json` of yosys prints, whatever some versions print behind it. (Its
  /// `tee` takes no name with a blank.)
  init(log: String) throws(Diagnostic) {
    var json = log.range(of: "\n{\n", options: .backwards).map { log[$0.lowerBound...] } ?? ""
    if let end = json.range(of: "\n}\n") { json = json[..<end.upperBound] }
    do {
      byType = try JSONDecoder().decode(Report.self, from: Data(json.utf8)).design.num_cells_by_type
    } catch {
      throw Diagnostic(
        id: "tool-failed", "the cell counts of yosys cannot be read: \(error)",
        exitCode: .checkFailed)
    }
  }

  private struct Report: Decodable {
    let design: Design

    struct Design: Decodable {
      // swift-format-ignore: AlwaysUseLowerCamelCase
      let num_cells_by_type: [String: Int]
    }
  }
}
