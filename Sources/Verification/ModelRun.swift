import DataSets
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

  /// Fails only when the task is cancelled.
  public init(
    _ network: QuantisedNetwork, _ inputs: WordSequences, keepsStates: Bool = false
  ) throws {
    var simulator = FixedPointSimulator(network)
    let reader = StateReader(network)
    var outputs: [[[Int32]]] = []
    outputs.reserveCapacity(inputs.sequences.count)
    var states = DataSet(columnCount: network.network.nodeCount)
    for sequence in inputs.sequences {
      try Task.checkCancellation()
      simulator.reset()
      var frames: [[Int32]] = []
      frames.reserveCapacity(sequence.count)
      var rows = DataSequence(columnCount: states.columnCount)
      for (index, step) in sequence.enumerated() {
        if index % 64 == 63 { try Task.checkCancellation() }
        simulator.step(step)
        frames.append(simulator.outputs)
        if keepsStates { rows.append(reader.states(simulator)) }
      }
      outputs.append(frames)
      if keepsStates { states.append(rows) }
    }
    self.outputs = outputs
    self.states = states
    var saturations = simulator.saturations
    saturations.input = inputs.inputSaturations
    self.saturations = saturations
  }
}

extension ModelRun {
  /// Output words alone, of a run too short to be interrupted.
  public static func outputs(
    of network: QuantisedNetwork, _ inputs: WordSequences
  ) -> [[[Int32]]] {
    var simulator = FixedPointSimulator(network)
    return inputs.sequences.map { sequence in
      simulator.reset()
      return sequence.map { step in
        simulator.step(step)
        return simulator.outputs
      }
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

  func states(_ simulator: FixedPointSimulator) -> [Double] {
    var states = initial
    for node in nodes { states[node] = Double(simulator.wideStates[node]) * unit }
    return states
  }
}
