/// A connection from `source` (i) to `destination` (j), optionally gated.
public struct Connection: Hashable, Sendable {
  /// What a connection does in the forward step.
  public enum Role: UInt8, Sendable {
    /// Adds gain * weight * y_source to the destination's state.
    case weighted
    /// source = destination: carries the state over, times the gater's activation; weight is 1.
    case selfConnection
    /// CSV dialect: adds the unweighted y_source to the argument of the destination's function and
    /// nothing to its state. Of several into one node the one with the highest source counts.
    case argumentBias
  }

  public var destination: NodeID
  public var source: NodeID
  /// As written in the netSpec; ignored (taken as 1) for self-connections and argument biases.
  public var weight: Double
  public var gater: NodeID?
  /// Eligibility trace eps of the netSpec.
  public var trace: Double
  public var role: Role

  public init(
    destination: NodeID, source: NodeID, weight: Double, gater: NodeID? = nil, trace: Double = 0,
    role: Role? = nil
  ) {
    self.destination = destination
    self.source = source
    self.weight = weight
    self.gater = gater
    self.trace = trace
    self.role = role ?? (destination == source ? .selfConnection : .weighted)
  }
}
