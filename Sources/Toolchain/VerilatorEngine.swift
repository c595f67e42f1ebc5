import Diagnostics

/// Simulates with Verilator: a compiled model, which is kept for the next network with the same
/// Verilog; memory images are read at run time.
public struct VerilatorEngine: SimulationEngine {
  private let testbenchFolder: String
  private let build: VerilatorBuild
  private let runner: JobRunner
  private let timeLimit: Duration?

  /// `testbenchFolder` holds `lstmg_tb.cpp`, `lstmg_tb.v` and `lstmg_flash.v`; the time limit is that of
  /// one simulation, without the making of the model.
  public init(
    testbenchFolder: String, runner: JobRunner = JobRunner(), cache: ToolCache = ToolCache(),
    timeLimit: Duration? = nil
  ) {
    self.testbenchFolder = testbenchFolder
    build = VerilatorBuild(runner: runner, cache: cache)
    self.runner = runner
    self.timeLimit = timeLimit
  }

  public func simulate(
    _ design: SimulatedDesign, _ stimulus: Stimulus, wave: String?
  ) async throws(Diagnostic) -> SimulationTrace {
    precondition(!design.isNetlist, "a netlist wants a simulator that knows unknown values")
    let format = try wave.map { path throws(Diagnostic) in try WaveFormat(path: path) }
    let model = try await build.model(of: try verilated(design), wave: format)
    return try await TemporaryFolder.use { folder throws(Diagnostic) in
      let files = try RunFiles(in: folder, design, stimulus, wave: wave)
      let job = Job(.file(model), files.arguments, in: design.folder, timeLimit: timeLimit)
      let output = try await runner.run(job)
      guard output.isEmpty else {
        throw .simulatorWarning(job, output.split(separator: "\n").map(String.init))
      }
      return try files.trace(design)
    }
  }

  public func prepare(_ design: SimulatedDesign) async throws(Diagnostic) {
    _ = try await build.model(of: try verilated(design), wave: nil)
  }

  private func verilated(_ design: SimulatedDesign) throws(Diagnostic) -> VerilatedDesign {
    VerilatedDesign(
      folder: design.folder, name: design.top, sources: try design.sources(), top: "lstmg_tb",
      macros: design.macros, benchFolder: testbenchFolder, benches: design.testbenches,
      program: "lstmg_tb.cpp")
  }
}
