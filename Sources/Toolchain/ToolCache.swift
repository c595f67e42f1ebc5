import Diagnostics
import Foundation

/// Folders of things that are slow to make and good for more than one run.
///
/// An entry is named after everything it was made of, filled beside its place and then renamed:
/// processes may race for it, and a reader finds a whole entry or none.
public struct ToolCache: Sendable {
  /// Entries of one kind beyond this many go, the longest unused first.
  private static let capacity = 100

  public let root: String

  public init(root: String) { self.root = root }

  /// The user's own: `LSTMG_CACHE`, or `lstmg-hdl` in the usual place for caches.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    if let path = environment["LSTMG_CACHE"], !path.isEmpty {
      root = path
    } else if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
      root = path + "/lstmg-hdl"
    } else if let path = environment["HOME"], !path.isEmpty {
      root = path + "/.cache/lstmg-hdl"
    } else {
      root = FileManager.default.temporaryDirectory.path + "/lstmg-hdl-cache-\(getuid())"
    }
  }

  /// The folder of an entry; `make` fills a new one, and must not keep its path.
  func entry(
    _ kind: String, madeOf parts: [[UInt8]],
    make: (String) async throws(Diagnostic) -> Void
  ) async throws(Diagnostic) -> String {
    let folder = root + "/" + kind
    let path = folder + "/" + name(of: parts)
    // The time of its last use decides which entry goes first.
    if utimes(path, nil) == 0 { return path }
    try create(folder)
    try await TemporaryFolder.use(in: folder) { temporary throws(Diagnostic) in
      // A folder within, so that what is renamed is not what is removed afterwards.
      let content = temporary + "/content"
      try create(content)
      try await make(content)
      // Not an error if another process was faster: its entry is as good.
      guard rename(content, path) == 0 || [EEXIST, ENOTEMPTY].contains(errno) else {
        throw .cannotCache(path, String(cString: strerror(errno)))
      }
    }
    removeSurplus(in: folder, except: path)
    return path
  }

  /// A folder for the files of one piece of work, which goes with it. In the cache, because tools from PyPI
  /// do not see the folder for temporary files.
  public func withWorkFolder<Result: Sendable>(
    _ kind: String, _ work: (String) async throws -> Result
  ) async throws -> Result {
    let folder = root + "/" + kind
    try create(folder)
    let path = folder + "/" + UUID().uuidString
    try create(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await work(path)
  }

  private func name(of parts: [[UInt8]]) -> String {
    var hash = SHA256()
    for part in parts {
      // The length first: otherwise two parts could share a boundary in several ways.
      hash.update("\(part.count) ".utf8)
      hash.update(part)
    }
    return String(hash.finish().prefix(32))
  }

  /// Makes a folder of the cache, and those that it lies in.
  func create(_ folder: String) throws(Diagnostic) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotCache(folder, Self.reason(error))
    }
  }

  /// What the system said, in its own words.
  private static func reason(_ error: any Error) -> String {
    let posix = (error as? CocoaError)?.underlying as? POSIXError
    return posix.map { String(cString: strerror($0.code.rawValue)).lowercased() }
      ?? error.localizedDescription
  }

  private func removeSurplus(in folder: String, except path: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard names.count > Self.capacity else { return }
    let dated = names.map { name -> (date: Date, path: String) in
      let entry = folder + "/" + name
      let attributes = try? FileManager.default.attributesOfItem(atPath: entry)
      return (attributes?[.modificationDate] as? Date ?? .distantPast, entry)
    }
    for old in dated.sorted(by: { $0 < $1 }).dropLast(Self.capacity) where old.path != path {
      try? FileManager.default.removeItem(atPath: old.path)
    }
  }
}

extension Diagnostic {
  fileprivate static func cannotCache(_ path: String, _ reason: String) -> Self {
    Self(
      id: "cannot-create", "cannot write to the cache: \(reason)", at: SourceLocation(file: path),
      hint: "set LSTMG_CACHE to a folder that can be written", exitCode: .cannotCreate)
  }
}
