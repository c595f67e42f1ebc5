import ArgumentParser
import Compilation
import DataSets
import Diagnostics
import Foundation

/// How a report is laid out.
enum ReportStyle: String, CaseIterable, ExpressibleByArgument {
  case text, markdown
}

/// Makes one table of what several runs have printed as JSON.
struct ReportCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make one table of the JSON of several runs.",
    discussion: """
      Takes files with what 'generate --json' and 'simulate --json' have printed: a row for each \
      run of 'simulate', named after its file, and lines about each design. The exit status is 1 \
      if a run has a word that differs from the fixed-point model.

      EXAMPLE
        lstmg-hdl generate xor.spec --num-outputs 1 -o xor --json > generate.json
        lstmg-hdl simulate xor --data inputs.csv --json > verilator.json
        lstmg-hdl simulate xor --data inputs.csv --engine c --json > c.json
        lstmg-hdl report generate.json verilator.json c.json
      """)

  @Argument(
    help: ArgumentHelp("JSON that 'generate' or 'simulate' has printed.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var files: [String]

  @Option(help: "Layout of the table.")
  var style = ReportStyle.text

  @OptionGroup var common: CommonOptions

  func execute() async throws {
    let console = common.console
    let report = try RunReport(files)
    try console.print(style == .markdown ? report.markdown : report.text)
    guard report.mismatches == 0 else { throw Diagnostic.mismatches(report.mismatches) }
  }
}

/// Reports of runs, read back.
struct RunReport {
  private var designs: [(name: String, figures: GenerateFigures)] = []
  private var runs: [(name: String, figures: SimulateFigures)] = []

  /// Reads the files in their order.
  init(_ files: [String]) throws(Diagnostic) {
    for file in files {
      let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
      let bytes = Data(try FileReader().read(file))
      let decoder = JSONDecoder()
      guard let kind = try? decoder.decode(ReportKind.self, from: bytes),
        kind.schema == Manifest.schema
      else { throw .notAReport(file) }
      if let figures = try? decoder.decode(GenerateFigures.self, from: bytes),
        kind.command == "generate"
      {
        designs.append((name, figures))
      } else if let figures = try? decoder.decode(SimulateFigures.self, from: bytes),
        kind.command == "simulate"
      {
        runs.append((name, figures))
      } else {
        throw .notAReport(file)
      }
    }
  }

  /// Words that differ from the model, of all runs.
  var mismatches: Int { runs.reduce(0) { $0 + ($1.figures.mismatches ?? 0) } }

  var text: String {
    paragraphs(
      designs.map { lines(of: $0.figures) } + (runs.isEmpty ? [] : [table.text]) + remarks)
  }

  var markdown: String {
    paragraphs(
      designs.map { "```\n" + lines(of: $0.figures) + "\n```" }
        + (runs.isEmpty ? [] : [table.markdown]) + remarks)
  }

  /// What a reader of the table must not overlook.
  private var remarks: [String] {
    let wrong = runs.filter { ($0.figures.accuracy ?? 1) < 1 }.map(\.name)
    return wrong.isEmpty ? [] : ["Not everything is right in: " + wrong.joined(separator: ", ")]
  }

  private func paragraphs(_ parts: [String]) -> String { parts.joined(separator: "\n\n") }

  private var table: ColumnTable {
    var table = ColumnTable([
      "run", "steps", "sequences right", "mismatches", "largest error", "saturated states",
      "cycles a step",
    ])
    for (name, run) in runs {
      // The model does not differ from itself, nor the float equations from themselves.
      let isFloat = run.engine == "float"
      table.add([
        name,
        Readable.count(run.steps),
        run.sequencesRight.map {
          "\(Readable.count($0)) of \(Readable.count(run.sequences))"
        } ?? "-",
        run.engine == "model" ? "-" : run.mismatches.map { Readable.count($0) } ?? "-",
        isFloat ? "-" : run.maxAbsError.map(Readable.error) ?? "-",
        run.saturations.map { Readable.count($0.state) } ?? "-",
        run.cyclesPerStep.map { Readable.count($0) } ?? "-",
      ])
    }
    return table
  }

  private func lines(of figures: GenerateFigures) -> String {
    let design = figures.design
    var table = TextTable()
    table.add(
      "network",
      "\(Readable.count(design.nodes, "node")), \(Readable.count(design.connections, "connection")),"
        + " \(Readable.count(design.macsPerStep)) multiply-accumulates a step")
    table.add(
      "formats",
      "weights \(design.formats.weightBits) bits, activations \(design.formats.activation.format),"
        + " states \(design.formats.state.format)")
    table.add(
      "hardware",
      "\(Readable.count(design.lanes, "lane")), \(Readable.count(design.nodeUnits, "node unit")),"
        + " \(Readable.count(design.cyclesPerStep, "cycle")) a step, latency"
        + " \(Readable.count(design.latencyCycles, "cycle"))")
    if let resources = figures.resources {
      table.add(
        "resources",
        "\(Readable.count(resources.multipliers, "multiplier")),"
          + " \(Readable.count(resources.memoryBits)) memory bits in at most"
          + " \(Readable.count(resources.memoryBlocks, "block"))"
          + (resources.spramBlocks.map { $0 == 0 ? "" : ", \(Readable.count($0, "SPRAM block"))" }
            ?? "")
          + " (estimated, not synthesised)")
    }
    if let prediction = figures.prediction { table.add(prediction, device: figures.device) }
    return table.text
  }
}

/// What tells the reports of this program from each other and from anything else.
private struct ReportKind: Decodable {
  let schema: String
  let command: String
}

/// What `generate` printed.
private struct GenerateFigures: Decodable {
  struct Resources: Decodable {
    let multipliers, memoryBits, memoryBlocks: Int
    /// Missing in reports of earlier versions.
    let spramBlocks: Int?
  }

  let design: DesignReport
  let resources: Resources?
  /// Missing in reports of earlier versions.
  let prediction: Prediction?
  /// Name of the device that the prediction is for.
  let device: String?

  private enum Key: String, CodingKey { case resources, prediction, device }

  init(from decoder: any Decoder) throws {
    design = try DesignReport(from: decoder)
    let container = try decoder.container(keyedBy: Key.self)
    resources = try container.decodeIfPresent(Resources.self, forKey: .resources)
    prediction = try container.decodeIfPresent(Prediction.self, forKey: .prediction)
    device = try container.decodeIfPresent(String.self, forKey: .device)
  }
}

/// What `simulate` printed.
private struct SimulateFigures: Decodable {
  struct Saturations: Decodable { let state: Int }

  let engine: String
  let steps, sequences: Int
  let mismatches, sequencesRight: Int?
  let maxAbsError, accuracy: Double?
  let saturations: Saturations?
  let cyclesPerStep: Int?
}

extension Diagnostic {
  fileprivate static func notAReport(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "not-a-report", "not what 'generate --json' or 'simulate --json' prints",
      at: SourceLocation(file: file))
  }

  fileprivate static func mismatches(_ count: Int) -> Diagnostic {
    Diagnostic(
      id: "mismatch",
      "\(Readable.count(count, "word")) of these runs differ from the fixed-point"
        + " model", exitCode: .checkFailed)
  }
}
