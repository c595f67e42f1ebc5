import Assets
import Diagnostics
import Mustache

/// A template of `Templates/` in which an unknown name and an unused name are errors.
///
/// The library alone renders an unknown name as nothing, which would be a hole in hardware text.
/// Values are inserted as they are: the content type is text.
public struct StrictTemplate: Sendable {
  /// Path below the assets, such as `Templates/header.mustache`.
  public let path: String
  private let template: MustacheTemplate

  /// Reads `Templates/NAME.mustache`.
  public init(_ name: String, assets: AssetLocator) throws(DiagnosticList) {
    let path = "Templates/\(name).mustache"
    try self.init(text: assets.text(path), path: path)
  }

  /// A template from its text; `path` names it in messages.
  public init(text: String, path: String) throws(DiagnosticList) {
    self.path = path
    do {
      template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
    } catch {
      throw DiagnosticList([.malformed(path, "\(error)")])
    }
  }

  /// The text with every name replaced by its value.
  public func render(_ values: [String: String]) throws(DiagnosticList) -> String {
    let names = RecordedNames(values)
    // The library leaves the line of the opening comment behind, because its own pragma shares it;
    // some formats have to begin in the first line.
    let text = String(template.render(names).drop { $0 == "\n" })
    let problems =
      names.unknown.sorted().map { Diagnostic.unknownName($0, path) }
      + Set(values.keys).subtracting(names.used).sorted().map { Diagnostic.unusedName($0, path) }
    guard problems.isEmpty else { throw DiagnosticList(problems) }
    // The header comment of a template leaves the end of its last line behind.
    return text.hasPrefix("\n") ? String(text.dropFirst()) : text
  }
}

/// Answers the library's look-ups and remembers them; lives for one rendering on one thread.
private final class RecordedNames: MustacheParent {
  private let values: [String: String]
  private(set) var used: Set<String> = []
  private(set) var unknown: Set<String> = []

  init(_ values: [String: String]) { self.values = values }

  func child(named name: String) -> Any? {
    guard let value = values[name] else {
      unknown.insert(name)
      return nil
    }
    used.insert(name)
    return value
  }
}

extension Diagnostic {
  fileprivate static func malformed(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      id: "template-syntax", "internal error in StrictTemplate: \(reason); please report",
      at: SourceLocation(file: path), exitCode: .internalError)
  }

  fileprivate static func unknownName(_ name: String, _ path: String) -> Diagnostic {
    Diagnostic(
      id: "template-unknown-name",
      "internal error in StrictTemplate: the template's name '\(name)' has no value; please report",
      at: SourceLocation(file: path), exitCode: .internalError)
  }

  fileprivate static func unusedName(_ name: String, _ path: String) -> Diagnostic {
    Diagnostic(
      id: "template-unused-name",
      "internal error in StrictTemplate: the template lacks the name '\(name)'; please report",
      at: SourceLocation(file: path), exitCode: .internalError)
  }
}
