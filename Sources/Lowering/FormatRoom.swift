import FixedPoint

/// Integer bits of every format that weights have a part in: room that a network needs or hardware has.
public struct FormatRoom: Hashable, Codable, Sendable {
  /// Of values, by value.
  public let values: [Int]
  /// Of the operand of gate multiplications.
  public let operand: Int

  /// What a network has.
  public init(_ network: QuantisedNetwork) {
    values = network.valueFormats.map(\.integerBits)
    operand = network.plan.operand.integerBits
  }

  /// Values whose formats have more integer bits than those of `other`, for a network of the same shape.
  public func values(beyond other: FormatRoom) -> [ValueID] {
    zip(values, other.values).enumerated().filter { $1.0 > $1.1 }.map(\.offset)
  }
}
