import DataSets
import Foundation
import Lowering
import Network
import Simulation

/// Output words of the fixed-point model for every step, and what saturated.
public struct ModelRun: Sendable {
  /// By sequence, by step, by output.
  public let outputs: [[[Int32]]]
  /// States of all nodes after each step; empty unless asked for.
  public let states: DataSet
  public let saturations: SaturationCounts

  /// Runs the sequences on so many threads, all processors unless told otherwise, and several of
  /// them at once on each; the result does not depend on that. Fails only when the task is cancelled.
  public init(
    _ network: QuantisedNetwork, _ inputs: WordSequences, keepsStates: Bool = false,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws {
    let queue = SequenceQueue(inputs.sequences)
    let parallelism = queue.parallelism
    let workers = max(1, min(threads, parallelism))
    let work = withUnsafeCurrentTask { task in
      // Whether a task is cancelled may be asked from any thread while it runs.
      nonisolated(unsafe) let task = task
      return ParallelMap.results(of: Array(0..<workers)) { _ in
        ModelWork(
          queue, network, laneCount: (parallelism + workers - 1) / workers,
          keepsStates: keepsStates, isCancelled: { task?.isCancelled ?? false })
      }
    }
    try Task.checkCancellation()
    self.init(work, inputs, columnCount: network.network.nodeCount)
  }

  private init(_ work: [ModelWork], _ inputs: WordSequences, columnCount: Int) {
    var outputs = [[[Int32]]](repeating: [], count: inputs.sequences.count)
    var rows = [DataSequence?](repeating: nil, count: inputs.sequences.count)
    var saturations = SaturationCounts()
    for work in work {
      for sequence in work.sequences {
        outputs[sequence.index] = sequence.frames
        rows[sequence.index] = sequence.states
      }
      saturations = saturations + work.saturations
    }
    saturations.input = inputs.inputSaturations
    var states = DataSet(columnCount: columnCount)
    for sequence in rows.compactMap(\.self) { states.append(sequence) }
    self.outputs = outputs
    self.states = states
    self.saturations = saturations
  }

  /// Output words alone, of a run too short to be interrupted.
  public static func outputs(
    of network: QuantisedNetwork, _ inputs: WordSequences
  ) -> [[[Int32]]] {
    let queue = SequenceQueue(inputs.sequences)
    let work = ModelWork(
      queue, network, laneCount: queue.parallelism, keepsStates: false)
    return Self([work], inputs, columnCount: 0).outputs
  }
}
