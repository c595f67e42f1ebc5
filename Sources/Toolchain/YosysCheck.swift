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
    let sources = try VerilogFolder(folder).sources()
    return try await TemporaryFolder.use { temporary throws(Diagnostic) in
      let script = temporary + "/check.ys"
      // No `hierarchy` before: only the family's command knows the family's cells, and it checks.
      let commands = [
        (["read_verilog"] + sources.map { "\"\($0)\"" }).joined(separator: " "),
        ([family.command, "-top", top] + options).joined(separator: " "),
        "stat -json",
      ]
      try Files.write(Array((commands.joined(separator: "\n") + "\n").utf8), to: script)
      // In the folder, where the memory images are.
      let job = Job(.tool(.yosys), ["-Q", "-T", "-s", script], in: folder, timeLimit: timeLimit)
      let log = try await runner.run(job)
      let findings = findings(in: log)
      guard findings.isEmpty else { throw .synthesisWarning(top, family, findings) }
      return try CellCounts(log: log)
    }
  }

  /// Warnings with their indented continuation lines, and what yosys tells of without a warning.
  private func findings(in log: String) -> [String] {
    var findings: [String] = []
    var isContinued = false
    for line in log.split(separator: "\n") {
      if isContinued, line.hasPrefix(" ") {
        findings.append(String(line))
        continue
      }
      isContinued = isFinding(line)
      if isContinued { findings.append(String(line)) }
    }
    return findings
  }

  private func isFinding(_ line: Substring) -> Bool {
    // A remark of the mapper about networks without registers, that is about every one.
    if line.hasPrefix("ABC: ") { return false }
    return line.hasPrefix("Warning: ") || line.contains(": Warning: ")
      || line.hasPrefix("Latch inferred") || line.contains("Driver-driver conflict")
      || line.contains("found logic loop")
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
