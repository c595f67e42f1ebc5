import Diagnostics

/// The oldest versions of programs that serve a family; others may have any.
public struct OldestTools: Hashable, Sendable {
  private let versions: [BitstreamFlow.Family: [Tool: String]]

  /// `text` has a family, a program and its version on each line; `#` begins a comment.
  public init(_ text: String, file: String) throws(Diagnostic) {
    var versions: [BitstreamFlow.Family: [Tool: String]] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
      if words.isEmpty { continue }
      guard words.count == 3, let family = BitstreamFlow.Family(rawValue: words[0]),
        let tool = Tool(rawValue: words[1])
      else { throw .malformed(file, line: index + 1) }
      versions[family, default: [:]][tool] = words[2]
    }
    self.versions = versions
  }

  /// The oldest version of a tool that serves a family; nil if any does.
  public func version(of tool: Tool, for family: BitstreamFlow.Family) -> String? {
    versions[family]?[tool]
  }

  /// Whether a version is as new as another one: numbers between points, from the left.
  static func isNew(_ version: String, from oldest: String) -> Bool {
    let pairs = [version, oldest].map { text in
      text.split { !$0.isNumber }.map { Int($0) ?? 0 }
    }
    return !pairs[0].lexicographicallyPrecedes(pairs[1])
  }
}

/// Finds the tools of a family: a native program if it is new enough, then the one of PyPI.
public struct BitstreamTools: Sendable {
  public enum Place: Hashable, Sendable {
    case found(path: String, version: String?)
    /// Only a native program that does not serve.
    case tooOld(path: String, version: String?, oldest: String)
    case missing
  }

  private let family: BitstreamFlow.Family
  private let runner: JobRunner
  private let versions: ToolVersion
  private let oldest: OldestTools

  public init(
    _ family: BitstreamFlow.Family, runner: JobRunner, environment: PythonEnvironment,
    oldest: OldestTools
  ) {
    self.family = family
    self.runner = runner
    versions = ToolVersion(runner, environment: environment)
    self.oldest = oldest
  }

  /// Where a tool is; asks for its version only if that matters or is wanted.
  public func place(of tool: Tool, withVersion: Bool = false) async -> Place {
    let first = runner.locator.find(tool)
    guard let first else { return .missing }
    guard let oldest = oldest.version(of: tool, for: family) else {
      return .found(path: first, version: withVersion ? await versions.of(tool, at: first) : nil)
    }
    let found = await versions.of(tool, at: first)
    if let found, OldestTools.isNew(found, from: oldest) {
      return .found(path: first, version: found)
    }
    // The list of packages has nothing that is too old.
    if let path = runner.locator.packaged(tool) {
      return .found(path: path, version: withVersion ? await versions.of(tool, at: path) : nil)
    }
    return .tooOld(path: first, version: found, oldest: oldest)
  }

  /// The program to run; an error if there is none that serves.
  public func path(of tool: Tool) async throws(Diagnostic) -> String {
    switch await place(of: tool) {
    case .found(let path, _): return path
    case .tooOld(let path, let version, let oldest):
      throw .tooOld(tool, path, version, oldest, family)
    case .missing: return try runner.locator.path(of: tool)
    }
  }
}

extension Diagnostic {
  fileprivate static func malformed(_ file: String, line: Int) -> Self {
    Self(
      id: "malformed-versions", "this is no family, program and version",
      at: SourceLocation(file: file, line: line), hint: "such as: gowin yosys 0.60")
  }

  fileprivate static func tooOld(
    _ tool: Tool, _ path: String, _ version: String?, _ oldest: String,
    _ family: BitstreamFlow.Family
  ) -> Self {
    Self(
      id: "old-tool",
      "\(tool.rawValue) has to be \(oldest) or newer for \(family.rawValue), and this is"
        + " \(version ?? "of a version that it does not tell")",
      at: SourceLocation(file: path), hint: PythonEnvironment.installLine, exitCode: .toolMissing)
  }
}
