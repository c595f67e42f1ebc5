import Network

/// Recognises a node whose new state is a mean of its old one and of something else,
///
///     s = g s' + (1 - g) x,
///
/// as the output of a GRU is: then |s| stays within the larger of |x| and the initial state, which
/// interval arithmetic cannot see. 1 - g comes from a second gate with the first one's weights, negated:
/// 1 - logistic(a) = logistic(-a).
struct WeightedMean {
  /// What enters: connections that are all gated by 1 - g.
  let entering: [Connection]

  /// Nil for any other node.
  init?(_ node: NodeID, in levelled: Levelled) {
    let network = levelled.network
    guard network.nodes[node.index].function == .identity, network.argumentBias(node) == nil,
      let gate = network.selfConnection(node)?.gater
    else { return nil }
    entering = network.incoming(node).filter { $0.role == .weighted }
    guard let rest = entering.first?.gater, entering.allSatisfy({ $0.gater == rest }),
      // Before the first step the two need not add up to 1.
      gate < node, rest < node, Self.addUpToOne(gate, rest, in: levelled)
    else { return nil }
  }

  private static func addUpToOne(_ a: NodeID, _ b: NodeID, in levelled: Levelled) -> Bool {
    let network = levelled.network
    let gates = [a, b]
    guard
      gates.allSatisfy({ !network.isInput($0) && network.nodes[$0.index].function == .logistic })
    else { return false }
    let (left, right) = (network.incoming(a), network.incoming(b))
    return left.count == right.count
      && zip(left, right).allSatisfy { one, other in
        one.role == .weighted && other.role == .weighted && one.source == other.source
          && one.weight == -other.weight && one.gater == other.gater
          && [one.source, one.gater].compactMap({ $0 }).allSatisfy { node in
            levelled.operand(node, readBy: a) == levelled.operand(node, readBy: b)
          }
      }
  }
}
