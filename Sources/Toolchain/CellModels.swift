import Diagnostics
import Foundation

/// The models of a family's cells that come with yosys.
struct CellModels: Sendable {
  let runner: JobRunner

  /// Verilog of all cells with a behaviour. Those that yosys knows as black boxes are left out: their
  /// models come from elsewhere.
  ///
  /// The files are read by yosys itself, because only it knows where it keeps them.
  func text(of family: NetlistBuild.Family) async throws(Diagnostic) -> String {
    // Ports with values, which one of the families has unless told otherwise, are not Verilog-2005.
    let command = ["read_verilog", "-ppdump", "-nosynthesis", "-DNO_ICE40_DEFAULT_ASSIGNMENTS"]
    let job = Job(
      .tool(.yosys),
      ["-Q", "-T", "-p", (command + family.synthesis.cellModels).joined(separator: " ")])
    return Self.behaviour(in: Self.dumps(in: try await runner.run(job)))
  }

  /// The preprocessed files within what yosys prints, without its marks for files.
  static func dumps(in log: String) -> [Substring] {
    var lines: [Substring] = []
    var isInside = false
    for line in log.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- Verilog code after preprocessor --") {
        isInside = true
      } else if line.hasPrefix("-- END OF DUMP --") {
        isInside = false
      } else if isInside, !line.hasPrefix("`file_push"), !line.hasPrefix("`file_pop") {
        lines.append(line)
      }
    }
    return lines
  }

  /// Drops black boxes, and what says nothing of behaviour but is more than a plain simulator reads:
  /// delays and attributes.
  static func behaviour(in lines: [Substring]) -> String {
    var text = ""
    var isBlackBox = false
    var isSpecification = false
    for line in lines where !line.isEmpty {
      let words = line.split(whereSeparator: { " \t;".contains($0) })
      switch words.first {
      case "(*": isBlackBox = isBlackBox || words.contains("blackbox")
      case "specify": isSpecification = true
      case "endspecify": isSpecification = false
      default: if !isBlackBox, !isSpecification { text += line + "\n" }
      }
      if words.first == "endmodule" { isBlackBox = false }
    }
    return text
  }
}
