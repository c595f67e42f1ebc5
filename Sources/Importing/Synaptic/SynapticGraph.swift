import Diagnostics
import Network

/// Neurons in the order of their activation and connections between them, checked.
struct SynapticGraph {
  struct Unit {
    let function: ActivationFunction
    let state: Double
    let activation: Double
    let bias: Double
  }

  struct Link {
    let destination: Int
    let source: Int
    let weight: Double
    let gater: Int?
  }

  let units: [Unit]
  let inputCount: Int
  let outputCount: Int
  let links: [Link]

  init(_ file: SynapticFile, name: String) throws(Diagnostic) {
    try ImportLimits.check(
      nodes: 4 * file.neurons.count, connections: file.connections.count, name)
    // Layer by layer, as Synaptic activates them; within a layer in the order of the file.
    let order = file.neurons.indices.sorted {
      (file.neurons[$0].layer, $0) < (file.neurons[$1].layer, $1)
    }
    var place = [Int](repeating: 0, count: order.count)
    for (position, neuron) in order.enumerated() { place[neuron] = position }
    inputCount = file.neurons.count { $0.layer == .input }
    outputCount = file.neurons.count { $0.layer == .output }
    guard inputCount > 0, outputCount > 0 else { throw .noEnds(name) }
    var units: [Unit] = []
    for neuron in order { units.append(try Self.unit(neuron, file.neurons[neuron], name)) }
    self.units = units
    var seen: [Int: Int] = [:]
    var links: [Link] = []
    for (index, connection) in file.connections.enumerated() {
      let ends = [connection.from, connection.to] + (connection.gater.map { [$0] } ?? [])
      guard ends.allSatisfy(file.neurons.indices.contains) else {
        throw .unknownNeuron(index, file.neurons.count, name)
      }
      let link = Link(
        destination: place[connection.to], source: place[connection.from],
        weight: connection.weight, gater: connection.gater.map { place[$0] })
      try Self.check(link, index, inputCount, name)
      let first = seen.updateValue(index, forKey: link.destination * units.count + link.source)
      if let first { throw .repeatedConnection(first, index, name) }
      links.append(link)
    }
    self.links = links
  }

  private static func unit(
    _ index: Int, _ neuron: SynapticFile.Neuron, _ name: String
  ) throws(Diagnostic) -> Unit {
    let numbers = [neuron.state, neuron.activation, neuron.bias]
    guard numbers.allSatisfy({ abs($0) <= ImportLimits.magnitude }) else {
      throw .badNeuron(index, "holds a number above \(ImportLimits.magnitude)", name)
    }
    let function: ActivationFunction
    switch neuron.squash {
    case "LOGISTIC": function = .logistic
    case "TANH": function = .tanh
    case "IDENTITY": function = .identity
    case "RELU": function = .relu
    case let other: throw .squash(index, other, name)
    }
    return Unit(
      function: function, state: neuron.state, activation: neuron.activation, bias: neuron.bias)
  }

  private static func check(
    _ link: Link, _ index: Int, _ inputCount: Int, _ name: String
  ) throws(Diagnostic) {
    guard abs(link.weight) <= ImportLimits.magnitude else {
      throw .badConnection(index, "has a weight above \(ImportLimits.magnitude)", name)
    }
    if link.destination < inputCount {
      throw .badConnection(index, "leads into an input, which Synaptic does not heed", name)
    }
    if let gater = link.gater, gater < inputCount {
      throw .badConnection(
        index, "is gated by an input, which in Synaptic leaves its gain at 1", name)
    }
    guard link.source == link.destination else { return }
    if link.weight != 1 {
      throw .badConnection(index, "is a self-connection of weight \(link.weight), not 1", name)
    }
    if link.gater == link.destination {
      throw .badConnection(index, "is a self-connection gated by its own neuron", name)
    }
  }
}

extension Diagnostic {
  fileprivate static func noEnds(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "no-layers", "there is no neuron of layer 'input', or none of layer 'output'",
      at: SourceLocation(file: file))
  }

  fileprivate static func badNeuron(
    _ index: Int, _ fault: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(id: "bad-neuron", "neurons[\(index)] \(fault)", at: SourceLocation(file: file))
  }

  fileprivate static func squash(
    _ index: Int, _ name: String?, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "neuron-function",
      "neurons[\(index)] has "
        + (name.map { "the function \(quoted($0))" } ?? "a function of its own"),
      at: SourceLocation(file: file), hint: "supported are LOGISTIC, TANH, IDENTITY and RELU")
  }

  fileprivate static func unknownNeuron(
    _ index: Int, _ count: Int, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-neuron",
      "connections[\(index)] names a neuron that is none of the \(count) of the file",
      at: SourceLocation(file: file))
  }

  fileprivate static func repeatedConnection(
    _ first: Int, _ second: Int, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "duplicate-connection",
      "connections[\(first)] and connections[\(second)] join the same neurons",
      at: SourceLocation(file: file))
  }

  fileprivate static func badConnection(
    _ index: Int, _ fault: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "bad-connection", "connections[\(index)] \(fault)", at: SourceLocation(file: file))
  }
}
