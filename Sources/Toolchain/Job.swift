/// One run of a program, planned as a value before anything is started.
public struct Job: Hashable, Sendable {
  /// What is run: a tool that has to be found first, or a file that an earlier job made.
  public enum Program: Hashable, Sendable {
    case tool(Tool)
    case file(String)
  }

  public let program: Program
  public let arguments: [String]
  /// The folder it runs in; that of this process if there is none.
  public let workingDirectory: String?
  /// Changes to the environment of this process.
  public let environment: [String: String]
  /// The file that keeps what it prints. Without one, only the output of a failure is kept.
  public let log: String?
  public let timeLimit: Duration?

  public init(
    _ program: Program, _ arguments: [String], in workingDirectory: String? = nil,
    environment: [String: String] = [:], log: String? = nil, timeLimit: Duration? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.workingDirectory = workingDirectory
    self.environment = environment
    self.log = log
    self.timeLimit = timeLimit
  }

  /// The program's name without its folder.
  public var name: String {
    switch program {
    case .tool(let tool): tool.rawValue
    case .file(let path):
      String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }
  }

  /// What one would type in a shell, in the folder of the job.
  public var command: String {
    let command =
      switch program {
      case .tool(let tool): tool.rawValue
      case .file(let path): path
      }
    return Self.quoted([command] + arguments)
  }

  /// The same from anywhere.
  public var commandLine: String {
    guard let workingDirectory else { return command }
    return "cd \(Self.quoted(workingDirectory)) && \(command)"
  }

  /// Words as a shell reads them.
  public static func quoted(_ words: [String]) -> String {
    words.map { quoted($0) }.joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "+-_./=:,@%".utf8.contains(byte)
      }
    }
    if isPlain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
