/// The way of a finished node through its unit, from its last operation to the written value.
///
/// A sum that needs neither gate nor accumulator enters behind them, a linear result leaves before
/// the table, and the product of two activations has a multiplier of its own. Shorter ways give the
/// same words earlier.
public enum ResultPath: Hashable, Sendable, CaseIterable {
  /// Through gate and accumulator, then the table.
  case longTable
  /// Through gate and accumulator, no table.
  case longLinear
  /// A single ungated addend, then the table.
  case shortTable
  /// A single ungated addend, no table.
  case shortLinear
  /// A single value times its gater, nothing else.
  case product

  /// Whether the result comes out of the table.
  public var usesTable: Bool { self == .longTable || self == .shortTable }
  /// Whether the operand goes past gate and accumulator.
  public var isShort: Bool { self == .shortTable || self == .shortLinear }
}

extension QuantisedNetwork {
  /// The shortest way, of those that a profile has, on which a cell's result is still exactly that
  /// of its format.
  public func path(of cell: Cell, in profile: PipelineProfile) -> ResultPath {
    if profile.hasProductPath && isProduct(cell) { return .product }
    let addend = addends[cell.addends.lowerBound]
    let isSingle =
      cell.addends.count == 1 && addend.gater == nil && cell.argumentBias == nil
      && cell.stateSlot == nil
    if case .linear = cell.output { return isSingle ? .shortLinear : .longLinear }
    return isSingle ? .shortTable : .longTable
  }

  /// Whether some cell is a product of two activations.
  public var hasProducts: Bool { cells.contains(where: isProduct) }

  /// A value with weight one times a gater, all three words fractions of one.
  func isProduct(_ cell: Cell) -> Bool {
    let addend = addends[cell.addends.lowerBound]
    guard cell.addends.count == 1, cell.argumentBias == nil, cell.stateSlot == nil,
      cell.output == .linear(rectified: false), addend.constant == 0,
      let gater = addend.gater, case .value(let source) = addend.input
    else { return false }
    return [cell.value, gater.value, source.value].allSatisfy {
      valueFormats[$0].integerBits == 0
    }
  }
}
