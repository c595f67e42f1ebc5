/// Index of a value word: nodes first (a node's value has the node's index), gate products behind.
public typealias ValueID = Int

/// A value as a reader sees it: written in this step or in the previous one.
public struct Operand: Hashable, Comparable, Sendable {
  /// Which step's value is meant.
  public enum Age: UInt8, Sendable, Codable {
    case current = 0
    case previous = 1
  }

  private let packed: UInt32

  public init(_ value: ValueID, _ age: Age) {
    packed = UInt32(value) << 1 | UInt32(age.rawValue)
  }

  public var value: ValueID { Int(packed >> 1) }
  public var age: Age { packed & 1 == 0 ? .current : .previous }

  public static func < (a: Operand, b: Operand) -> Bool { a.packed < b.packed }
}
