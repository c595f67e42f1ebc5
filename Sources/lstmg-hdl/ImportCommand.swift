import ArgumentParser
import Compilation
import DataSets
import Diagnostics
import Importing
import NetSpec

extension ImportFormat: ExpressibleByArgument {}

/// Turns a network that another program has trained into a netSpec.
struct ImportCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn a network trained elsewhere into a netSpec.",
    discussion: """
      Prints what was found in the file: layers, shapes, order of gates, functions. What the file \
      leaves open or an LSTM-g network cannot express is refused, never guessed. --check runs the \
      network over recorded inputs and holds it against the outputs that the other program gave; if \
      they differ, nothing is written.

      INPUTS and OUTPUTS are CSV as for 'simulate', or arrays of numpy (.npy): inputs of shape \
      [steps, values] or [sequences, steps, values]; outputs likewise, or one row for each sequence, \
      which its last step is held against.

      EXAMPLES
        lstmg-hdl import model.safetensors -o model.spec
        lstmg-hdl import model.safetensors -o model.spec --check inputs.npy outputs.npy
        lstmg-hdl import model.safetensors --layers fc1:relu,lstm,fc2 --json
        lstmg-hdl import weights.dat --format dll --sizes 28,100,10 -o model.spec
      """)

  @Argument(
    help: "The file of the other program; .gz is unpacked.", completion: .file())
  var file: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "netSpec to write; '-' is standard output. Without it the report is all.", valueName: "spec"),
    completion: .file())
  var output: String?

  @Option(help: "Format of the file; default: its name or content decides.")
  var format: ImportFormat?

  @Option(
    help: ArgumentHelp(
      "Layers to take, in their order, where the file leaves a choice; a dense one with its function"
        + " where it has one, '.' for tensors without a prefix.",
      valueName: "name[:function],..."))
  var layers: String?

  @Option(
    help: ArgumentHelp(
      "Sizes of a network of DLL, whose file does not tell them.",
      valueName: "inputs,units,outputs"),
    transform: OptionValues.sizes)
  var sizes: NetworkSizes?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Recorded inputs and the outputs that belong to them.", valueName: "inputs> <outputs"),
    completion: .file())
  var check: [String] = []

  @Option(
    help: ArgumentHelp(
      "Largest error that passes before quantisation (default: 0.0001 of the largest output, or of 1"
        + " if that is less).", valueName: "t"),
    transform: OptionValues.tolerance)
  var tolerance: Double?

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard check.isEmpty || check.count == 2 else {
      throw ValidationError(
        "--check takes two files, inputs and outputs; the file to import stands before it.")
    }
    if tolerance != nil, check.isEmpty { throw ValidationError("--tolerance needs --check.") }
    if json, output == SpecLoader.standardInput {
      throw ValidationError("Only one of --json and -o - can have standard output.")
    }
  }

  func execute() async throws {
    let console = common.console
    try OutputPaths(outputs: [output], inputs: [file] + check).check()
    console.progress("reading \(file)")
    var importer = Importer()
    importer.format = format
    importer.layers = layers?.split(separator: ",", omittingEmptySubsequences: false)
      .map { LayerChoice(String($0)) }
    importer.sizes = sizes
    let imported = try importer.read(try FileReader().read(file), file: file)
    var report = ImportReport(imported, file: file, output: output)
    if check.count == 2 {
      console.progress("running the network")
      report.check = try ImportCheck(
        imported.network, inputs: check[0], expected: check[1], tolerance: tolerance)
    }
    let passes = report.check?.passes ?? true
    let toStandardOutput = output == SpecLoader.standardInput
    if passes, let output {
      console.progress("writing \(output)")
      let text = NetSpecPrinter().text(imported.network, dialect: .seed)
      if toStandardOutput {
        try console.print(text)
      } else {
        try AtomicFileWriter().write(text, to: output)
      }
    }
    if toStandardOutput {
      console.note(report.text)
    } else {
      try console.print(json ? report.json : report.text)
    }
    if let check = report.check, !passes { throw Diagnostic.checkFailed(check, output) }
  }
}

extension Diagnostic {
  fileprivate static func checkFailed(_ check: ImportCheck, _ output: String?) -> Diagnostic {
    let place = check.imported.worst.map {
      "; the largest error is at sequence \($0.sequence + 1), step \($0.step + 1),"
        + " output \($0.output)"
    }
    return Diagnostic(
      id: "import-check",
      "the imported network gives other outputs than were recorded: largest error"
        + " \(Readable.error(check.imported.largest)), tolerance"
        + " \(Readable.error(check.tolerance))\(place ?? "")",
      notes: output.map { [Note("\($0) has not been written")] } ?? [],
      hint: "see that inputs are scaled as in training, and that outputs were recorded where the"
        + " imported network ends, before softmax",
      exitCode: .checkFailed)
  }
}
