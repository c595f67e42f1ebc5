import Diagnostics
import Foundation

/// A waveform that gets its name when the simulation has ended, so that an interrupted one leaves no
/// part of it; one that failed keeps it, because that is when it is wanted.
struct WaveFile: Sendable {
  /// Where the simulator writes.
  let temporary: String
  private let path: String

  init(_ path: String) throws(Diagnostic) {
    self.path = path
    let url = URL(fileURLWithPath: path)
    // In the same folder, because a rename cannot cross file systems; the ending gives the format.
    temporary =
      url.deletingLastPathComponent().path
      + "/.lstmg-\(getpid())-\(UInt32.random(in: 0 ... .max)).\(url.pathExtension)"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .noWave(path, errno) }
    close(descriptor)
  }

  /// Runs the simulation.
  func use<Result: Sendable>(_ work: (String) async throws -> Result) async throws -> Result {
    do {
      let result = try await work(temporary)
      try keep()
      return result
    } catch {
      if Task.isCancelled || isEmpty { unlink(temporary) } else { try keep() }
      throw error
    }
  }

  private func keep() throws(Diagnostic) {
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw .noWave(path, code)
    }
  }

  private var isEmpty: Bool {
    var status = stat()
    return stat(temporary, &status) != 0 || status.st_size == 0
  }
}

extension Diagnostic {
  fileprivate static func noWave(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
      id: "cannot-create",
      "cannot create the waveform: \(String(cString: strerror(code)).lowercased())",
      at: SourceLocation(file: path), exitCode: .cannotCreate)
  }
}
