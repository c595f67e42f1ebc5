import Diagnostics
import Foundation

/// The virtual environment of Python with the tools that Debian does not have; in the cache, named after
/// the list of their versions. `Scripts/fpga-tools` makes and uses the same one.
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
  private var mark: String { folder + "/complete" }
  public var isComplete: Bool { FileManager.default.fileExists(atPath: mark) }

  /// Packages with their versions.
  public var packages: [String] {
    String(decoding: requirements, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  /// Makes it; pip's output goes to a log.
  public func install(
    runner: JobRunner, progress: @Sendable (String) -> Void
  ) async throws(Diagnostic) {
    try make(folder)
    let list = folder + "/requirements.txt"
    try Files.write(requirements, to: list)
    progress("making a virtual environment in \(folder)")
    try await runner.run(Job(.file(try python()), ["-m", "venv", "--clear", folder + "/venv"]))
    progress("installing \(packages.joined(separator: ", ")) from PyPI")
    try await runner.run(
      Job(
        .file(programs + "/pip"),
        ["install", "--quiet", "--disable-pip-version-check", "-r", list]))
    try Files.write([], to: mark)
  }

  private func python() throws(Diagnostic) -> String {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    for folder in folders.split(separator: ":") {
      let path = folder + "/python3"
      if FileManager.default.isExecutableFile(atPath: String(path)) { return String(path) }
    }
    throw Diagnostic(
      id: "missing-tool", "python3 is not installed, or not in a folder of PATH",
      hint: "apt-get install python3 python3-venv", exitCode: .toolMissing)
  }

  private func make(_ path: String) throws(Diagnostic) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic(
        id: "cannot-create", "cannot create the environment: \(error.localizedDescription)",
        at: SourceLocation(file: path), exitCode: .cannotCreate)
    }
  }
}
