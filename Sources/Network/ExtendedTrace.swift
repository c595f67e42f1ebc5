/// Extended eligibility trace eps_k of connection (destination j, source i) and node k that j gates.
public struct ExtendedTrace: Hashable, Sendable {
  public var destination: NodeID
  public var source: NodeID
  public var influenced: NodeID
  public var value: Double

  public init(destination: NodeID, source: NodeID, influenced: NodeID, value: Double) {
    self.destination = destination
    self.source = source
    self.influenced = influenced
    self.value = value
  }
}
