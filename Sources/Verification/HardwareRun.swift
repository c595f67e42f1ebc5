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
  public let trace: SimulationTrace

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
    trace = try await engine.simulate(design, stimulus, wave: wave).checked()
    frames = trace.frames
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
    guard trace.stepsDone.count >= 3 else { return nil }
    return zip(trace.stepsDone.dropFirst(), trace.stepsDone.dropFirst(2)).map { $1 - $0 }.max()
  }

  /// From the last input beat of the first frame to its last result.
  public var computeLatency: Int? {
    guard let done = trace.stepsDone.first, let input = trace.lastInputs.first else { return nil }
    return done - input
  }

  /// From the first input beat of the first frame to the last beat of its output.
  public var latency: Int? {
    guard let output = trace.beats.first(where: \.isLast)?.cycle,
      let input = trace.firstInputs.first
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
