import Diagnostics

/// Synthesises a core with yosys and takes every warning for an error.
///
/// Some of them announce hardware that differs from the Verilog, such as `Driver-driver conflict`
/// from a product that went into a DSP block the wrong way.
public struct YosysCheck: Sendable {
  /// Families of devices, each with its own cells.
  public enum Family: String, CaseIterable, Sendable {
    case generic, ecp5, ice40, gowin, xilinx

    var command: String {
      switch self {
      case .generic: "synth"
      case .ecp5, .ice40, .gowin, .xilinx: "synth_\(rawValue)"
      }
    }

    /// Files of yosys with the behaviour of the family's cells, where our Verilog instantiates some.
    var cellModels: [String] {
      switch self {
      case .ecp5, .ice40: ["+/\(rawValue)/cells_sim.v"]
      case .generic, .gowin, .xilinx: []
      }
    }
  }

  /// Files to write the netlist to.
  struct NetlistFiles {
    let verilog: String
    let json: String
  }

  private let runner: JobRunner
  private let timeLimit: Duration?

  public init(runner: JobRunner = JobRunner(), timeLimit: Duration? = nil) {
    self.runner = runner
    self.timeLimit = timeLimit
  }

  /// Cells of the core in that folder; `options` are those of the family's command, such as `-dsp`.
  public func synthesise(
    folder: String, top: String, family: Family, options: [String] = []
  ) async throws(Diagnostic) -> CellCounts {
    try await synthesise(
      folder: folder, top: top, family: family, options: options, netlist: nil)
  }

  /// The same, and writes the netlist.
  func synthesise(
    folder: String, top: String, family: Family, options: [String], netlist: NetlistFiles?
  ) async throws(Diagnostic) -> CellCounts {
    let sources = try VerilogFolder(folder).sources()
    return try await TemporaryFolder.use { temporary throws(Diagnostic) in
      let script = temporary + "/check.ys"
      // No `hierarchy` before: only the family's command knows the family's cells, and it checks.
      var commands = [
        (["read_verilog"] + sources.map { "\"\($0)\"" }).joined(separator: " "),
        ([family.command, "-top", top] + options).joined(separator: " "),
      ]
      if let netlist {
        commands += [
          "write_verilog -noattr \"\(netlist.verilog)\"", "write_json \"\(netlist.json)\"",
        ]
      }
      commands += loopCheck(top, family) + ["stat -json"]
      try Files.write(Array((commands.joined(separator: "\n") + "\n").utf8), to: script)
      // In the folder, where the memory images are.
      let path = temporary + "/yosys.log"
      let job = Job(
        .tool(.yosys), ["-Q", "-T", "-l", path, "-s", script], in: folder, timeLimit: timeLimit)
      try await runner.run(job)
      // Not what it prints: of that, yosys as WebAssembly loses what comes behind a call of ABC.
      let log = String(decoding: try Files.read(path), as: UTF8.self)
      let findings = SynthesisLog.findings(in: log)
      guard findings.isEmpty else { throw .synthesisWarning(top, family, findings) }
      return try CellCounts(log: log)
    }
  }

  /// The family's command sees loops within the logic that it maps, but not those through cells that
  /// the Verilog instantiates: so each cell of the netlist is replaced by what it does. Multipliers
  /// and block memories stay closed.
  private func loopCheck(_ top: String, _ family: Family) -> [String] {
    guard !family.cellModels.isEmpty else { return [] }
    return [
      "design -save mapped",
      // Said of cells at the device's pins, which a core does not have.
      "logger -nowarn \"limited support for tri-state\"",
      // Inputs of cells that are open.
      "logger -nowarn \"is used but has no driver\"",
      "read_verilog -overwrite -DBLACKBOX \(family.cellModels.joined(separator: " "))",
      "hierarchy -top \(top)", "proc", "flatten", "opt_clean", "check",
      "design -load mapped",
    ]
  }
}

extension Diagnostic {
  fileprivate static func synthesisWarning(
    _ top: String, _ family: YosysCheck.Family, _ findings: [String]
  ) -> Self {
    Self(
      id: "synthesis-warning", "yosys objects to \(top) on \(family.rawValue)",
      notes: findings.map { Note($0) }, exitCode: .checkFailed)
  }
}
