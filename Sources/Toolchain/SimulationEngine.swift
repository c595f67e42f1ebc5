import Diagnostics
import Foundation

/// A Verilog simulator that plays stimulus to a generated core.
public protocol SimulationEngine: Sendable {
  /// Plays the stimulus and returns what the core showed. Warnings of the simulator are errors;
  /// `wave` names a file for the waveform, `.vcd` or `.fst`.
  func simulate(
    _ design: SimulatedDesign, _ stimulus: Stimulus, wave: String?
  ) async throws(Diagnostic) -> SimulationTrace

  /// Makes what all runs of the core share, so that runs side by side need not make it each.
  func prepare(_ design: SimulatedDesign) async throws(Diagnostic)
}

extension SimulationEngine {
  public func prepare(_ design: SimulatedDesign) async throws(Diagnostic) {}

  /// Plays the stimulus without a waveform.
  public func simulate(
    _ design: SimulatedDesign, _ stimulus: Stimulus
  ) async throws(Diagnostic) -> SimulationTrace {
    try await simulate(design, stimulus, wave: nil)
  }
}

/// Formats of a waveform.
enum WaveFormat: String, Sendable {
  case vcd, fst

  init(path: String) throws(Diagnostic) {
    guard let format = Self(rawValue: String(path.split(separator: ".").last ?? "")) else {
      throw .unknownWave(path)
    }
    self = format
  }
}

/// The files of one run of a testbench.
struct RunFiles {
  let stimulus: String
  let result: String
  let wave: String?
  private let flash: String?

  /// Writes the stimulus into a temporary folder.
  init(
    in folder: String, _ design: SimulatedDesign, _ stimulus: Stimulus, wave: String?
  ) throws(Diagnostic) {
    self.stimulus = folder + "/stimulus.txt"
    result = folder + "/result.txt"
    // The simulator runs in another folder.
    self.wave = wave.map { URL(fileURLWithPath: $0).path }
    flash = design.flashImage.map { URL(fileURLWithPath: $0).path }
    try Files.write(stimulus.text(inputBytes: design.inputBytes), to: self.stimulus)
  }

  /// What the testbench is called with.
  var arguments: [String] {
    ["+stimulus=\(stimulus)", "+result=\(result)"] + (wave.map { ["+wave=\($0)"] } ?? [])
      + (flash.map { ["+flash=\($0)"] } ?? [])
  }

  func trace(_ design: SimulatedDesign) throws(Diagnostic) -> SimulationTrace {
    try TraceParser(outputBytes: design.outputBytes).parse(Files.read(result))
  }
}

extension Diagnostic {
  fileprivate static func unknownWave(_ path: String) -> Self {
    Self(
      id: "wave-format", "the name of a waveform ends in .vcd or .fst",
      at: SourceLocation(file: path), exitCode: .usage)
  }

  /// A simulator that ran to its end but had something to say, such as an image that is too short.
  static func simulatorWarning(_ job: Job, _ lines: [String]) -> Self {
    Self(
      id: "simulator-warning", "\(job.name) had something to object",
      notes: [Note("the command was: \(job.command)")] + lines.map { Note($0) },
      exitCode: .checkFailed)
  }
}
