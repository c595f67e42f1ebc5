import ArgumentParser
import Assets
import Boards
import Compilation
import Diagnostics
import Toolchain

/// Looks for tools and rights.
struct DoctorCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the tools, the cable's rights and the ports, and say what to do.",
    discussion: """
      Native tools come first, then those of PyPI: in PATH, or in an environment of the program's own, \
      which --install makes in the cache. With a board, only what that one needs is looked for, and a \
      tool that it misses is status 69; without one, only simulators and compilers have to be there.

      EXAMPLES
        lstmg-hdl doctor
        lstmg-hdl doctor --board ulx3s-25f
        lstmg-hdl doctor --install
      """)

  @Option(
    help: ArgumentHelp("Look for what this board needs.", valueName: "name|file"))
  var board: String?

  @Flag(help: "Install the tools of PyPI into an environment of the program's own.")
  var install = false

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func execute() async throws {
    let console = common.console
    let assets = AssetLocator()
    let environment = try ToolEnvironment(assets: assets)
    let library = BoardLibrary.known(assets)
    let board = try board.map(library.board)
    let boards = try library.all()
    if install { try await installTools(environment, console) }
    console.progress("asking the tools for their versions")
    let sections = await Checkup(environment, board: board, known: boards).sections()
    let wanted = board == nil ? sections.prefix(1) : sections[...]
    let missing = wanted.flatMap(\.findings).filter { $0.state == .missing }
    try console.print(
      json
        ? JSONText.object(
          Body(
            good: missing.isEmpty, sections: sections, environment: environment.python.folder,
            environmentComplete: environment.python.isComplete))
        : text(sections, environment.python))
    guard missing.isEmpty else { throw Diagnostic.missing(missing.map(\.name)) }
  }

  private func installTools(_ environment: ToolEnvironment, _ console: Console) async throws {
    guard !environment.python.isComplete else { return }
    console.show([.installing(environment.python)])
    let runner = JobRunner(locator: environment.locator)
    try await ProgressTicker(console).run { progress in
      progress("installing from PyPI")
      try await environment.python.install(runner)
    }
  }

  private struct Body: Encodable {
    let schema = Manifest.schema
    let command = "doctor"
    let good: Bool
    let sections: [Checkup.Section]
    let environment: String
    let environmentComplete: Bool
  }

  private func text(_ sections: [Checkup.Section], _ environment: PythonEnvironment) -> String {
    var parts = sections.map { section in
      var table = TextTable()
      for finding in section.findings {
        let mark =
          switch finding.state {
          case .good: "ok     "
          case .missing: "MISSING"
          case .note: "note   "
          }
        table.add("  \(mark) \(finding.name)", finding.text)
        if let remedy = finding.remedy { table.add("", "-> \(remedy)") }
      }
      return section.title + "\n" + table.text
    }
    parts.append(
      "tools of PyPI\n  "
        + (environment.isComplete
          ? "in \(environment.folder)" : "not installed: lstmg-hdl doctor --install"))
    return parts.joined(separator: "\n\n")
  }
}

extension Diagnostic {
  fileprivate static func missing(_ names: [String]) -> Diagnostic {
    Diagnostic(
      id: "missing-tool", "missing: \(names.joined(separator: ", "))",
      hint: "the lines behind '->' install them", exitCode: .toolMissing)
  }

  fileprivate static func installing(_ environment: PythonEnvironment) -> Diagnostic {
    Diagnostic(
      .note, id: "installing",
      "installing from PyPI into \(environment.folder): \(environment.packages.joined(separator: ", "))"
    )
  }
}
