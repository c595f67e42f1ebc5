import Diagnostics

/// Asks a tool for its version.
public struct ToolVersion: Sendable {
  private static let limit = Duration.seconds(20)

  private let runner: JobRunner
  private let environment: PythonEnvironment

  public init(_ runner: JobRunner, environment: PythonEnvironment) {
    self.runner = runner
    self.environment = environment
  }

  /// The first number with a point in what it says; nil if it says none. Programs of the environment
  /// are not run for it: the list of packages has their versions, and their first run compiles them.
  public func of(_ tool: Tool, at path: String) async -> String? {
    if path.hasPrefix(environment.programs + "/") {
      return tool.packaged.flatMap { environment.version(of: $0.package) }
    }
    guard let arguments = tool.versionArguments else { return nil }
    let job = Job(.file(path), arguments, timeLimit: Self.limit)
    guard let text = try? await runner.run(job) else { return nil }
    return Self.number(in: text)
  }

  static func number(in text: String) -> String? {
    let words = text.split { $0.isWhitespace || "(),\"".contains($0) }
    return words.lazy.map { $0.drop { $0 == "v" } }
      .first { $0.first?.isNumber == true && $0.contains(".") }
      .map(String.init)
  }
}
