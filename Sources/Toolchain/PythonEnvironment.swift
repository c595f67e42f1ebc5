import Diagnostics
import Foundation

/// The virtual environment of Python with the tools that Debian does not have; in the cache, named after
/// the list of their versions. `Scripts/fpga-tools` makes it.
public struct PythonEnvironment: Sendable {
  /// What to type to make it.
  public static let installLine = "lstmg-hdl doctor --install"

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

  /// Whether everything of the list is installed.
  public var isComplete: Bool { FileManager.default.fileExists(atPath: folder + "/complete") }

  /// Names and versions of the list.
  public var packages: [String] {
    String(decoding: requirements, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  /// The version that the environment has of a package; nil if it has none.
  func version(of package: String) -> String? {
    let names = packages.map { $0.split(separator: "=").map(String.init) }
    guard isComplete else { return nil }
    return names.first { $0.first == package }?.last
  }

  /// Makes the environment, unless it is complete.
  public func install(_ runner: JobRunner) async throws {
    try cache.create(folder)
    // Two runs at once must not write into each other's environment.
    let lock = open(folder + "/lock", O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
      throw Diagnostic.cannotInstall(folder, String(cString: strerror(errno)).lowercased())
    }
    defer { close(lock) }
    guard !isComplete else { return }
    let list = folder + "/requirements.txt"
    try Files.write(requirements, to: list)
    try await runner.run(Job(.tool(.python3), ["-m", "venv", "--clear", folder + "/venv"]))
    try await runner.run(
      Job(
        .file(programs + "/pip"),
        ["install", "--quiet", "--disable-pip-version-check", "-r", list]))
    try Files.write([], to: folder + "/complete")
  }
}

extension Diagnostic {
  fileprivate static func cannotInstall(_ path: String, _ reason: String) -> Self {
    Self(
      id: "cannot-create", "cannot make the environment: \(reason)",
      at: SourceLocation(file: path),
      hint: "set LSTMG_CACHE to a folder that can be written", exitCode: .cannotCreate)
  }
}
