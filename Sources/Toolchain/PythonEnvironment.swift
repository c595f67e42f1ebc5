/// The virtual environment of Python with the tools that Debian does not have; in the cache, named after
/// the list of their versions. `Scripts/fpga-tools` makes it.
public struct PythonEnvironment: Sendable {
  /// A package a line, with its version.
  private let requirements: [UInt8]
  private let cache: ToolCache

  public init(requirements: [UInt8], cache: ToolCache = ToolCache()) {
    self.requirements = requirements
    self.cache = cache
  }

  /// Its folder, whether it is there or not.
  public var folder: String {
    var hash = SHA256()
    hash.update(requirements)
    return cache.root + "/fpga-tools-" + hash.finish().prefix(12)
  }

  /// Where its programs are.
  public var programs: String { folder + "/venv/bin" }
}
