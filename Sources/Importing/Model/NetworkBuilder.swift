import Network

/// Collects nodes and connections in the order of activation; constants get their places at the end.
///
/// A constant is a node without connections, whose activation is always 1/2, read with twice the
/// weight: rows of data hold only true inputs then. There are two of them, because a node takes no
/// two connections from one source, and a GRU's candidate has two biases.
struct NetworkBuilder {
  /// Stands for the constants until it is known how many nodes come before them.
  enum Constant: Int {
    case first = -1
    case second = -2
  }

  private struct Link {
    let destination: Int
    let source: Int
    let weight: Double
    let gater: Int
  }

  private let inputCount: Int
  private var nodes: [Node]
  private var links: [Link] = []

  init(inputCount: Int) {
    self.inputCount = inputCount
    nodes = Array(
      repeating: Node(state: 0, function: .logistic, initialActivation: 0.5), count: inputCount)
  }

  var inputs: Range<Int> { 0..<inputCount }

  /// Adds nodes that are activated after all others so far.
  mutating func add(
    _ count: Int, _ function: ActivationFunction, states: [Double]? = nil
  ) -> Range<Int> {
    let first = nodes.count
    for index in 0..<count {
      let state = states?[index] ?? 0
      nodes.append(
        Node(state: state, function: function, initialActivation: function.value(at: state)))
    }
    return first..<nodes.count
  }

  /// Connects everything to everything; `gaters` has one for each destination.
  mutating func connect(
    _ destinations: Range<Int>, from sources: Range<Int>, _ weights: Matrix,
    gatedBy gaters: Range<Int>? = nil
  ) {
    links.reserveCapacity(links.count + weights.values.count)
    for (unit, destination) in destinations.enumerated() {
      let gater = gaters.map { $0.lowerBound + unit } ?? -1
      for (source, weight) in zip(sources, weights.row(unit)) {
        links.append(
          Link(destination: destination, source: source, weight: weight, gater: gater))
      }
    }
  }

  /// Connects unit by unit; without weights each is 1.
  mutating func pair(
    _ destinations: Range<Int>, from sources: Range<Int>, _ weights: [Double]? = nil,
    gatedBy gaters: Range<Int>? = nil
  ) {
    for (unit, (destination, source)) in zip(destinations, sources).enumerated() {
      links.append(
        Link(
          destination: destination, source: source, weight: weights?[unit] ?? 1,
          gater: gaters.map { $0.lowerBound + unit } ?? -1))
    }
  }

  /// Adds one connection.
  mutating func link(
    _ destination: Int, from source: Int, _ weight: Double = 1, gatedBy gater: Int? = nil
  ) {
    links.append(
      Link(destination: destination, source: source, weight: weight, gater: gater ?? -1))
  }

  /// Adds a bias to each node, if there is one.
  mutating func bias(
    _ destinations: Range<Int>, _ biases: [Double]?, constant: Constant = .first,
    gatedBy gaters: Range<Int>? = nil
  ) {
    guard let biases else { return }
    for (unit, (destination, bias)) in zip(destinations, biases).enumerated() {
      links.append(
        Link(
          destination: destination, source: constant.rawValue, weight: 2 * bias,
          gater: gaters.map { $0.lowerBound + unit } ?? -1))
    }
  }

  /// The graph. Constants stand before the outputs and so behind the first node with connections:
  /// the number of inputs can be told from the connections then.
  func network(outputCount: Int) -> Network {
    let constantCount = links.reduce(0) { max($0, -$1.source) }
    let place = nodes.count - outputCount
    func id(_ index: Int) -> NodeID {
      NodeID(index < 0 ? place - index - 1 : index < place ? index : index + constantCount)
    }
    var all = nodes
    all.insert(
      contentsOf: Array(
        repeating: Node(state: 0, function: .logistic, initialActivation: 0.5),
        count: constantCount),
      at: place)
    return Network(
      nodes: all, inputCount: inputCount, outputCount: outputCount,
      connections: links.map {
        Connection(
          destination: id($0.destination), source: id($0.source), weight: $0.weight,
          gater: $0.gater < 0 ? nil : id($0.gater))
      })
  }
}
