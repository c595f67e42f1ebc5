import FixedPoint

/// Every width and alignment of the data path, derived once; model, RTL and C header read it here.
///
/// A product of two words has its binary point where its factors put it. The node unit brings every
/// addend to `operand`, multiplies by the gater's word (or by one) and accumulates exactly; the
/// state is rounded once per step.
public struct FormatPlan: Hashable, Sendable {
  public let formats: NumberFormats
  /// What the gate multiplies: aligned sums, the old state, single values.
  public let operand: QFormat
  /// The new state before it is rounded for storage; also carries products and arguments.
  public let wideState: QFormat
  public let table: LogisticTable
  /// Left shifts that align each kind of addend, in front of the per-operation right shift.
  public let sumLeftShift: Int
  public let stateLeftShift: Int
  public let valueLeftShift: Int
  /// Largest right shift of any operation.
  public let maxShift: Int
  /// Exponents a sum's weights may be scaled by.
  public let weightExponents: ClosedRange<Int>
  /// Width of a lane's accumulator: no sum of the network can overflow it, whatever its weights.
  public let laneAccumulatorBits: Int
  /// Width of the node unit's accumulator, proved likewise.
  public let nodeAccumulatorBits: Int
  /// Largest integer bits of an identity, relu or product output.
  public let maxLinearIntegerBits: Int

  public var activationBits: Int { formats.activationBits }
  public var weightBits: Int { formats.weightBits }
  /// Right shift from wide state to an activation with no integer bits.
  public var linearShift: Int { wideState.fractionBits - (activationBits - 1) }
  /// Right shift from wide state to the argument of the table.
  public var argumentShift: Int { wideState.fractionBits - table.argument.fractionBits }
  /// Right shift from wide state to the stored state.
  public var stateShift: Int { wideState.fractionBits - formats.state.fractionBits }
  /// Width of an aligned addend before the right shift.
  public var alignedBits: Int {
    max(
      laneAccumulatorBits + sumLeftShift, formats.state.width + stateLeftShift,
      activationBits + valueLeftShift, operand.width)
  }
  /// Width of the right-shift field.
  public var shiftBits: Int { max(1, Int.bitWidth - maxShift.leadingZeroBitCount) }

  /// Facts about a network that widths depend on; none of them is a weight except through
  /// `operandIntegerBits`, for which the default formats leave room.
  struct Demands {
    /// Largest integer bits of any value, and of any value used as a gater.
    var valueIntegerBits: Int
    var gateIntegerBits: Int
    var linearIntegerBits: Int
    var termsPerSum: Int
    var addendsPerNode: Int
    /// Integer bits that the largest operand needs.
    var operandIntegerBits: Int
  }

  init(_ formats: NumberFormats, _ table: LogisticTable, _ demands: Demands) {
    self.formats = formats
    self.table = table
    let activationFraction = formats.activationBits - 1
    let fewestIntegerBits = formats.state.integerBits + demands.gateIntegerBits
    // At least 18 bits for the gate's operand, and nothing of an activation may be lost. What the
    // weights demand has no say here: words are rounded before it is known.
    let fractionBits = max(
      formats.state.fractionBits, activationFraction, table.argument.fractionBits,
      17 - fewestIntegerBits)
    operand = QFormat(
      integerBits: max(fewestIntegerBits, demands.operandIntegerBits), fractionBits: fractionBits)
    wideState = QFormat(
      integerBits: formats.state.integerBits, fractionBits: fractionBits)
    let smallest = Self.smallestWeightExponent(formats, demands.valueIntegerBits)
    weightExponents = smallest...max(smallest, fractionBits + 4)
    sumLeftShift = max(
      0, fractionBits + demands.gateIntegerBits - activationFraction - smallest)
    stateLeftShift = fractionBits - formats.state.fractionBits + demands.gateIntegerBits
    valueLeftShift =
      fractionBits - activationFraction + demands.gateIntegerBits + demands.valueIntegerBits
    maxShift = max(
      weightExponents.upperBound + activationFraction - fractionBits + sumLeftShift,
      demands.gateIntegerBits + demands.valueIntegerBits)
    laneAccumulatorBits =
      formats.weightBits + formats.activationBits + Self.growth(demands.termsPerSum)
    nodeAccumulatorBits =
      operand.width + formats.activationBits + Self.growth(demands.addendsPerNode + 1)
    maxLinearIntegerBits = demands.linearIntegerBits
  }

  /// Weights times source range up to twice the state's range can be expressed.
  private static func smallestWeightExponent(_ formats: NumberFormats, _ valueBits: Int) -> Int {
    formats.weightBits - 2 - formats.state.integerBits - valueBits
  }

  /// Bits by which a sum of `count` words outgrows one word.
  private static func growth(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}
