import ArgumentParser
import Assets
import Compilation
import Diagnostics
import Emission
import NetSpec
import Toolchain

/// Takes a network to the bitstream of a board.
struct BuildCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make the bitstream of a board, with open tools.",
    discussion: """
      Generates the core with a serial link for the board, synthesises it with yosys, places and routes \
      it with nextpnr, sets the PLL to the fastest clock that closes, and packs the bitstream. The \
      output folder is that of 'generate', with 'bitstream' in it, written whole or not at all. Native \
      tools come first, then those of PyPI; a missing one is told with the line that installs it.

      EXAMPLES
        lstmg-hdl build xor.spec --num-outputs 1 --board icebreaker -o xor
        lstmg-hdl build xor --board ulx3s-25f --seeds 8
        lstmg-hdl build lstm.spec --num-outputs 10 --board ulx3s-85f --lanes 16 -o lstm --json
        lstmg-hdl build retrained.spec --reuse xor
      """)

  @Argument(
    help: "A netSpec, or a folder that 'generate' or 'build' has written.", completion: .file())
  var subject: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder to write; default: the one that is built.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp("Places and routes with seeds 1 to n, keeps the fastest.", valueName: "n"))
  var seeds: Int?

  @Option(
    help: ArgumentHelp(
      "Clock rate of the core; default: the fastest that place and route reaches.",
      valueName: "mhz"),
    transform: OptionValues.megahertz)
  var clockMhz: Double?

  @Option(
    help: ArgumentHelp(
      "Folder that 'build' has written: the netSpec, a retrained network of the same shape, goes into its"
        + " bitstream without synthesis and place and route. The folder is replaced unless -o names another.",
      valueName: "dir"),
    completion: .directory)
  var reuse: String?

  @OptionGroup(title: "Reading a netSpec") var reading: SpecOptions
  @OptionGroup(title: "Compiling a netSpec") var designing: DesignOptions

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...100).contains(seeds ?? 1) else {
      throw ValidationError("--seeds takes 1 to 100.")
    }
    if reuse != nil, !designing.isEmpty || seeds != nil || clockMhz != nil {
      throw ValidationError(
        "--reuse takes board, clock and everything else from its folder: leave other options out.")
    }
  }

  func execute() async throws {
    let console = common.console
    let assets = AssetLocator()
    let runner = JobRunner(locator: try ToolEnvironment(assets: assets).locator)
    if let reuse { return try await refill(reuse, assets, runner, console) }
    let (compiled, folder) = try compile(console)
    guard compiled.board != nil else { throw Diagnostic.noBoard }
    try ArtefactWriter().check(folder)
    let ticker = ProgressTicker(console)
    let result = try await ticker.run { progress in
      try await ToolCache().withWorkFolder("build") { work in
        try await BoardBuild(
          compiled, seeds: seeds ?? 1, clockMHz: clockMhz, assets: assets, runner: runner,
          progress: progress
        ).run(in: work)
      }
    }
    try write(compiled, result, to: folder, console)
  }

  private func write(
    _ compiled: CompiledDesign, _ result: BoardBuild.Result, to folder: String, _ console: Console
  ) throws {
    try Task.checkCancellation()
    console.progress("writing \(folder)")
    try ArtefactWriter().write(result.artefacts, to: folder)
    let report = BuildReport(compiled: compiled, result: result, folder: folder, reused: reuse)
    try console.print(json ? report.json : report.text)
  }

  /// Puts the network into the bitstream of a folder.
  private func refill(
    _ folder: String, _ assets: AssetLocator, _ runner: JobRunner, _ console: Console
  ) async throws {
    guard !SimulationSubject.isFolder(subject) else { throw Diagnostic.twoFolders }
    let reuse = try BitstreamReuse(folder: folder)
    let document = try retrained(for: reuse, console)
    console.progress("compiling")
    let compiled = try reuse.compiled(
      document, source: SpecLoader.sourceName(of: subject), progress: console.progress)
    try ArtefactWriter().check(output ?? folder)
    let result = try await ToolCache().withWorkFolder("build") { work in
      try await reuse.run(compiled, in: work, assets: assets, runner: runner)
    }
    try write(compiled, result, to: output ?? folder, console)
  }

  /// The netSpec read with the counts of the folder; a failure may come from other ones.
  private func retrained(
    for reuse: BitstreamReuse, _ console: Console
  ) throws(DiagnosticList) -> NetSpecDocument {
    let design = reuse.manifest.design
    do throws(DiagnosticList) {
      return try reading.load(
        subject, inputs: design.inputs, outputs: design.outputs, console)
    } catch {
      let other = try? reading.load(subject, outputs: design.outputs, console)
      guard let network = other?.network,
        network.inputCount != design.inputs
      else { throw error }
      throw DiagnosticList([.otherInputs(network.inputCount, design.inputs, reuse.folder)])
    }
  }

  /// The design, and the folder to write.
  private func compile(_ console: Console) throws -> (CompiledDesign, String) {
    guard SimulationSubject.isFolder(subject) else {
      let document = try reading.load(subject, console)
      guard let output else { throw Diagnostic.missingFolder }
      let options = try designing.compilerOptions(for: document, console)
      guard options.board != nil else { throw Diagnostic.noBoard }
      console.progress("compiling")
      let compiled = try CompiledDesign(
        document, name: designing.networkName(subject, console),
        source: SpecLoader.sourceName(of: subject), options: options, progress: console.progress)
      return (compiled, output)
    }
    guard reading.isEmpty, designing.isEmptyButForBoard else { throw Diagnostic.optionsOfFolder }
    let subject = try SimulationSubject(folder: subject)
    var options = subject.options
    try designing.setBoard(&options)
    console.progress("compiling")
    let compiled = try CompiledDesign(
      subject.document, name: subject.name, source: subject.source, options: options,
      progress: console.progress)
    return (compiled, output ?? self.subject)
  }
}

extension Diagnostic {
  fileprivate static var missingFolder: Diagnostic {
    Diagnostic(
      id: "missing-option", "no folder is given for the output", hint: "add -o DIR",
      exitCode: .usage)
  }

  fileprivate static var twoFolders: Diagnostic {
    Diagnostic(
      id: "usage", "--reuse takes a netSpec into the bitstream of its folder, not another folder",
      hint: "name the netSpec of the retrained network", exitCode: .usage)
  }

  fileprivate static func otherInputs(
    _ count: Int, _ wanted: Int, _ folder: String
  ) -> Diagnostic {
    Diagnostic(
      id: "other-design",
      "the network has \(Readable.count(count, "input")), and the bitstream's \(wanted): a full build is"
        + " needed",
      at: SourceLocation(file: folder), hint: "build again without --reuse",
      exitCode: .checkFailed)
  }

  fileprivate static var noBoard: Diagnostic {
    Diagnostic(
      id: "missing-option", "no board is given",
      hint: "add --board NAME; 'lstmg-hdl boards' lists them", exitCode: .usage)
  }

  fileprivate static var optionsOfFolder: Diagnostic {
    Diagnostic(
      id: "usage", "a generated folder brings its own options; only --board can be given",
      hint: "leave the other options out, or name the netSpec", exitCode: .usage)
  }
}
