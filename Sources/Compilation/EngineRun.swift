import Assets
import DataSets
import Diagnostics
import Emission
import Foundation
import Lowering
import Simulation
import Toolchain
import Verification

/// The ways to run a network.
public enum EngineName: String, CaseIterable, Sendable {
  /// The generated RTL in a Verilog simulator.
  case verilator, icarus
  /// The normative integers, and the equations in double precision.
  case model, float
  /// The generated C header.
  case c
}

/// What an engine made of the data, and how that compares.
public struct EngineRun: Sendable {
  public struct Timing: Sendable {
    public let period: Int?
    public let computeLatency: Int?
    public let latency: Int?
  }

  /// Nil if frames are missing, which `comparison` then tells.
  public fileprivate(set) var outputs: DataSet?
  /// States of all nodes; only engines `model` and `float` have them, and only if asked to.
  public fileprivate(set) var states: DataSet?
  /// Against the fixed-point model; nil for the float engine.
  public fileprivate(set) var comparison: Comparison?
  public fileprivate(set) var error: ErrorMeasure?
  /// Of the header's float twin; engine `c` only.
  public fileprivate(set) var floatTwinError: ErrorMeasure?
  public fileprivate(set) var saturations: SaturationCounts?
  /// As measured; RTL only.
  public fileprivate(set) var timing: Timing?
}

/// Runs a subject's network over data with one of the engines.
public struct EngineRunner: Sendable {
  public let subject: SimulationSubject
  public let assets: AssetLocator
  public var wave: String?
  /// The family of which the netlist runs in place of the RTL; engine `icarus` only.
  public var netlist: NetlistBuild.Family?
  public var keepsStates = false
  /// Processes of a simulator at once; they share the sequences. A waveform comes from a single one.
  public var jobs = ProcessInfo.processInfo.activeProcessorCount
  /// Called with a few words before each piece of work that may last.
  public var progress: @Sendable (String) -> Void = { _ in }
  /// Called with what is wrong with the data but no error.
  public var warn: @Sendable (Diagnostic) -> Void = { _ in }

  public init(_ subject: SimulationSubject, assets: AssetLocator) {
    self.subject = subject
    self.assets = assets
  }

  public func run(_ engine: EngineName, _ input: InputData) async throws -> EngineRun {
    progress("running the float reference")
    let reference = try FloatRun(
      subject.document.network, constantInputs: subject.options.constantInputs, input.data,
      keepsStates: keepsStates && engine == .float)
    var run = EngineRun()
    guard engine != .float else {
      run.outputs = reference.outputs
      run.states = reference.states
      run.error = ErrorMeasure(reference.outputs, against: reference.outputs)
      return run
    }
    guard engine != .model else {
      let network = try Pipeline(subject.options).quantised(subject.document.network)
      let model = try self.model(network, input)
      run.outputs = OutputValues(network).data(model.run.outputs)
      run.states = model.run.states
      run.saturations = model.run.saturations
      run.comparison = Comparison(identical: model.run.outputs)
      run.error = run.outputs.map { ErrorMeasure($0, against: reference.outputs) }
      return run
    }
    let compiled = try subject.compiled(progress: progress)
    return try await compare(compiled, input, reference) { words, run in
      switch engine {
      case .verilator, .icarus:
        let hardware = try await hardware(engine, compiled, words)
        run.timing = .init(
          period: hardware.period, computeLatency: hardware.computeLatency,
          latency: hardware.latency)
        return hardware.frames
      case .c:
        let program = try await program(compiled, words, input.data)
        run.floatTwinError = ErrorMeasure(program.reals, against: reference.outputs)
        return program.frames
      case .model, .float: preconditionFailure("\(engine) is not compared")
      }
    }
  }

  /// Runs something else that gives frames of output words, and compares it as an engine.
  public func run(
    _ compiled: CompiledDesign, _ input: InputData,
    frames: (WordSequences) async throws -> [[Int64]]
  ) async throws -> EngineRun {
    progress("running the float reference")
    let reference = try FloatRun(
      subject.document.network, constantInputs: subject.options.constantInputs, input.data)
    return try await compare(compiled, input, reference) { words, _ in try await frames(words) }
  }

  private func model(
    _ network: QuantisedNetwork, _ input: InputData
  ) throws -> (words: WordSequences, run: ModelRun) {
    if let warning = input.rangeWarning(network) { warn(warning) }
    progress("running the fixed-point model")
    let words = WordSequences(input.data, for: network)
    return (words, try ModelRun(network, words, keepsStates: keepsStates))
  }

  private func compare(
    _ compiled: CompiledDesign, _ input: InputData, _ reference: FloatRun,
    frames: (WordSequences, inout EngineRun) async throws -> [[Int64]]
  ) async throws -> EngineRun {
    var run = EngineRun()
    let network = compiled.design.network
    let (words, model) = try model(network, input)
    run.saturations = model.saturations
    let frames = try await frames(words, &run)
    run.comparison = Comparison(expected: model.outputs, actual: frames, nodes: network.outputs)
    run.outputs = OutputValues(network).data(frames: frames, shape: input.data)
    run.error = run.outputs.map { ErrorMeasure($0, against: reference.outputs) }
    return run
  }

  private func hardware(
    _ engine: EngineName, _ compiled: CompiledDesign, _ words: WordSequences
  ) async throws -> HardwareRun {
    let testbenches = try assets.path(of: "sim")
    let simulator: any SimulationEngine =
      engine == .verilator
      ? VerilatorEngine(testbenchFolder: testbenches) : IcarusEngine(testbenchFolder: testbenches)
    return try await inFolder(compiled) { folder in
      let core = SimulatedDesign(
        compiled.design, name: compiled.name, folder: folder + "/rtl",
        showsStates: compiled.board != nil)
      return try await simulated(core) { design in
        progress("simulating \(words.stepCount) steps in \(engine.rawValue)")
        guard let wave else {
          return try await HardwareRun(design, words, engine: simulator, jobs: jobs)
        }
        return try await WaveFile(wave).use { wave in
          try await HardwareRun(design, words, engine: simulator, wave: wave)
        }
      }
    }
  }

  /// The core, or its netlist in a folder that exists only for this run.
  private func simulated<Result: Sendable>(
    _ core: SimulatedDesign, _ work: (SimulatedDesign) async throws -> Result
  ) async throws -> Result {
    guard let netlist else { return try await work(core) }
    let build = NetlistBuild(netlist, models: try assets.cellModels(of: netlist.rawValue))
    progress("synthesising for \(netlist.rawValue)")
    return try await inTemporaryFolder { folder in
      try await work(try await build.make(core, in: folder).design)
    }
  }

  private func program(
    _ compiled: CompiledDesign, _ words: WordSequences, _ data: DataSet
  ) async throws -> CRun {
    let driver = try assets.path(of: "sim") + "/lstmg_run.c"
    progress("compiling and running the C header")
    return try await inFolder(compiled) { folder in
      try await CRun(
        folder: folder + "/c", name: compiled.name.text, driver: driver, words, data,
        outputCount: compiled.design.network.outputs.count)
    }
  }

  /// The generated folder, or one that exists only for this run.
  private func inFolder<Result: Sendable>(
    _ compiled: CompiledDesign, _ work: (String) async throws -> Result
  ) async throws -> Result {
    if let folder = subject.folder {
      return try await work(URL(fileURLWithPath: folder).path)
    }
    let artefacts = try compiled.artefacts(assets: assets)
    return try await inTemporaryFolder { folder in
      try ArtefactWriter().write(artefacts, to: folder + "/design")
      return try await work(folder + "/design")
    }
  }

  private func inTemporaryFolder<Result: Sendable>(
    _ work: (String) async throws -> Result
  ) async throws -> Result {
    // The work's own errors pass through as a value: they are of more than one type.
    try await TemporaryFolder.use { folder in
      do {
        return Swift.Result<Result, any Error>.success(try await work(folder))
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
