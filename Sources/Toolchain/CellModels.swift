import Diagnostics
import Foundation

/// The models of a family's cells that come with yosys.
struct CellModels: Sendable {
  let runner: JobRunner

  /// Writes models of all cells to a folder; those in the folders `ours`, one a file, take the place of
  /// those of yosys.
  func write(
    of family: NetlistBuild.Family, inPlaceOfSome ours: [String], to folder: String
  ) async throws(Diagnostic) {
    var names: Set<String> = []
    for path in ours {
      for name in try VerilogFolder(path).sources() {
        try Files.write(try Files.read(path + "/" + name), to: folder + "/" + name)
        names.insert(String(name.dropLast(".v".count)))
      }
    }
    let others = try await text(of: family, without: names)
    try Files.write(Array(others.utf8), to: folder + "/cells.v")
  }

  /// Verilog of all cells with a behaviour but those of the given names. What yosys knows as a black
  /// box is left out too.
  ///
  /// The files are read by yosys itself, because only it knows where it keeps them.
  func text(
    of family: NetlistBuild.Family, without others: Set<String> = []
  ) async throws(Diagnostic) -> String {
    // Ports with values, which one of the families has unless told otherwise, are not Verilog-2005.
    let command = [
      "read_verilog", "-defer", "-overwrite", "-ppdump", "-nosynthesis",
      "-DNO_ICE40_DEFAULT_ASSIGNMENTS",
    ]
    let job = Job(
      .tool(.yosys),
      ["-Q", "-T", "-p", (command + family.synthesis.cellModels).joined(separator: " ")])
    return Self.behaviour(in: Self.dumps(in: try await runner.run(job)), without: others)
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

  /// Drops black boxes and others, and what says nothing of behaviour but is more than a plain
  /// simulator reads: delays and attributes, which stand in lines of their own.
  static func behaviour(in lines: [Substring], without others: Set<String>) -> String {
    var text = ""
    var known = others
    var isDropped = false
    var isSpecification = false
    for line in lines where !line.isEmpty {
      let words = line.split(whereSeparator: { " \t\r;(".contains($0) })
      // Some versions read a file twice.
      if words.first == "module", words.count > 1, !known.insert(String(words[1])).inserted {
        isDropped = true
      }
      switch words.first {
      case "*" where words.last == "*)": isDropped = isDropped || words.contains("blackbox")
      case "specify": isSpecification = true
      case "endspecify": isSpecification = false
      // Of modes that a cell does not have; no simulator of Verilog-2005 reads it.
      case "$error": break
      default: if !isDropped, !isSpecification { text += line + "\n" }
      }
      if words.contains("endmodule") { isDropped = false }
    }
    return text
  }
}
