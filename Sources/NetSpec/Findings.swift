import Diagnostics

/// Collects the faults of one file, up to a limit that keeps a file of garbage readable.
struct Findings {
  static let limit = 100

  /// At most one more than the limit; that one only proves that there are more.
  private(set) var errors: [Diagnostic] = []
  private(set) var warnings: [Diagnostic] = []

  /// Whether to stop looking for more.
  var isFull: Bool { errors.count > Self.limit }

  mutating func report(_ finding: Diagnostic) {
    if finding.severity == .warning {
      warnings.append(finding)
    } else if !isFull {
      errors.append(finding)
    }
  }

  /// Throws what was found, if any of it is an error.
  func throwErrors() throws(DiagnosticList) {
    guard !errors.isEmpty else { return }
    let reported = Array(errors.prefix(Self.limit))
    throw DiagnosticList(isFull ? reported + [.tooManyErrors(Self.limit)] : reported)
  }
}

extension Diagnostic {
  fileprivate static func tooManyErrors(_ limit: Int) -> Diagnostic {
    Diagnostic(.note, id: "too-many-errors", "stopped after \(limit) errors")
  }
}
