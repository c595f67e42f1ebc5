import Diagnostics
import Foundation

/// Whole files of this module's own making.
enum Files {
  static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .cannotRead(path, "\(error.localizedDescription)")
    }
  }

  static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    } catch {
      throw .cannotWrite(path, "\(error.localizedDescription)")
    }
  }
}

extension Diagnostic {
  fileprivate static func cannotRead(_ path: String, _ reason: String) -> Self {
    Self(
      id: "read-failed", "cannot read the file: \(reason)", at: SourceLocation(file: path),
      exitCode: FileManager.default.fileExists(atPath: path) ? .inputOutput : .missingFile)
  }

  fileprivate static func cannotWrite(_ path: String, _ reason: String) -> Self {
    Self(
      id: "write-failed", "cannot write the file: \(reason)", at: SourceLocation(file: path),
      exitCode: .inputOutput)
  }
}
