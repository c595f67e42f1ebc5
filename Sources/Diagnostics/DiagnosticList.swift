/// All the errors of one piece of work, thrown together so that a user sees every one of them.
public struct DiagnosticList: Error, Sendable {
  /// Sorted by place.
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics.sorted { a, b in
      switch (a.location, b.location) {
      case (let x?, let y?): (x, a.id, a.message) < (y, b.id, b.message)
      case (nil, .some): false
      case (.some, nil): true
      case (nil, nil): (a.id, a.message) < (b.id, b.message)
      }
    }
  }

  /// The exit status of the gravest error; success if there is none.
  public var exitStatus: ExitStatus {
    diagnostics.first { $0.severity == .error }?.exitCode ?? .success
  }
}
