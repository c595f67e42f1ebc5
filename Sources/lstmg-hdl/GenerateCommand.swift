import ArgumentParser
import Assets
import Compilation
import Diagnostics
import Emission
import NetSpec

extension Stage: ExpressibleByArgument {}

/// Compiles a netSpec to a folder of Verilog, C and what belongs to them.
struct GenerateCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Compile a netSpec to Verilog and a C header.",
    discussion: """
      Writes a folder, whole or not at all: rtl/ (self-contained Verilog and memory images), \
      c/NAME.h, sim/ (plain 'make' runs it), NAME.core for FuseSoC, net.spec and manifest.json; with \
      --board also board/, host/ (clients in C and Python) and a Makefile for the bitstream. The same \
      input gives the same bytes. A folder that an earlier run wrote is replaced.

      EXAMPLES
        lstmg-hdl generate xor.spec --num-outputs 1 --constant-input 2=1 -o xor
        lstmg-hdl generate lstm.spec.gz --num-outputs 10 --target ecp5 -o lstm
        lstmg-hdl generate net.csv --calibrate inputs.csv -o net --json
        lstmg-hdl generate net.csv --calibrate inputs.csv --max-error 1e-3 --target ecp5 -o net
        lstmg-hdl generate net.csv --emit-stage schedule
      """)

  @Argument(help: "The netSpec; .gz is unpacked, '-' is standard input.", completion: .file())
  var spec: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder to write.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @OptionGroup var reading: SpecOptions
  @OptionGroup var designing: DesignOptions
  @OptionGroup(title: "Automatic widths, measured on the data of --calibrate")
  var precision: PrecisionOptions

  @Option(
    help: ArgumentHelp(
      "Also write what makes the core part of a framework, a comma between several: 'litex', a module for"
        + " LiteX; 'cocotb', a test for cocotb.",
      valueName: "litex,cocotb"),
    transform: OptionValues.integrations)
  var with: Set<Integration> = []

  @Option(
    help: ArgumentHelp(
      "Print a stage of the compilation as JSON instead of a report.", valueName: "stage"))
  var emitStage: Stage?

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if json, emitStage != nil {
      throw ValidationError("Give either --json or --emit-stage, not both.")
    }
    if precision.labels != nil, precision.maxAccuracyLoss == nil {
      throw ValidationError("--labels need --max-accuracy-loss.")
    }
    if precision.labels != nil, designing.calibrate == nil {
      throw ValidationError("--labels need the data that they belong to: --calibrate DATA.")
    }
  }

  func execute() async throws {
    let console = common.console
    // A faulty spec is told before a missing option.
    let document = try reading.load(spec, console)
    guard output != nil || emitStage != nil else { throw Diagnostic.missingFolder }
    var options = try designing.compilerOptions(for: document, console)
    var summary: PrecisionSummary?
    if precision.goal != nil {
      summary = try precision.search(document, options, data: designing.calibrate, console)
      options = summary?.result.options ?? options
    }
    if let emitStage {
      console.progress("compiling")
      let pipeline = Pipeline(options, progress: console.progress)
      let value = try pipeline.run(document.network, upTo: emitStage)
      try console.print(StageText(value).json)
    }
    guard let output else { return }
    console.progress("compiling")
    let compiled = try CompiledDesign(
      document, name: designing.networkName(spec, console),
      source: SpecLoader.sourceName(of: spec), options: options,
      progress: console.progress)
    if let shortage = compiled.shortage { console.show([.doesNotFit(shortage, compiled)]) }
    try Task.checkCancellation()
    console.progress("writing \(output)")
    let artefacts = try compiled.artefacts(assets: AssetLocator(), with: with)
    try ArtefactWriter().write(artefacts, to: output)
    guard emitStage == nil else { return console.clearProgress() }
    let report = GenerateReport(
      compiled: compiled, files: artefacts.map(\.path), folder: output)
    if json { return try console.print(report.json) }
    try console.print(report.text + (summary.map { "\n\n" + $0.shortText } ?? ""))
  }
}

extension Diagnostic {
  fileprivate static func doesNotFit(
    _ shortage: String, _ compiled: CompiledDesign
  ) -> Diagnostic {
    let part = compiled.device?.part ?? "the device"
    return Diagnostic(
      .warning, id: "does-not-fit", "the design does not fit \(part): it takes \(shortage)",
      hint: "take fewer lanes or narrower words, or name a larger device with --device")
  }

  fileprivate static var missingFolder: Diagnostic {
    Diagnostic(
      id: "missing-option", "no folder is given for the output", hint: "add -o DIR",
      exitCode: .usage)
  }
}
