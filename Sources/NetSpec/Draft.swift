import Diagnostics
import Network

/// What the reader of one format found, before the caller's options are looked at.
struct Draft {
  /// Numbers of inputs and outputs that the spec itself gives.
  struct Counts {
    let inputs: Int
    let outputs: Int
    /// Whether the inputs include a bias that the spec adds to the written number.
    let addsBias: Bool
    let inputsLocation: SourceLocation
    let outputsLocation: SourceLocation
  }

  var nodes: [Node]
  /// By ascending (destination, source).
  var connections: [Connection]
  var extendedTraces: [ExtendedTrace]
  /// Nil in the one format that lacks them, the manual one of the seed dialect.
  var counts: Counts?
  var isAutomatic: Bool
  var carriesStates: Bool
}
