import Diagnostics
import Foundation

/// The files a command writes, held against those it reads: none may be lost by being written twice
/// or by being its own source.
struct OutputPaths {
  /// Files that the command writes and reads; nil where an option is not given.
  let outputs: [String?]
  let inputs: [String?]

  func check() throws(Diagnostic) {
    let read = Set(inputs.compactMap { $0 }.map(place))
    var written: Set<String> = []
    for output in outputs.compactMap({ $0 }) where !output.hasPrefix("/dev/") {
      if output.isEmpty { throw .emptyName }
      if read.contains(place(output)) { throw .outputIsInput(output) }
      if !written.insert(place(output)).inserted { throw .outputTwice(output) }
    }
  }

  /// Where a path leads, whatever its spelling.
  private func place(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}

extension Diagnostic {
  fileprivate static var emptyName: Diagnostic {
    Diagnostic(id: "output-name", "the name of an output file is empty", exitCode: .usage)
  }

  fileprivate static func outputIsInput(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "output-is-input", "the output would replace what it is made from",
      at: SourceLocation(file: path), hint: "name another file", exitCode: .usage)
  }

  fileprivate static func outputTwice(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "output-twice", "two outputs would be written to this file",
      at: SourceLocation(file: path), hint: "name a file for each", exitCode: .usage)
  }
}
