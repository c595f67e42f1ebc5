import Assets
import Diagnostics
import Emission
import Foundation
import Lowering
import Toolchain

/// Plays sequences to generated RTL in a Verilog simulator and measures what the core did.
public struct HardwareRun: Sendable {
  /// By frame, in order: words of the output stream.
  public let frames: [[Int64]]
  /// Of the whole run, or of its parts in their order.
  public let traces: [SimulationTrace]

  /// Runs the core whose RTL lies in `folder`, frames back to back, the consumer always ready.
  public init(
    _ design: HardwareDesign, name: Identifier, folder: String, _ inputs: WordSequences,
    engine: any SimulationEngine, ready: Stimulus.Ready = .always, wave: String? = nil
  ) async throws(Diagnostic) {
    try await self.init(
      SimulatedDesign(design, name: name, folder: folder), inputs, engine: engine, ready: ready,
      wave: wave)
  }

  /// Runs a core or its netlist.
  public init(
    _ design: SimulatedDesign, _ inputs: WordSequences, engine: any SimulationEngine,
    ready: Stimulus.Ready = .always, wave: String? = nil
  ) async throws(Diagnostic) {
    let stimulus = Self.stimulus(inputs, ready: ready)
    traces = [try await engine.simulate(design, stimulus, wave: wave).checked()]
    frames = traces[0].frames
  }

  /// Runs a core in so many processes of the simulator at once, which share the sequences. Every
  /// sequence begins with a reset, so that the frames are those of one process.
  public init(
    _ design: SimulatedDesign, _ inputs: WordSequences, engine: any SimulationEngine, jobs: Int
  ) async throws(Diagnostic) {
    let parts = inputs.parts(jobs)
    if parts.count > 1 { try await engine.prepare(design) }
    traces = try await SideBySide.run(
      parts.map { part in
        { @Sendable in
          try await engine.simulate(design, Self.stimulus(part, ready: .always)).checked()
        }
      }, limit: jobs)
    frames = traces.flatMap(\.frames)
  }

  /// One frame a step; a network without inputs gets its dummy beat.
  public static func stimulus(_ inputs: WordSequences, ready: Stimulus.Ready) -> Stimulus {
    var stimulus = Stimulus(ready: ready)
    for sequence in inputs.sequences {
      for (index, step) in sequence.enumerated() {
        stimulus.append(
          frame: step.isEmpty ? [0] : step.map(Int64.init), startsSequence: index == 0)
      }
    }
    return stimulus
  }

  /// Cycles between the last results of consecutive steps, the longest after the pipeline filled;
  /// nil with fewer than three steps.
  public var period: Int? {
    traces.flatMap { trace in
      zip(trace.stepsDone.dropFirst(), trace.stepsDone.dropFirst(2)).map { $1 - $0 }
    }.max()
  }

  /// From the last input beat of the first frame to its last result.
  public var computeLatency: Int? {
    guard let done = traces.first?.stepsDone.first, let input = traces.first?.lastInputs.first
    else { return nil }
    return done - input
  }

  /// From the first input beat of the first frame to the last beat of its output.
  public var latency: Int? {
    guard let output = traces.first?.beats.first(where: \.isLast)?.cycle,
      let input = traces.first?.firstInputs.first
    else { return nil }
    return output - input
  }
}

extension SimulatedDesign {
  /// A generated core whose RTL lies in `folder`; what it loads lies beside that.
  public init(
    _ design: HardwareDesign, name: Identifier, folder: String, showsStates: Bool = false
  ) {
    let bytes = design.dataBits / 8
    let image = design.loadsWeights ? folder + "/../" + FlashImage.path(name) : nil
    self.init(
      folder: folder, top: name.text, inputBytes: bytes, outputBytes: bytes, flashImage: image,
      showsStates: showsStates)
  }
}
