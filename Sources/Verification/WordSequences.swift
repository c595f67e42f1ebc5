import DataSets
import Lowering
import Simulation

/// Sequences of input words: what the fixed-point engines run on.
public struct WordSequences: Sendable {
  /// By sequence, by step: one word for each streamed input.
  public let sequences: [[[Int32]]]
  /// Values that lay outside their input's range.
  public let inputSaturations: Int

  public init(sequences: [[[Int32]]], inputSaturations: Int = 0) {
    self.sequences = sequences
    self.inputSaturations = inputSaturations
  }

  /// Data whose rows have one value for each streamed input; a step without values is one of a
  /// network without inputs.
  public init(_ data: DataSet, for network: QuantisedNetwork) {
    let quantiser = InputQuantiser(network)
    var counts = SaturationCounts()
    sequences = data.sequences.map { sequence in
      sequence.steps.map { step in
        quantiser.words(step.values ?? [], saturations: &counts)
      }
    }
    inputSaturations = counts.input
  }

  public var stepCount: Int { sequences.reduce(0) { $0 + $1.count } }
}
