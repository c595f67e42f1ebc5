import Diagnostics
import Foundation

/// A new folder for the length of one piece of work.
public struct TemporaryFolder: Sendable {
  /// Makes the folder, hands its path to `work`, and removes it whatever happens.
  public static func use<Result: Sendable>(
    in parent: String? = nil, _ work: (String) async throws(Diagnostic) -> Result
  ) async throws(Diagnostic) -> Result {
    let path = try make(in: parent ?? FileManager.default.temporaryDirectory.path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await work(path)
  }

  private static func make(in parent: String) throws(Diagnostic) -> String {
    var template = Array("\(parent)/lstmg-hdl-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .noFolder(parent, String(cString: strerror(errno)))
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Diagnostic {
  fileprivate static func noFolder(_ parent: String, _ reason: String) -> Self {
    Self(
      id: "cannot-create", "cannot create a temporary folder: \(reason)",
      at: SourceLocation(file: parent), exitCode: .cannotCreate)
  }
}
