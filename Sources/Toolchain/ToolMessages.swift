import Diagnostics

extension Diagnostic {
  static func failed(_ job: Job, _ status: String, _ text: String, _ log: String) -> Self {
    Self(
      id: "tool-failed", "\(job.name) failed: \(status)",
      // Without its folder, which most often goes with the work.
      notes: [Note("the command was: \(job.command)")]
        + LogTail.lines(text).map { Note($0) },
      hint: "its whole output is in \(log)", exitCode: .checkFailed)
  }

  static func notStarted(_ job: Job, _ reason: String) -> Self {
    Self(
      id: "tool-failed", "\(job.name) could not be started: \(reason)",
      notes: [Note("the command was: \(job.command)")], exitCode: .checkFailed)
  }

  static func noLog(_ path: String, _ reason: String) -> Self {
    Self(
      id: "cannot-create", "cannot create the log of a tool: \(reason)",
      at: SourceLocation(file: path), exitCode: .cannotCreate)
  }

  /// The user asked to stop.
  public static var interrupted: Self {
    Self(id: "interrupted", "interrupted", exitCode: .interrupted)
  }
}
