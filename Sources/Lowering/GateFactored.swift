import Network

/// Where every gate multiplication happens: on a source (one product serves all its readers) or on
/// the sum of a destination's terms behind one gater.
public struct GateFactored: Sendable {
  /// y_gater * y_source as a value of its own, read in the step that makes it.
  public struct Product: Hashable, Sendable {
    public let gater: Operand
    public let source: Operand
  }

  /// One weighted term of a sum.
  public struct Term: Hashable, Sendable {
    public let source: Operand
    public let weight: Double
  }

  /// gain * (sum of weighted terms + constant) of one destination; gain 1 without a gater.
  public struct Sum: Sendable {
    public var gater: Operand?
    /// Indices into `terms`.
    public var terms: Range<Int>
    public var constant: Double
  }

  /// What happens to the state of the previous step.
  public enum Retention: Hashable, Sendable {
    case forgotten
    case kept
    case gated(Operand)
  }

  /// What is added to the function's argument behind the state (CSV dialect).
  public enum ArgumentBias: Hashable, Sendable {
    case none
    case value(Operand)
    case constant(Double)
  }

  /// One node to compute in every step.
  public struct Cell: Sendable {
    public let node: NodeID
    public let function: ActivationFunction
    public let retention: Retention
    /// Indices into `sums`; the ungated sum first, then by gater.
    public let sums: Range<Int>
    public let argumentBias: ArgumentBias
  }

  public let levelled: Levelled
  /// Product p is value nodeCount + p.
  public let products: [Product]
  /// By ascending node.
  public let cells: [Cell]
  public let sums: [Sum]
  public let terms: [Term]

  public var network: Network { levelled.network }
  /// Gate multiplications per step without factoring: one for each (gater, destination) pair.
  public let gateProductsPerDestination: Int
  /// Gate multiplications per step: source products and gated sums, retention not counted.
  public let gateProducts: Int
}
