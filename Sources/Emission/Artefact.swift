/// One generated file.
public struct Artefact: Hashable, Sendable {
  /// Relative to the output folder, parts separated by `/`.
  public let path: String
  public let contents: [UInt8]

  public init(path: String, contents: [UInt8]) {
    precondition(
      !path.isEmpty && !path.hasPrefix("/")
        && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
          !["", ".", ".."].contains($0)
        }, "artefact path '\(path)' leaves the output folder")
    self.path = path
    self.contents = contents
  }

  public init(path: String, text: String) { self.init(path: path, contents: Array(text.utf8)) }
}
