/// The two text formats of a netSpec.
public enum Dialect: String, CaseIterable, Hashable, Sendable {
  /// Blank-separated fields, lists separated by blank lines (the original format).
  case seed
  /// Comma-separated fields, lines told apart by their field count.
  case csv
}
