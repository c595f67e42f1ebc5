import Diagnostics
import Foundation
import Network

/// Makes a network of a gated graph of Synaptic, as `Network.fromJSON` of the same file computes it.
///
/// Two things of a loaded network are not in a graph alone. A neuron's activation before the first
/// step is the file's, whatever its state; and the gain of a connection is 1 until its gater has
/// fired, so that a gater that stands behind what it gates does not gate the first step. Where this can
/// be seen, a copy of the neuron, with the activation that is wanted to begin with, stands behind it.
struct SynapticReader {
  private let graph: SynapticGraph

  init(_ json: JSONFile, file: String) throws(Diagnostic) {
    graph = try SynapticGraph(try json.decode(SynapticFile.self), name: file)
  }

  func read() -> ImportedNetwork {
    let plan = CopyPlan(graph)
    var builder = NetworkBuilder(inputCount: graph.inputCount)
    var nodes = Array(builder.inputs)
    var sources: [Int: Int] = [:]
    var gaters: [Int: Int] = [:]
    for index in graph.inputCount..<graph.units.count {
      let unit = graph.units[index]
      let node = builder.add(1, unit.function, states: [plan.states[index] ?? unit.state])
      builder.bias(node, [unit.bias])
      nodes.append(node.lowerBound)
      if plan.sources.contains(index) {
        sources[index] = builder.copy(of: node, beginningWith: unit.activation)
      }
      if plan.gaters.contains(index) {
        gaters[index] = builder.copy(of: node, beginningWith: 1)
      }
    }
    for link in graph.links {
      let readsBefore = link.source > link.destination
      let isGatedBefore = link.gater.map { $0 >= link.destination } ?? false
      builder.link(
        nodes[link.destination],
        from: readsBefore ? sources[link.source] ?? nodes[link.source] : nodes[link.source],
        link.weight,
        gatedBy: link.gater.map { isGatedBefore ? gaters[$0] ?? nodes[$0] : nodes[$0] })
    }
    // Outputs are the last nodes of a network; where copies stand among them, others read them out.
    if plan.touchesOutputs(of: graph) {
      let outputs = nodes.suffix(graph.outputCount)
      let read = builder.add(outputs.count, .identity)
      for (node, output) in zip(read, outputs) { builder.link(node, from: output) }
    }
    let network = builder.network(outputCount: graph.outputCount)
    let hidden = graph.units.dropFirst(graph.inputCount)
    var remarks = ["\(graph.links.count) connections, \(hidden.count) biases"]
    if hidden.contains(where: { $0.state != 0 }) {
      remarks.append("a reset restores the states that the file holds")
    }
    let copies = plan.sources.count + plan.gaters.count
    if copies > 0 {
      remarks.append("\(copies) nodes more for activations and gains before the first step")
    }
    return ImportedNetwork(
      network, .synaptic, parameterCount: graph.links.count + hidden.count, remarks: remarks)
  }
}

extension NetworkBuilder {
  /// A node behind another one that has its activation, but one of its own before the first step.
  fileprivate mutating func copy(of node: Range<Int>, beginningWith activation: Double) -> Int {
    let copy = add(1, .identity, states: [activation])
    pair(copy, from: node)
    return copy.lowerBound
  }
}

/// Which neurons need another beginning than their state gives them, and by what means.
private struct CopyPlan {
  /// Copies for readers of the step before.
  private(set) var sources: Set<Int> = []
  /// Copies for what the neuron gates and what stands before it.
  private(set) var gaters: Set<Int> = []
  /// States that give neurons without memory the activation of the file.
  private(set) var states: [Int: Double] = [:]

  init(_ graph: SynapticGraph) {
    let remembering = Set(
      graph.links.filter { $0.source == $0.destination }.map(\.destination))
    for link in graph.links {
      if let gater = link.gater, gater >= link.destination { gaters.insert(gater) }
      guard link.source > link.destination else { continue }
      let unit = graph.units[link.source]
      if Self.is(unit.function.value(at: unit.state), unit.activation) { continue }
      if !remembering.contains(link.source),
        let state = Self.state(of: unit.function, giving: unit.activation)
      {
        states[link.source] = state
      } else {
        sources.insert(link.source)
      }
    }
  }

  func touchesOutputs(of graph: SynapticGraph) -> Bool {
    let first = graph.units.count - graph.outputCount
    return sources.union(gaters).contains { $0 >= first }
  }

  /// Within what exponential functions of other makers differ.
  private static func `is`(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-14 * max(1, abs(b))
  }

  private static func state(
    of function: ActivationFunction, giving activation: Double
  ) -> Double? {
    let state: Double =
      switch function {
      case .identity, .relu: activation
      case .tanh: atanh(activation)
      // Far enough for exactly 0 and 1.
      case .logistic: min(max(log(activation / (1 - activation)), -800), 800)
      }
    return state.isFinite && Self.is(function.value(at: state), activation) ? state : nil
  }
}
