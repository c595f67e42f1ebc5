import ArgumentParser
import Assets
import Compilation
import DataSets
import Diagnostics
import Toolchain
import Verification

extension EngineName: ExpressibleByArgument {}
extension Judge: ExpressibleByArgument {}
extension NetlistBuild.Family: ExpressibleByArgument {}

/// Runs a network over data and checks what comes out.
struct SimulateCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Run a network over data; compare hardware, C, fixed-point model and float.",
    discussion: """
      DATA is CSV: a time step a row, one number for each input that is not constant; a blank line \
      starts a new sequence, where the state is reset; '-' is a step without inputs; '#' begins a \
      comment. Engines: verilator and icarus run the generated Verilog, c the generated header, \
      model the fixed-point integers that all of these must equal, float the equations in double \
      precision, which every error is measured against.

      EXAMPLES
        lstmg-hdl simulate xor --data inputs.csv
        lstmg-hdl simulate xor --data inputs.csv --labels labels.csv --json
        lstmg-hdl simulate net.csv --data inputs.csv --engine float -o out.csv
        lstmg-hdl simulate xor --data inputs.csv --engine icarus --wave xor.vcd
      """)

  @Argument(
    help: "A netSpec, or a folder that 'generate' has written.", completion: .file())
  var subject: String

  @Option(
    help: ArgumentHelp("Inputs to run on; .gz is unpacked.", valueName: "data"),
    completion: .file())
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Run only so many sequences, the first ones of every file.", valueName: "n"),
    transform: OptionValues.count)
  var sequences: Int?

  @Option(help: "What runs the network.")
  var engine = EngineName.verilator

  @Option(
    help: ArgumentHelp(
      "Synthesise with yosys and run the netlist; engine icarus.", valueName: "family"))
  var netlist: NetlistBuild.Family?

  @OptionGroup(title: "Checks") var checks: CheckOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File for the outputs, in the shape of the data.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "File for the states of all nodes; engines model and float.", valueName: "file"),
    completion: .file())
  var states: String?

  @Option(
    help: ArgumentHelp(
      "File for the waveform, .fst or .vcd; engines verilator and icarus.", valueName: "file"),
    completion: .file())
  var wave: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Processes of the simulator at once, which share the sequences; default: one a processor.",
      valueName: "n"),
    transform: OptionValues.jobs)
  var jobs: Int?

  @OptionGroup(title: "Reading a netSpec") var reading: SpecOptions
  @OptionGroup(title: "Compiling a netSpec") var designing: DesignOptions

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if states != nil, engine != .model, engine != .float {
      throw ValidationError("--states needs --engine model or float.")
    }
    if netlist != nil, engine != .icarus {
      throw ValidationError("--netlist needs --engine icarus.")
    }
    if let wave {
      guard engine == .verilator || engine == .icarus else {
        throw ValidationError("--wave needs --engine verilator or icarus.")
      }
      guard wave.hasSuffix(".fst") || wave.hasSuffix(".vcd") else {
        throw ValidationError("The name of a waveform ends in .fst or .vcd: '\(wave)'.")
      }
    }
  }

  func execute() async throws {
    let console = common.console
    try OutputPaths(
      outputs: [output, states, wave], inputs: [subject, data, checks.labels, checks.expect]
    ).check()
    let subject = try loadSubject(console)
    guard let data else { throw Diagnostic.missingData }
    if let netlist, let cells = subject.options.target.cells, cells != netlist.rawValue {
      throw Diagnostic.otherFamily(netlist, subject.options.target)
    }
    let input = try InputData(
      data, for: subject.document.network, constantInputs: subject.options.constantInputs,
      sequences: sequences)
    let references = try checks.load(outputCount: subject.document.network.outputCount, input)
    var runner = EngineRunner(subject, assets: AssetLocator())
    runner.wave = wave
    runner.netlist = netlist
    runner.keepsStates = states != nil
    if let jobs { runner.jobs = jobs }
    runner.progress = { console.progress($0) }
    runner.warn = { console.show([$0]) }
    let run = try await runner.run(engine, input)
    if let output, let outputs = run.outputs { try write(outputs, to: output) }
    if let states, let values = run.states { try write(values, to: states) }
    let report = SimulateReport(
      engine: engine, input: input, run: run, verdict: references.verdict(on: run.outputs))
    try console.print(json ? report.json : report.text)
    let failures = report.failures
    guard failures.isEmpty else { throw DiagnosticList(failures) }
  }

  private func loadSubject(_ console: Console) throws -> SimulationSubject {
    guard !SimulationSubject.isFolder(subject) else {
      guard reading.isEmpty, designing.isEmpty else { throw Diagnostic.optionsOfFolder(subject) }
      return try SimulationSubject(folder: subject)
    }
    let document = try reading.load(subject, console)
    return SimulationSubject(
      document, name: designing.networkName(subject, console),
      source: SpecLoader.sourceName(of: subject),
      options: try designing.compilerOptions(for: document, console))
  }

  private func write(_ values: DataSet, to path: String) throws(Diagnostic) {
    try AtomicFileWriter().write(DataSetWriter().write(values), to: path)
  }
}

extension Diagnostic {
  fileprivate static func otherFamily(
    _ netlist: NetlistBuild.Family, _ target: TargetFamily
  ) -> Diagnostic {
    Diagnostic(
      id: "other-family",
      "the core is made of cells of \(target.rawValue), which \(netlist.rawValue) does not have",
      hint: "add --target \(netlist.rawValue), or leave --netlist out", exitCode: .usage)
  }

  fileprivate static var missingData: Diagnostic {
    Diagnostic(
      id: "missing-option", "no data is given to run on", hint: "add --data DATA",
      exitCode: .usage)
  }

  fileprivate static func optionsOfFolder(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "fixed-options",
      "a generated folder carries its own options; those of a netSpec do not apply to it",
      at: SourceLocation(file: folder), hint: "leave them out, or name the netSpec instead",
      exitCode: .usage)
  }
}
