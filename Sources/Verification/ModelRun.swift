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

  /// Runs the sequences on all processors. Fails only when the task is cancelled.
  public init(
    _ network: QuantisedNetwork, _ inputs: WordSequences, keepsStates: Bool = false
  ) throws {
    let parts = Self.parts(inputs.sequences, ProcessInfo.processInfo.activeProcessorCount)
    let runs = withUnsafeCurrentTask { task in
      ParallelMap.results(of: parts) { part in
        PartialRun(network, part, keepsStates: keepsStates) { task?.isCancelled ?? false }
      }
    }
    try Task.checkCancellation()
    var outputs: [[[Int32]]] = []
    outputs.reserveCapacity(inputs.sequences.count)
    var states = DataSet(columnCount: network.network.nodeCount)
    var saturations = SaturationCounts()
    for run in runs {
      outputs += run.outputs
      for sequence in run.states { states.append(sequence) }
      saturations = saturations + run.saturations
    }
    self.outputs = outputs
    self.states = states
    saturations.input = inputs.inputSaturations
    self.saturations = saturations
  }

  /// Consecutive sequences in parts of about as many steps.
  private static func parts(_ sequences: [[[Int32]]], _ count: Int) -> [ArraySlice<[[Int32]]>] {
    let steps = sequences.reduce(0) { $0 + $1.count }
    var parts: [ArraySlice<[[Int32]]>] = []
    var start = 0
    var taken = 0
    for (index, sequence) in sequences.enumerated() {
      taken += sequence.count
      // Two for each processor, so that all of them end at about the same time.
      if taken * 2 * count >= steps * (parts.count + 1) || index == sequences.count - 1 {
        parts.append(sequences[start...index])
        start = index + 1
      }
    }
    return parts
  }
}

extension ModelRun {
  /// Output words alone, of a run too short to be interrupted.
  public static func outputs(
    of network: QuantisedNetwork, _ inputs: WordSequences
  ) -> [[[Int32]]] {
    PartialRun(network, inputs.sequences[...], keepsStates: false) { false }.outputs
  }
}

/// Some sequences, one after the other.
private struct PartialRun: Sendable {
  private(set) var outputs: [[[Int32]]] = []
  private(set) var states: [DataSequence] = []
  private(set) var saturations = SaturationCounts()

  init(
    _ network: QuantisedNetwork, _ sequences: ArraySlice<[[Int32]]>, keepsStates: Bool,
    isCancelled: () -> Bool
  ) {
    outputs.reserveCapacity(sequences.count)
    if FastSimulator.serves(network) {
      let simulator = FastSimulator(network)
      let reader = StateReader(network)
      run(sequences, isCancelled, simulator.reset) { step in
        simulator.step(step)
        return (simulator.outputs, keepsStates ? reader.states(simulator.wideState) : nil)
      }
      saturations = simulator.saturations
    } else {
      var simulator = FixedPointSimulator(network)
      let reader = StateReader(network)
      run(sequences, isCancelled, { simulator.reset() }) { step in
        simulator.step(step)
        return (
          simulator.outputs, keepsStates ? reader.states { simulator.wideStates[$0] } : nil
        )
      }
      saturations = simulator.saturations
    }
  }

  private mutating func run(
    _ sequences: ArraySlice<[[Int32]]>, _ isCancelled: () -> Bool, _ reset: () -> Void,
    _ play: ([Int32]) -> (outputs: [Int32], states: [Double]?)
  ) {
    for sequence in sequences {
      reset()
      var frames: [[Int32]] = []
      frames.reserveCapacity(sequence.count)
      var rows: DataSequence?
      for (index, step) in sequence.enumerated() {
        if index % 64 == 0, isCancelled() { return }
        let played = play(step)
        frames.append(played.outputs)
        guard let row = played.states else { continue }
        rows = rows ?? DataSequence(columnCount: row.count)
        rows?.append(row)
      }
      outputs.append(frames)
      if let rows { states.append(rows) }
    }
  }
}

/// Reads the states of a network's nodes from the model as real numbers.
private struct StateReader {
  private let initial: [Double]
  private let nodes: [Int]
  private let unit: Double

  init(_ network: QuantisedNetwork) {
    // Inputs keep what the netSpec says; a node without connections has state 0.
    initial = network.network.nodes.enumerated().map { index, node in
      network.network.isInput(NodeID(index)) ? node.state : 0
    }
    nodes = network.cells.filter { cell in
      cell.isNode && network.factored.levelled.constants[cell.value] == nil
    }.map(\.value)
    unit = network.plan.wideState.unit
  }

  func states(_ wideState: (Int) -> Int64) -> [Double] {
    var states = initial
    for node in nodes { states[node] = Double(wideState(node)) * unit }
    return states
  }
}
