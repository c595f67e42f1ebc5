import Diagnostics
import Network

/// A netSpec as read: the network and what is worth knowing about its text.
public struct NetSpecDocument: Sendable {
  public let network: Network
  public let dialect: Dialect
  /// Whether the text described the network by memory blocks, its weights coming from elsewhere.
  public let isAutomatic: Bool
  /// Whether states and traces belong into the text when it is printed; false for a network of the
  /// csv dialect that has never been run.
  public let carriesStates: Bool
  public let warnings: [Diagnostic]
}

extension NetSpecDocument {
  /// A network that does not come from a netSpec, as the seed dialect would hold it.
  public init(_ network: Network) {
    self.init(
      network: network, dialect: .seed, isAutomatic: false, carriesStates: true, warnings: [])
  }
}
