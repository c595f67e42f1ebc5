import Assets
import Diagnostics

/// Writes the FuseSoC core description (CAPI 2) of a generated folder.
public struct FuseSoCEmitter: Sendable {
  /// How a flow of Edalize makes the bitstream of a board.
  public struct BoardTarget: Sendable {
    /// Name of the target, top module, and file with pins and clocks.
    let name: String
    let top: String
    let constraints: String
    /// Its type, and the flow.
    let fileType: String
    let flow: String
    let options: [(key: String, value: String)]

    public init(
      name: String, top: String, constraints: String, fileType: String, flow: String,
      options: [(key: String, value: String)]
    ) {
      self.name = name
      self.top = top
      self.constraints = constraints
      self.fileType = fileType
      self.flow = flow
      self.options = options
    }
  }

  private let name: Identifier
  private let provenance: Provenance
  private let assets: AssetLocator

  public init(name: Identifier, provenance: Provenance, assets: AssetLocator) {
    self.name = name
    self.provenance = provenance
    self.assets = assets
  }

  /// The file `NAME.core` for all other files of a folder, by their paths; `macros` are those of the testbench.
  public func emit(
    paths: [String], macros: [String], board: BoardTarget?
  ) throws(DiagnosticList) -> Artefact {
    func files(_ folder: String, _ ending: String) -> [String] {
      paths.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(ending) }.sorted()
    }
    // Tools find these by their bare names, in the folder they run in.
    let bench =
      files("sim", ".v").filter { $0.split(separator: "/").count == 2 }
      .map { "\($0): {file_type: verilogSource}" }
      + ["stimulus.txt", "expected.txt", "compare.awk"].map { "sim/\($0): {copyto: \($0)}" }
      + files(FlashImage.folder, ".bin").map(copied)
    let loads = !files(FlashImage.folder, ".bin").isEmpty
    let text = try StrictTemplate("fusesoc.core", assets: assets).render([
      "banner": provenance.banner(prefix: "# ").joined(separator: "\n"),
      "name": name.text, "version": provenance.version,
      "sources": items(files("rtl", ".v")),
      "memories": items(files("rtl", ".memh").map(copied)),
      "cells": files("sim/cells", ".v").joined(separator: ", "), "bench": items(bench),
      "macros": macros.joined(separator: ", "),
      "parameters": (["stimulus", "result"] + (loads ? ["flash"] : [])).joined(separator: ", "),
      "flash": loads ? flash : "", "boardFiles": board.map { boardFiles($0, files) } ?? "",
      "boardTarget": board.map(target) ?? "",
    ])
    return Artefact(path: "\(name).core", text: text.replacingBlankRuns())
  }

  private var flash: String {
    """
      flash:
        datatype: str
        default: \(fileName(FlashImage.path(name)))
        description: Image of the weights
        paramtype: plusarg
    """
  }

  private func boardFiles(
    _ board: BoardTarget, _ files: (String, String) -> [String]
  ) -> String {
    """
      board:
        file_type: verilogSource
        files:
    \(items(files(BoardEmitter.folder, ".v")))
          - \(BoardEmitter.folder)/\(board.constraints): {file_type: \(board.fileType)}
    """
  }

  private func target(_ board: BoardTarget) -> String {
    """
      \(board.name):
        filesets: [rtl, memories, board]
        toplevel: \(board.top)
        flow: \(board.flow)
        flow_options:
    \(board.options.map { "      \($0.key): \($0.value)" }.joined(separator: "\n"))
    """
  }

  private func items(_ lines: [String]) -> String {
    lines.map { "      - \($0)" }.joined(separator: "\n")
  }

  private func copied(_ path: String) -> String { "\(path): {copyto: \(fileName(path))}" }

  private func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension String {
  /// Parts that are left out leave no blank lines behind.
  fileprivate func replacingBlankRuns() -> String {
    var lines: [Substring] = []
    for line in split(separator: "\n", omittingEmptySubsequences: false)
    where !line.isEmpty || lines.last?.isEmpty == false {
      lines.append(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}
