/// Turns diagnostics into the lines a person reads: `file:line:column: error: message [id]`.
public struct DiagnosticRenderer: Sendable {
  /// Whether severities are coloured with ANSI escapes.
  public let usesColour: Bool

  public init(usesColour: Bool = false) { self.usesColour = usesColour }

  public func render(_ diagnostic: Diagnostic) -> String {
    var lines = [
      line(diagnostic.severity, diagnostic.message + " [\(diagnostic.id)]", diagnostic.location)
    ]
    for note in diagnostic.notes { lines.append(line(.note, note.message, note.location)) }
    if let hint = diagnostic.hint { lines.append("  hint: \(hint)") }
    return lines.joined(separator: "\n")
  }

  public func render(_ list: DiagnosticList) -> String {
    list.diagnostics.map(render).joined(separator: "\n")
  }

  private func line(
    _ severity: Diagnostic.Severity, _ message: String, _ location: SourceLocation?
  ) -> String {
    let place = location.map { position(of: $0) + ": " } ?? ""
    return place + label(severity) + " " + message
  }

  private func position(of location: SourceLocation) -> String {
    var parts = [location.file]
    if let line = location.line { parts.append(String(line)) }
    if let column = location.column { parts.append(String(column)) }
    return parts.joined(separator: ":")
  }

  private func label(_ severity: Diagnostic.Severity) -> String {
    let text = severity.rawValue + ":"
    guard usesColour else { return text }
    let colour =
      switch severity {
      case .error: "31"
      case .warning: "35"
      case .note: "36"
      }
    return "\u{1B}[1;\(colour)m\(text)\u{1B}[0m"
  }
}
