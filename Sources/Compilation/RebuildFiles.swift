import Assets
import Boards
import Diagnostics
import Emission
import Toolchain

/// Files that make a board's bitstream without this program: a Makefile, and the script that it runs,
/// which has the commands of `BitstreamFlow`, or commands for Vivado.
struct RebuildFiles {
  /// Seeds that a script tries, one behind the other.
  private static let seeds = 1...4

  let board: BoardDesign
  let name: Identifier
  /// The image of weights for the flash memory, if the core loads them.
  let flashImage: String?
  let provenance: Provenance
  let assets: AssetLocator

  private var top: String { BoardEmitter.top(name) }
  private var banner: String { provenance.banner(prefix: "# ").joined(separator: "\n") }

  /// The tools' jobs; nil where there are no open ones.
  var flow: BitstreamFlow? { BitstreamFlow(board, name: name, folder: ".") }

  /// What FuseSoC is told of the same tools.
  var fuseSoC: FuseSoCEmitter.BoardTarget? {
    flow.map { FuseSoCEmitter.BoardTarget($0, board.board) }
  }

  /// `artefacts` are all others of the folder.
  func artefacts(_ artefacts: [Artefact]) throws(DiagnosticList) -> [Artefact] {
    guard let flow else { return [try tcl(), try makefile()] }
    return [try shell(flow, artefacts), try makefile()]
  }

  private func makefile() throws(DiagnosticList) -> Artefact {
    let loader = BoardLoader(board.board)
    // A variable of make, which quotation marks would hide from it.
    func line(permanent: Bool) -> String {
      let job = loader.bitstreamJob("", permanent: permanent)
      return Job.quoted([job.name] + job.arguments.dropLast()) + " $(FLASHED)"
    }
    return Artefact(
      path: BoardEmitter.makefile,
      text: try StrictTemplate("board.mk", assets: assets).render([
        "banner": banner, "top": top, "bitstream": flow?.bitstream ?? "\(top).bit",
        "build": flow == nil
          ? "vivado -mode batch -nojournal -nolog -source board/build.tcl" : "sh board/build.sh",
        "folder": BoardBuild.folder, "flash": line(permanent: false),
        "permanent": line(permanent: true),
        "weights": flashImage.map { image in
          "\t" + loader.dataJob(image, address: FlashImage.address).commandLine + "\n"
        } ?? "",
      ]))
  }

  private func tcl() throws(DiagnosticList) -> Artefact {
    Artefact(
      path: "\(BoardEmitter.folder)/build.tcl",
      text: try StrictTemplate("build.tcl", assets: assets).render([
        "banner": banner, "title": board.board.title, "part": board.board.part ?? "PART",
        "top": top,
      ]))
  }

  private func shell(
    _ flow: BitstreamFlow, _ artefacts: [Artefact]
  ) throws(DiagnosticList) -> Artefact {
    // Each tool has a variable with its path.
    let variables = Dictionary(
      uniqueKeysWithValues: zip(flow.family.tools, ["yosys", "place", "pack"]))
    func line(_ job: Job) -> String {
      guard case .tool(let tool) = job.program, let variable = variables[tool] else {
        preconditionFailure("a flow runs its tools")
      }
      return "\"$\(variable)\" " + Job.quoted(job.arguments)
    }
    let oldest = try ToolEnvironment.oldest(assets)
    let programs = flow.family.tools.map { tool in
      let names = tool.names.joined(separator: " ")
      let pick =
        oldest.version(of: tool, for: flow.family).map { "pick_from \($0) \(names)" }
        ?? "pick \(names)"
      return "\(variables[tool] ?? "")=$(\(pick))"
    }
    let attempts = Self.seeds.map { seed in
      "if reached \(flow.routed(seed: seed))"
        + " \(line(flow.placementJob(seed: seed, allowsSlowClocks: false))); then\n"
        + "  \(line(flow.packingJob(flow.routed(seed: seed))))\n"
    }
    let sources = Set(
      artefacts.map(\.path).filter {
        $0.hasSuffix(".v") && ($0.hasPrefix("rtl/") || $0.hasPrefix(BoardEmitter.folder + "/"))
      }.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    ).sorted()
    return Artefact(
      path: "\(BoardEmitter.folder)/build.sh",
      text: try StrictTemplate("build.sh", assets: assets).render([
        "banner": banner,
        "programs": programs.joined(separator: "\n"),
        "constraints": ([flow.constraints] + [flow.clockConstraints].compactMap { $0 }).joined(
          separator: " "),
        "script": flow.synthesisScript,
        "synthesis": String(flow.synthesisCommands(sources).dropLast()),
        "synthesise": line(flow.synthesisJob),
        "attempts": String(attempts.joined(separator: "el").dropLast()),
        "bitstream": flow.bitstream,
      ]))
  }
}

extension BitstreamFlow {
  /// The jobs for a board in a folder; nil where no open tools make its bitstream.
  init?(_ board: BoardDesign, name: Identifier, folder: String) {
    guard let family = Family(rawValue: board.family.rawValue) else { return nil }
    self.init(
      family, top: BoardEmitter.top(name), placement: board.board.placement ?? [],
      packing: board.board.packing ?? [], folder: folder, oscillatorMHz: board.board.clock.mhz)
  }
}
