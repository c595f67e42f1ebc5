import NetSpec
import Network

/// Draws networks for property tests: the same seed and shape give the same network everywhere.
///
/// What no golden case combines comes up here by chance: gaters of any index (inputs, the
/// destination itself, later nodes), nodes without connections, outputs that project. The result
/// keeps every invariant of `Network` and, in the csv dialect, every rule of that format; it has
/// the extended traces that a printed netSpec needs.
public struct RandomNetwork: Sendable {
  public var nodes = 12
  public var inputs = 3
  public var outputs = 2
  /// Part of the possible connections between different nodes that exist.
  public var density = 0.3
  /// Part of all connections that is gated.
  public var gating = 0.4
  /// Part of the nodes that is connected to itself.
  public var selfConnections = 0.3
  /// Weights lie in -limit ... limit.
  public var weightLimit = 1.0
  /// Initial states lie in -limit ... limit; 0 makes a new network.
  public var stateLimit = 0.0
  /// Functions to choose from; the csv dialect knows the logistic one only.
  public var functions: [ActivationFunction] = [.logistic]
  /// csv: argument biases, ignored weights of self-connections, initial activations of 0.
  public var dialect = Dialect.seed

  public init() {}

  /// A shape of small networks whose every parameter depends on the seed, over all functions.
  public static func varied(seed: UInt64, dialect: Dialect = .seed) -> RandomNetwork {
    var generator = SeededGenerator(seed: ~seed)
    var shape = RandomNetwork()
    shape.inputs = dialect == .csv ? 1 + generator.below(4) : generator.below(5)
    shape.outputs = 1 + generator.below(3)
    shape.nodes = shape.inputs + shape.outputs + generator.below(14)
    shape.density = generator.value(in: 0.05...0.5)
    shape.gating = generator.value(in: 0...1)
    shape.selfConnections = generator.value(in: 0...1)
    shape.stateLimit = generator.chance(0.5) ? 0 : 2
    shape.functions = dialect == .csv ? [.logistic] : ActivationFunction.allCases
    shape.dialect = dialect
    return shape
  }

  /// The network of a seed.
  public func network(seed: UInt64) -> Network {
    var generator = SeededGenerator(seed: seed)
    let drawnNodes = (0..<nodes).map { node($0, &generator) }
    let drawn = biased((inputs..<nodes).flatMap { connections(into: $0, &generator) })
    return Network(
      nodes: drawnNodes, inputCount: inputs, outputCount: outputs, connections: drawn,
      extendedTraces: extendedTraces(drawn))
  }

  /// Rows of input values for a network, in -limit ... limit.
  public static func inputs(
    of network: Network, steps: Int, limit: Double = 1, seed: UInt64
  ) -> [[Double]] {
    var generator = SeededGenerator(seed: seed &+ 0x5EED)
    return (0..<steps).map { _ in
      (0..<network.inputCount).map { _ in generator.value(in: -limit...limit) }
    }
  }

  private func node(_ index: Int, _ generator: inout SeededGenerator) -> Node {
    let function = functions[generator.below(functions.count)]
    let drawn = generator.value(in: -1...1) * stateLimit
    let isUnused = dialect == .csv && (index < inputs || stateLimit == 0)
    let state = isUnused ? 0 : drawn
    return Node(
      state: state, function: function,
      initialActivation: isUnused ? 0 : function.value(at: state))
  }

  private func connections(
    into index: Int, _ generator: inout SeededGenerator
  ) -> [Connection] {
    let destination = NodeID(index)
    // The csv dialect refuses a node that nothing leads to.
    let obligatory = dialect == .csv ? generator.below(inputs) : -1
    return (0..<nodes).compactMap { other in
      let source = NodeID(other)
      let isSelf = source == destination
      let probability = isSelf ? selfConnections : density
      guard generator.chance(probability) || other == obligatory else { return nil }
      var gater: NodeID?
      if generator.chance(gating) { gater = NodeID(generator.below(nodes)) }
      if isSelf && gater == destination { gater = nil }
      let drawn = generator.value(in: -1...1) * weightLimit
      return Connection(
        destination: destination, source: source,
        weight: isSelf && dialect == .seed ? 1 : drawn, gater: gater)
    }
  }

  /// The csv dialect's cell biases: ungated connections of inputs to self-connected nodes.
  private func biased(_ connections: [Connection]) -> [Connection] {
    guard dialect == .csv else { return connections }
    let cells = Set(connections.filter { $0.role == .selfConnection }.map(\.destination))
    return connections.map { given in
      var connection = given
      if given.source.index < inputs, given.gater == nil, cells.contains(given.destination) {
        connection.role = .argumentBias
      }
      return connection
    }
  }

  private func extendedTraces(_ connections: [Connection]) -> [ExtendedTrace] {
    var influenced: [NodeID: Set<NodeID>] = [:]
    for connection in connections {
      if let gater = connection.gater {
        influenced[gater, default: []].insert(connection.destination)
      }
    }
    return connections.flatMap { connection in
      let (j, i) = (connection.destination, connection.source)
      return (influenced[j] ?? []).filter { dialect == .seed || (i != j && $0 > j) }
        .map { ExtendedTrace(destination: j, source: i, influenced: $0, value: 0) }
    }
  }
}
