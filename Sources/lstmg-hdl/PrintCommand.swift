import ArgumentParser
import DataSets
import Diagnostics
import NetSpec

/// Prints a netSpec's canonical text.
struct PrintCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "print",
    abstract: "Print a netSpec in its canonical form.",
    discussion: """
      An automatic netSpec becomes the manual one that it stands for, its weights drawn with a seed \
      or read from a file. The text reads back to the same network, bit for bit.

      EXAMPLES
        lstmg-hdl print auto.spec --seed 7 -o net.spec
        lstmg-hdl print net.csv
      """)

  @Argument(help: "The netSpec; .gz is unpacked, '-' is standard input.", completion: .file())
  var spec: String

  @OptionGroup var reading: SpecOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write; default: standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var common: CommonOptions

  func execute() async throws {
    let console = common.console
    try OutputPaths(outputs: [output], inputs: [spec]).check()
    let document = try reading.load(spec, asText: true, console)
    let text = NetSpecPrinter().text(
      document.network, dialect: document.dialect, carriesStates: document.carriesStates)
    console.clearProgress()
    if let output {
      try AtomicFileWriter().write(text, to: output)
    } else {
      try console.print(text)
    }
  }
}
