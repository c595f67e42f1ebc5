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

  /// Runs shorter than this last no longer than the start of a simulator.
  private static let shortest = 256
  /// What testbenches read and write of longer ones needs more memory than it should.
  private static let longest = 1 << 15

  /// All sequences in their order, in parts of about the same length: one for each job, or several, as
  /// many for each, so that all jobs end at about the same time.
  func parts(_ jobs: Int) -> [WordSequences] {
    let steps = stepCount
    let rounds = max(1, (steps + jobs * Self.longest - 1) / (jobs * Self.longest))
    let count = max(1, min(rounds * jobs, steps / Self.shortest))
    var parts: [[[[Int32]]]] = [[]]
    var taken = 0
    for sequence in sequences {
      if taken * count >= steps * parts.count, steps > 0 { parts.append([]) }
      parts[parts.count - 1].append(sequence)
      taken += sequence.count
    }
    return parts.map { WordSequences(sequences: $0) }
  }
}
