import ArgumentParser
import Assets
import Compilation
import DataSets
import Diagnostics
import HostLink
import Toolchain

/// Talks to a board that runs a network.
struct TalkCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "talk",
    abstract: "Stream data through a board and check every word against the model.",
    discussion: """
      The board has to hold the network of DIR, which 'generate --board' or 'build' has written; \
      it says so itself, by its hash. Without data it is only asked who it is. Outputs, states and the \
      core's latency in cycles are compared with the fixed-point model and the schedule; a sequence in \
      which the line loses a frame is begun again. Port 'sim' is the board's top module, UART included, \
      in Verilator.

      EXAMPLES
        lstmg-hdl talk xor --port /dev/ttyUSB1
        lstmg-hdl talk xor --port /dev/ttyUSB1 --data inputs.csv
        lstmg-hdl talk xor --port sim --data inputs.csv --labels labels.csv --json
      """)

  @Argument(
    help: "A folder that 'generate --board' or 'build' has written.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("Serial port of the board, or 'sim'.", valueName: "port|sim"),
    completion: .file())
  var port: String?

  @Option(
    help: ArgumentHelp("Inputs to stream, as for 'simulate'.", valueName: "data"),
    completion: .file())
  var data: String?

  @OptionGroup(title: "Checks") var checks: CheckOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File for the outputs, in the shape of the data.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard data != nil || (output == nil && checks.labels == nil && checks.expect == nil) else {
      throw ValidationError("There is nothing to check or to write without --data.")
    }
  }

  func execute() async throws {
    let console = common.console
    guard let port else { throw Diagnostic.missingPort }
    try OutputPaths(outputs: [output], inputs: [data, checks.labels, checks.expect]).check()
    let assets = AssetLocator()
    var talk = try BoardTalk(
      folder: folder, assets: assets,
      jobs: JobRunner(locator: try ToolEnvironment(assets: assets).locator),
      progress: { console.progress($0) }, warn: { console.show([$0]) })
    talk.steps = { done, all in
      console.tick(
        "talking to the board: \(Readable.count(done)) of \(Readable.count(all, "step"))")
    }
    let input = try data.map(talk.input)
    let references = try input.map { try checks.load(outputCount: talk.outputCount, $0) }
    let result = try await talk.run(at: port == "sim" ? .simulated : .port(port), input)
    if let output, let outputs = result.run?.outputs {
      try AtomicFileWriter().write(DataSetWriter().write(outputs), to: output)
    }
    var report = TalkReport(result: result, port: port, checks: nil)
    if let input, let references, let run = result.run {
      report = TalkReport(
        result: result, port: port,
        checks: DataReport(
          subject: "the board", isModel: false, isFloat: false, input: input, run: run,
          verdict: references.verdict(on: run.outputs)))
    }
    try console.print(json ? report.json : report.text)
    let failures = report.failures
    guard failures.isEmpty else { throw DiagnosticList(failures) }
  }
}

extension Diagnostic {
  fileprivate static var missingPort: Diagnostic {
    let ports = SerialPort.candidates()
    return Diagnostic(
      id: "missing-option", "no port is given",
      hint: ports.isEmpty
        ? "add --port PORT, or --port sim for the simulated board; no serial port over USB is here"
        : "add --port \(ports.joined(separator: " or --port ")), or --port sim",
      exitCode: .usage)
  }
}
