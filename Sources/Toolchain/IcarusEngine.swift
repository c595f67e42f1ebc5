import Diagnostics

/// Simulates with Icarus Verilog: slower, but it knows unknown values.
public struct IcarusEngine: SimulationEngine {
  private let testbenchFolder: String
  private let runner: JobRunner
  private let timeLimit: Duration?

  /// `testbenchFolder` holds `lstmg_tb.v` and `lstmg_flash.v`; the time limit is that of one simulation.
  public init(
    testbenchFolder: String, runner: JobRunner = JobRunner(), timeLimit: Duration? = nil
  ) {
    self.testbenchFolder = testbenchFolder
    self.runner = runner
    self.timeLimit = timeLimit
  }

  public func simulate(
    _ design: SimulatedDesign, _ stimulus: Stimulus, wave: String?
  ) async throws(Diagnostic) -> SimulationTrace {
    let format = try wave.map { path throws(Diagnostic) in try WaveFormat(path: path) }
    return try await TemporaryFolder.use { folder throws(Diagnostic) in
      let program = folder + "/lstmg_tb.vvp"
      try await runSilently(try compilation(of: design, to: program, in: folder))
      let files = try RunFiles(in: folder, design, stimulus, wave: wave)
      try await runSilently(
        Job(
          .tool(.vvp), ["-n", program] + (format == .fst ? ["-fst"] : []) + files.arguments,
          in: design.folder, timeLimit: timeLimit))
      return try files.trace(design)
    }
  }

  private func compilation(
    of design: SimulatedDesign, to program: String, in folder: String
  ) throws(Diagnostic) -> Job {
    // A timescale in one file would bring a warning about every other one.
    let commands = folder + "/timescale.f"
    try Files.write(Array("+timescale+1ns/1ns\n".utf8), to: commands)
    // Cells of a netlist leave ports open.
    let waivers = design.isNetlist ? ["-Wno-portbind"] : []
    return Job(
      .tool(.iverilog),
      ["-g2005", "-Wall"] + waivers + ["-s", "lstmg_tb", "-c", commands, "-o", program]
        + design.macros
        + design.testbenches.map { testbenchFolder + "/" + $0 } + (try design.sources()),
      in: design.folder,
      // Its own temporary files stay behind when it is interrupted.
      environment: ["TMP": folder, "TMPDIR": folder])
  }

  /// Neither program prints anything when all is well, except where the waveform goes.
  private func runSilently(_ job: Job) async throws(Diagnostic) {
    let lines = try await runner.run(job).split(separator: "\n").filter { line in
      !line.hasPrefix("VCD info: dumpfile") && !line.hasPrefix("FST info: dumpfile")
    }
    guard lines.isEmpty else { throw .simulatorWarning(job, lines.map(String.init)) }
  }
}
