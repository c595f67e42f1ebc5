import Diagnostics
import Foundation

/// Writes whole files: a reader finds the old content or the new one, never a part.
public struct AtomicFileWriter: Sendable {
  public init() {}

  /// Creates or replaces the file with a text.
  public func write(_ text: String, to path: String) throws(Diagnostic) {
    try write([UInt8](text.utf8), to: path)
  }

  /// Creates or replaces the file.
  public func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .cannotCreate(path, EISDIR) }
    if exists, kind != S_IFREG {
      // A device or a pipe: renaming a file over it would destroy it.
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .cannotCreate(path, errno) }
      return try fill(descriptor, bytes, path)
    }
    // A link stays; what it points to is replaced.
    let target = exists ? resolved(path) : path
    let temporary = temporarySibling(of: target)
    let mode = exists ? status.st_mode & 0o7777 : 0o666
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .cannotCreate(path, errno) }
    do throws(Diagnostic) {
      try fill(descriptor, bytes, path)
      guard rename(temporary, target) == 0 else { throw .cannotCreate(path, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes everything and closes the descriptor.
  private func fill(_ descriptor: Int32, _ bytes: [UInt8], _ path: String) throws(Diagnostic) {
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty, failure == 0 {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          failure = errno
        }
      }
    }
    // Some file systems report a full disk only now.
    if close(descriptor) != 0, failure == 0 { failure = errno }
    guard failure == 0 else { throw .cannotWrite(path, failure) }
  }

  private func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// In the same folder, because a rename cannot cross file systems.
  private func temporarySibling(of path: String) -> String {
    // Without the file's own name: that could be as long as the system permits already.
    let name = ".lstmg-\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
    guard let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
  }
}

extension Diagnostic {
  fileprivate static func cannotCreate(_ path: String, _ code: Int32) -> Self {
    guard code != ENOSPC, code != EDQUOT, code != EIO else { return cannotWrite(path, code) }
    return Self(
      id: "cannot-create", "cannot create the file: \(systemMessage(code))",
      at: SourceLocation(file: path), exitCode: .cannotCreate)
  }

  fileprivate static func cannotWrite(_ path: String, _ code: Int32) -> Self {
    Self(
      id: "write-failed", "cannot write the file: \(systemMessage(code))",
      at: SourceLocation(file: path), exitCode: .inputOutput)
  }
}
