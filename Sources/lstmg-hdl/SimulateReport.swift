import Compilation
import Diagnostics
import Verification

/// What `simulate` says on standard output, and which checks failed.
struct SimulateReport {
  let engine: EngineName
  let input: InputData
  let run: EngineRun
  let verdict: Verdict

  private var report: DataReport {
    DataReport(
      subject: engine.rawValue, isModel: engine == .model, isFloat: engine == .float,
      input: input, run: run, verdict: verdict)
  }

  var failures: [Diagnostic] { report.failures }

  var text: String {
    var table = TextTable()
    table.add("engine", engine.rawValue)
    report.add(to: &table)
    if let timing = run.timing {
      let measured = [
        ("period", timing.period), ("last input to last result", timing.computeLatency),
        ("first input to last output", timing.latency),
      ].compactMap { name, cycles in cycles.map { "\(name) \(Readable.count($0))" } }
      table.add(
        "measured",
        measured.isEmpty
          ? "nothing: it takes three steps" : measured.joined(separator: ", ") + " cycles")
    }
    return table.text
  }
}
