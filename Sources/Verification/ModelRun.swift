import Lowering
import Simulation

/// Output words of the fixed-point model for every step, and what saturated.
public struct ModelRun: Sendable {
  /// By sequence, by step, by output.
  public let outputs: [[[Int32]]]
  public let saturations: SaturationCounts

  public init(_ network: QuantisedNetwork, _ inputs: WordSequences) {
    var simulator = FixedPointSimulator(network)
    var outputs: [[[Int32]]] = []
    outputs.reserveCapacity(inputs.sequences.count)
    for sequence in inputs.sequences {
      simulator.reset()
      var frames: [[Int32]] = []
      frames.reserveCapacity(sequence.count)
      for step in sequence {
        simulator.step(step)
        frames.append(simulator.outputs)
      }
      outputs.append(frames)
    }
    self.outputs = outputs
    var saturations = simulator.saturations
    saturations.input = inputs.inputSaturations
    self.saturations = saturations
  }
}
