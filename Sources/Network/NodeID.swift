/// Index of a node, 0 ..< nodeCount; lower indices are activated first.
public struct NodeID: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let raw: Int32

  public init(_ index: Int) { raw = Int32(index) }

  public var index: Int { Int(raw) }
  public var description: String { String(raw) }

  public static func < (a: NodeID, b: NodeID) -> Bool { a.raw < b.raw }
}
