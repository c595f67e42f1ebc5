import Diagnostics
import Foundation

extension Diagnostic {
  static func truncated(_ what: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "truncated", "the file ends before \(what)", at: SourceLocation(file: file),
      hint: "the file is damaged; copy or save it again")
  }

  /// What a decoder of JSON says, in words for people who did not write the file by hand.
  static func badJSON(_ error: any Error, _ what: String, _ file: String) -> Diagnostic {
    let reason: String
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      reason = "\(path(context)) lacks \(quoted(key.stringValue))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      reason = "\(path(context)) is of another type than expected"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      reason = "\(path(context)) is out of range"
    default: reason = "it is no valid JSON"
    }
    return Diagnostic(
      id: "bad-json", "\(what) cannot be read: \(reason)", at: SourceLocation(file: file))
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let words = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return words.isEmpty ? "it" : quoted(words.joined(separator: "."))
  }
}
