import Diagnostics

/// Collects the faults of one file, up to a limit that keeps a file of garbage readable.
struct Findings {
  static let limit = 100

  private(set) var errors: [Diagnostic] = []
  private(set) var warnings: [Diagnostic] = []
  private var hasMore = false

  /// Whether to stop looking for more.
  var isFull: Bool { errors.count >= Self.limit }

  mutating func report(_ finding: Diagnostic) {
    if finding.severity == .warning {
      warnings.append(finding)
    } else if isFull {
      hasMore = true
    } else {
      errors.append(finding)
    }
  }

  /// Says that something was left unread because the list is full.
  mutating func stop() { hasMore = true }

  /// Throws what was found, if any of it is an error.
  func throwErrors() throws(DiagnosticList) {
    guard !errors.isEmpty else { return }
    throw DiagnosticList(errors + (hasMore ? [.tooManyErrors(Self.limit)] : []))
  }
}

extension Diagnostic {
  fileprivate static func tooManyErrors(_ limit: Int) -> Diagnostic {
    Diagnostic(.note, id: "too-many-errors", "stopped after \(limit) errors")
  }
}
