/// A place in a text file. Lines and columns count from 1; columns count bytes.
public struct SourceLocation: Hashable, Sendable, Comparable {
  public let file: String
  public let line: Int?
  public let column: Int?

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.file, a.line ?? 0, a.column ?? 0) < (b.file, b.line ?? 0, b.column ?? 0)
  }
}
