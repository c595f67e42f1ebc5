/// The two text formats of a netSpec.
public enum Dialect: String, CaseIterable, Hashable, Sendable {
  /// Blank-separated fields, lists separated by blank lines (the original format).
  case seed
  /// Comma-separated fields, lines told apart by their field count.
  case csv

  /// The dialect a text is most likely written in. It always answers, because a text that fits
  /// neither dialect gets its errors from the reader of the likelier one.
  public static func detected(in bytes: [UInt8], file: String) -> Dialect {
    var lines = LineScanner(bytes, separator: .comma)
    while lines.advance() {
      switch lines.fieldCount {
      case 0: continue
      case 1 where lines.fieldIs("0") || lines.fieldIs("1"): return .seed
      case 2, 4: return .csv
      case 1: return named(by: file) ?? .seed
      default: return named(by: file) ?? .csv
      }
    }
    return named(by: file) ?? .seed
  }

  private static func named(by file: String) -> Dialect? {
    let name = file.hasSuffix(".gz") ? file.dropLast(3) : file[...]
    if name.hasSuffix(".csv") { return .csv }
    if name.hasSuffix(".spec") { return .seed }
    return nil
  }
}
