/// What went wrong (or might), where, and what to do: data, rendered only at the edge.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How serious it is; only errors stop the work.
  public enum Severity: String, Sendable { case error, warning, note }

  /// A second place that explains the first one.
  public struct Note: Hashable, Sendable {
    public let message: String
    public let location: SourceLocation?

    public init(_ message: String, at location: SourceLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  public let severity: Severity
  /// Stable identifier for scripts and tests, such as `duplicate-connection`.
  public let id: String
  /// One line, lower case, without a final stop; names the thing, the bound and the actual value.
  public let message: String
  public let location: SourceLocation?
  public let notes: [Note]
  /// What the user can do about it.
  public let hint: String?
  /// The status with which the program ends if this error is the gravest one.
  public let exitCode: ExitStatus

  public init(
    _ severity: Severity = .error, id: String, _ message: String,
    at location: SourceLocation? = nil, notes: [Note] = [], hint: String? = nil,
    exitCode: ExitStatus = .invalidData
  ) {
    self.severity = severity
    self.id = id
    self.message = message
    self.location = location
    self.notes = notes
    self.hint = hint
    self.exitCode = exitCode
  }
}

/// Exit codes of the command line (sysexits.h where it has one).
public enum ExitStatus: Int32, Sendable {
  case success = 0
  /// A check failed: mismatch, tolerance, timing.
  case checkFailed = 1
  case usage = 64
  case invalidData = 65
  case missingFile = 66
  case toolMissing = 69
  /// A defect of this program.
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case interrupted = 130
}
