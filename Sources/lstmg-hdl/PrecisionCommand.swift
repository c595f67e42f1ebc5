import ArgumentParser
import Compilation
import Diagnostics
import Verification

/// Shows what widths do to results and to hardware, and finds the narrowest that keep a goal.
struct PrecisionCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "precision",
    abstract: "Find the narrowest widths that keep an error or an accuracy.",
    discussion: """
      Runs the fixed-point model over data with many widths of weights, activations and states, and \
      prints those that no others beat: error, stored bits, and what hardware of these widths is \
      expected to take. With a goal, the narrowest widths that keep it are looked for; the cheapest is \
      marked and its options are printed. 'generate' takes the same goals and generates at once. A \
      width that is given, such as --activation-bits 8, stays.

      Ranges of inputs, states and linear outputs come from the data. Without data, random inputs from \
      the declared ranges stand for it, and nothing is known about the states of real use.

      'error' is that of the whole run, earlier steps included; 'a step' is what one step can add at \
      most, which is proved for all values in the ranges; 'ratio' is the first over the second; 'sums' \
      are the bits of the accumulators of lanes and node units, which no input can overflow.

      EXAMPLES
        lstmg-hdl precision net.spec --data inputs.csv
        lstmg-hdl precision net.spec --data inputs.csv --max-error 1e-3 --target ecp5
        lstmg-hdl precision net.spec --data inputs.csv --labels labels.csv --max-accuracy-loss 0.1
      """)

  @Argument(help: "A netSpec; .gz is unpacked, '-' is standard input.", completion: .file())
  var spec: String

  @Option(
    help: ArgumentHelp("Inputs to measure on; .gz is unpacked.", valueName: "data"),
    completion: .file())
  var data: String?

  @OptionGroup(title: "Goal") var precision: PrecisionOptions
  @OptionGroup(title: "Reading the netSpec") var reading: SpecOptions
  @OptionGroup(title: "Hardware, and widths that stay") var designing: DesignOptions

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if designing.calibrate != nil {
      throw ValidationError("--data is what formats are fitted to: leave --calibrate out.")
    }
    if data != nil, designing.inputRange != nil {
      throw ValidationError("Ranges come from --data: leave --input-range out.")
    }
    if data == nil, precision.labels != nil {
      throw ValidationError("--labels need --data.")
    }
  }

  func execute() async throws {
    let console = common.console
    let document = try reading.load(spec, console)
    let options = try designing.compilerOptions(for: document, console)
    let summary = try precision.search(document, options, data: data, console)
    try console.print(json ? summary.json(command: "precision") : summary.text(spec: spec))
  }
}
