import Network

/// A network's connections in the order in which the forward step uses them.
struct ForwardPlan: Sendable {
  /// One product of a node's sum. 32-bit indices halve what a step has to read.
  struct Term {
    var weight: Double
    var source: Int32
    /// -1: not gated.
    var gater: Int32
  }

  /// What a node keeps of its previous state; a self-connection's weight is 1 whatever is written.
  enum Carry {
    /// No self-connection.
    case nothing
    case everything
    case gated(Int32)
  }

  /// A node that is no input.
  struct Unit {
    var carry: Carry
    /// End of the node's terms; they begin where the previous unit's end.
    var termsEnd: Int32
    /// Node whose activation is added to the function's argument but not to the state; -1: none.
    var argumentBias: Int32
    var function: ActivationFunction
  }

  /// Nodes inputCount ..< nodeCount.
  let units: [Unit]
  /// By destination, then by source.
  let terms: [Term]
  private let firstUnit: Int

  init(_ network: Network) {
    var units: [Unit] = []
    var terms: [Term] = []
    units.reserveCapacity(network.nodeCount - network.inputCount)
    terms.reserveCapacity(network.connections.count)
    for index in network.inputCount..<network.nodeCount {
      let node = NodeID(index)
      var carry = Carry.nothing
      for connection in network.incoming(node) {
        let gater = connection.gater.map { Int32($0.index) }
        switch connection.role {
        case .selfConnection:
          carry = gater.map(Carry.gated) ?? .everything
        case .weighted:
          terms.append(
            Term(
              weight: connection.weight, source: Int32(connection.source.index),
              gater: gater ?? -1))
        case .argumentBias:
          // Below, because only the last one counts.
          break
        }
      }
      units.append(
        Unit(
          carry: carry, termsEnd: Int32(terms.count),
          argumentBias: network.argumentBias(node).map { Int32($0.index) } ?? -1,
          function: network.nodes[index].function))
    }
    self.units = units
    self.terms = terms
    firstUnit = network.inputCount
  }

  /// Activates one node after the other; the inputs' activations are in place.
  ///
  ///     s_j = g_jj w_jj s_j + sum over i of (g_ji w_ji) y_i in ascending i, w_jj = 1
  ///     y_j = f_j(s_j), or f_j(s_j + y_bias)
  ///
  /// Every product and every sum is rounded on its own, in this order. y is the current content of
  /// `activations`: inputs and lower nodes supply this step's value, other nodes (and a node to
  /// itself) the previous step's, whether they are sources or gaters.
  func activateUnits(_ activations: inout [Double], _ states: inout [Double]) {
    // Spans, so that the loop neither counts references nor asks whether the arrays are shared.
    var y = activations.mutableSpan
    var s = states.mutableSpan
    let units = units.span
    let terms = terms.span
    var next = 0
    for index in units.indices {
      let node = firstUnit + index
      var sum: Double
      switch units[index].carry {
      case .nothing: sum = 0
      case .everything: sum = s[node]
      case .gated(let gater): sum = s[node] * y[Int(gater)]
      }
      while next < units[index].termsEnd {
        let term = terms[next]
        let weight = term.gater < 0 ? term.weight : y[Int(term.gater)] * term.weight
        sum += weight * y[Int(term.source)]
        next += 1
      }
      s[node] = sum
      let bias = units[index].argumentBias
      y[node] = units[index].function.value(at: bias < 0 ? sum : sum + y[Int(bias)])
    }
  }
}
