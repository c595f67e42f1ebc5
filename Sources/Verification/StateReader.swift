import Lowering
import Network

/// Reads the states of a network's nodes from the model as real numbers.
struct StateReader {
  private let initial: [Double]
  private let nodes: [ValueID]
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

  /// All nodes of the network.
  var columnCount: Int { initial.count }

  func states(_ wideState: (ValueID) -> Int64) -> [Double] {
    var states = initial
    for node in nodes { states[node] = Double(wideState(node)) * unit }
    return states
  }
}
