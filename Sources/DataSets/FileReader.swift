import Diagnostics
import Foundation

/// Reads whole files; one whose name ends in `.gz` is unpacked on the way. What does not end, or unpacks to
/// far more than its size lets expect, is refused before it fills the memory.
public struct FileReader: Sendable {
  private static let byteLimit = 1 << 32
  /// Unpacked bytes: so many in any case, otherwise so many times the packed ones. Text of netSpecs and
  /// data shrinks to a tenth or so.
  private static let unpackedFloor = 1 << 28
  private static let ratioLimit = 64

  public init() {}

  /// The bytes of a file, or of a pipe until its end.
  public func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path, errno) }
    // Closes the descriptor when this function ends.
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotRead(path, errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .isFolder(path) }
    if path.hasSuffix(".gz") { return try unpack(handle, size: Int(status.st_size), path) }
    return try bytes(of: descriptor, expecting: Int(status.st_size), path)
  }

  private func bytes(
    of descriptor: Int32, expecting size: Int, _ path: String
  ) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    // One more than the size, so that a usual file ends with the second call. Pipes have size 0.
    var room = max(size + 1, 1 << 16)
    while true {
      var failure: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        var result = -1
        repeat {
          result = Foundation.read(descriptor, buffer.baseAddress, room)
        } while result < 0 && errno == EINTR
        if result < 0 { failure = errno }
        count = max(0, result)
      }
      guard failure == 0 else { throw .cannotRead(path, failure) }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= Self.byteLimit else { throw .fileTooLarge(path, Self.byteLimit) }
      room = 1 << 16
    }
  }

  /// Runs `gzip`, which every system that runs this program has; Foundation cannot unpack.
  private func unpack(
    _ file: FileHandle, size: Int, _ path: String
  ) throws(Diagnostic) -> [UInt8] {
    let limit = min(Self.byteLimit, max(Self.unpackedFloor, Self.ratioLimit * size))
    let output = Pipe()
    let log = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc"]
    process.standardInput = file
    process.standardOutput = output
    process.standardError = log
    var data: [UInt8] = []
    let complaint: Data
    do {
      try process.run()
      while data.count <= limit,
        let chunk = try output.fileHandleForReading.read(upToCount: 1 << 20), !chunk.isEmpty
      {
        data += chunk
      }
      if data.count > limit { process.terminate() }
      complaint = try log.fileHandleForReading.readToEnd() ?? Data()
    } catch {
      throw .cannotRunGzip(path, error.localizedDescription)
    }
    process.waitUntilExit()
    guard data.count <= limit else { throw .fileTooLarge(path, limit) }
    let words = String(decoding: complaint, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch process.terminationStatus {
    case 0: return data
    case 126, 127: throw .cannotRunGzip(path, words)
    default: throw .damagedArchive(path, words)
    }
  }
}

extension Diagnostic {
  fileprivate static func cannotOpen(_ path: String, _ code: Int32) -> Self {
    guard code == ENOENT || code == ENOTDIR else { return cannotRead(path, code) }
    return Self(
      id: "missing-file", "file not found", at: SourceLocation(file: path), exitCode: .missingFile)
  }

  fileprivate static func cannotRead(_ path: String, _ code: Int32) -> Self {
    Self(
      id: "unreadable-file", "cannot read the file: \(systemMessage(code))",
      at: SourceLocation(file: path), exitCode: .inputOutput)
  }

  fileprivate static func isFolder(_ path: String) -> Self {
    Self(
      id: "unreadable-file", "this is a folder", at: SourceLocation(file: path),
      hint: "name a file in it",
      exitCode: .inputOutput)
  }

  fileprivate static func fileTooLarge(_ path: String, _ limit: Int) -> Self {
    Self(
      id: "file-too-large", "the file holds more than \(limit) bytes",
      at: SourceLocation(file: path),
      hint: path.hasSuffix(".gz") ? "unpack it yourself if it is meant to be so large" : nil)
  }

  fileprivate static func damagedArchive(_ path: String, _ words: String) -> Self {
    Self(
      id: "damaged-gzip", "cannot unpack the file: \(words)", at: SourceLocation(file: path),
      exitCode: .invalidData)
  }

  fileprivate static func cannotRunGzip(_ path: String, _ words: String) -> Self {
    Self(
      id: "gzip-missing", "cannot run gzip: \(words)", at: SourceLocation(file: path),
      hint: "install gzip, or unpack the file yourself", exitCode: .toolMissing)
  }

  /// What the system says about an error number, in the style of messages.
  static func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }
}
