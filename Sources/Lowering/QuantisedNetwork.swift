import FixedPoint
import Network

/// The fixed-point network: integers and alignments, the normative meaning of the hardware.
///
/// In one step every cell is evaluated in `cells` order. A cell adds its addends exactly in the node
/// accumulator, in any order; each addend is `gain * (round(x >> shift) + constant)`. The sum,
/// rounded and saturated, is the wide state, from which the stored state, the argument of the
/// function and linear outputs are rounded.
public struct QuantisedNetwork: Sendable {
  /// One weight of a sum; the source's exponent is folded into the weight.
  public struct Term: Hashable, Sendable {
    public let source: Operand
    public let weight: Int32
  }

  /// An exact sum of products that a MAC lane forms.
  public struct Sum: Hashable, Sendable {
    /// Indices into `terms`.
    public let terms: Range<Int>
    /// Weights are in units of 2^-exponent / 2^(source's integer bits).
    public let weightExponent: Int
  }

  /// What an addend reads.
  public enum AddendInput: Hashable, Sendable {
    /// Index into `sums`.
    case sum(Int)
    case value(Operand)
    /// The cell's state of the previous step.
    case state
    case nothing
  }

  /// gain * (round(input >> shift) + constant), all in operand format.
  public struct Addend: Hashable, Sendable {
    public let input: AddendInput
    public let shift: Int
    /// In units of the operand format.
    public let constant: Int64
    public let gater: Operand?
  }

  /// What becomes of a cell's wide state.
  public enum Output: Hashable, Sendable {
    case logistic
    case tanh
    /// Rounded to an activation word with the value's integer bits; `rectified` for relu.
    case linear(rectified: Bool)
  }

  /// One value computed per step: a node or a gate product.
  public struct Cell: Sendable {
    public let value: ValueID
    /// Indices into `addends`.
    public let addends: Range<Int>
    /// Added behind the state, before the function; its gater is always nil.
    public let argumentBias: Addend?
    public let output: Output
    /// Slot of the state memory; nil where the previous state is forgotten.
    public let stateSlot: Int?
    /// False for gate products, whose wide state is no state of the network.
    public let isNode: Bool
  }

  public let factored: GateFactored
  public let plan: FormatPlan
  /// Format of every value word, nodes first, products behind.
  public let valueFormats: [QFormat]
  /// What a reader of the previous step sees after a reset.
  public let initialValues: [Int32]
  /// By state slot.
  public let initialStates: [Int64]
  public let cells: [Cell]
  public let addends: [Addend]
  public let sums: [Sum]
  public let terms: [Term]
  /// Values that arrive with a step, in order.
  public let inputs: [ValueID]
  /// What the data of every such value was declared to lie in.
  public let inputRanges: [ClosedRange<Double>]
  /// Values that leave with a step, in order.
  public let outputs: [ValueID]

  /// No node's sum, before it is rounded, has a greater magnitude, whatever words arrive.
  public var nodeSumBound: Int128 { OperandBound(plan).nodeSum(of: self) }

  public var network: Network { factored.network }
  /// Connections served by lanes: all but self-connections, constants and single unit weights.
  public var macsPerStep: Int { terms.count }
}
