import Diagnostics
import Foundation
import Logging

/// Where a command speaks: results on standard output, everything else on standard error.
struct Console: Sendable {
  private let renderer: DiagnosticRenderer
  private let showsProgress: Bool
  private let log: Logger

  init(isVerbose: Bool = false) {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDERR_FILENO) != 0 && environment["TERM"] != "dumb"
    renderer = DiagnosticRenderer(
      usesColour: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty)
    showsProgress = isTerminal && !isVerbose
    var log = Logger(label: "lstmg-hdl") { _ in StreamLogHandler.standardError(label: "lstmg-hdl") }
    log.logLevel = isVerbose ? .debug : .warning
    self.log = log
  }

  /// Shows diagnostics on standard error.
  func show(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return }
    clearProgress()
    let text = diagnostics.map(renderer.render).joined(separator: "\n") + "\n"
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// Says something beside a result that has standard output.
  func note(_ text: String) {
    clearProgress()
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Says what takes its time: for a person at a terminal, or for the log.
  func progress(_ words: String) {
    log.info("\(words)")
    guard showsProgress else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(words) ...".utf8))
  }

  /// Says the same again with another number: for a person at a terminal only.
  func tick(_ words: String) {
    guard showsProgress else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(words) ...".utf8))
  }

  /// Wipes the line of progress away.
  func clearProgress() {
    guard showsProgress else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }

  func debug(_ words: String) { log.debug("\(words)") }

  /// Writes a result to standard output; a full disk behind it is an error.
  func print(_ text: String) throws(Diagnostic) {
    clearProgress()
    var rest = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .cannotPrint(String(cString: strerror(errno)).lowercased())
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func cannotPrint(_ reason: String) -> Diagnostic {
    Diagnostic(
      id: "write-failed", "cannot write to standard output: \(reason)", exitCode: .inputOutput)
  }
}
