import Diagnostics
import Foundation

/// Writes a set of artefacts as one folder, whole or not at all.
///
/// The folder is filled beside its place under another name and renamed when it is complete. A
/// folder that an earlier run generated or an empty one is replaced; any other is somebody's work
/// and refused. A generated folder is known by the schema in its `manifest.json` and by holding
/// nothing but what that lists and what can be made again of it.
public struct ArtefactWriter: Sendable {
  static let mark = "manifest.json"
  /// What the mark, and everything else that this program writes as JSON, says of its form.
  public static let schema = "lstmg-hdl/1"

  public init() {}

  /// Creates or replaces the folder; a cancelled task leaves everything as it was.
  public func write(_ artefacts: [Artefact], to folder: String) throws(DiagnosticList) {
    precondition(Set(artefacts.map(\.path)).count == artefacts.count, "two artefacts of one path")
    let target = try place(of: folder, for: artefacts)
    let temporary = target.parent + "/.lstmg-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    do throws(Diagnostic) {
      try fill(temporary, with: artefacts, named: folder)
      try Self.checkCancellation(folder)
      try exchange(temporary, target, named: folder)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw DiagnosticList([error])
    }
  }

  /// Fails if `write` could not put anything there: to be told before long work, not after it.
  public func check(_ folder: String) throws(DiagnosticList) { _ = try place(of: folder, for: []) }

  /// Where the folder really lies, and whether something has to make room for it.
  private struct Place {
    let path: String
    let parent: String
    let isOccupied: Bool
  }

  private func place(
    of folder: String, for artefacts: [Artefact]
  ) throws(DiagnosticList) -> Place {
    do throws(Diagnostic) {
      var path = URL(fileURLWithPath: folder).standardizedFileURL.path
      var status = stat()
      let isOccupied = stat(path, &status) == 0
      if isOccupied {
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .cannotCreate(folder, ENOTDIR) }
        // A link stays; what it points to is replaced.
        path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let entries = try? FileManager.default.contentsOfDirectory(atPath: path)
        guard let entries else { throw .cannotCreate(folder, EACCES) }
        if !entries.isEmpty { try checkIsOurs(path, artefacts, named: folder) }
        let current = FileManager.default.currentDirectoryPath
        if (current + "/").hasPrefix(path + "/") { throw .workingFolder(folder) }
      }
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try makeFolder(parent, named: folder)
      return Place(path: path, parent: parent, isOccupied: isOccupied)
    } catch {
      throw DiagnosticList([error])
    }
  }

  /// Nothing of somebody else's may be lost.
  private func checkIsOurs(
    _ path: String, _ artefacts: [Artefact], named folder: String
  ) throws(Diagnostic) {
    let manifest = FileManager.default.contents(atPath: path + "/" + Self.mark)
    guard let owner = FolderOwnership(manifest: manifest, artefacts: artefacts) else {
      throw .foreignFolder(folder)
    }
    if let foreign = owner.foreign(in: path) { throw .foreignFile(folder, foreign) }
  }

  private func fill(
    _ temporary: String, with artefacts: [Artefact], named folder: String
  ) throws(Diagnostic) {
    try makeFolder(temporary, named: folder)
    for artefact in artefacts {
      try Self.checkCancellation(folder)
      let path = temporary + "/" + artefact.path
      try makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path, named: folder)
      try write(artefact.contents, to: path, named: folder + "/" + artefact.path)
    }
  }

  private func makeFolder(_ path: String, named folder: String) throws(Diagnostic) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if parent != path { try makeFolder(parent, named: folder) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .cannotCreate(folder, errno) }
  }

  private func write(
    _ contents: [UInt8], to path: String, named name: String
  ) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .cannotCreate(name, errno) }
    var failure: Int32 = 0
    var rest = contents[...]
    while !rest.isEmpty, failure == 0 {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { failure = errno }
    }
    // Some file systems report a full disk only now.
    if close(descriptor) != 0, failure == 0 { failure = errno }
    guard failure == 0 else { throw .cannotWrite(name, failure) }
  }

  private func exchange(
    _ temporary: String, _ target: Place, named folder: String
  ) throws(Diagnostic) {
    let old = temporary + "-old"
    if target.isOccupied, rename(target.path, old) != 0 { throw .cannotCreate(folder, errno) }
    guard rename(temporary, target.path) == 0 else {
      let failure = errno
      if target.isOccupied { rename(old, target.path) }
      throw .cannotCreate(folder, failure)
    }
    // The new folder is in place: what cannot be removed of the old one is no failure.
    if target.isOccupied { try? FileManager.default.removeItem(atPath: old) }
  }

  private static func checkCancellation(_ folder: String) throws(Diagnostic) {
    if Task.isCancelled { throw .interrupted(folder) }
  }
}

extension Diagnostic {
  fileprivate static func cannotCreate(_ path: String, _ code: Int32) -> Diagnostic {
    guard ![ENOSPC, EDQUOT, EIO].contains(code) else { return cannotWrite(path, code) }
    return Diagnostic(
      id: "cannot-create", "cannot create the output: \(String(cString: strerror(code)))",
      at: SourceLocation(file: path), exitCode: .cannotCreate)
  }

  fileprivate static func cannotWrite(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
      id: "write-failed", "cannot write the output: \(String(cString: strerror(code)))",
      at: SourceLocation(file: path), exitCode: .inputOutput)
  }

  fileprivate static func foreignFolder(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "foreign-folder",
      "the folder is not empty and holds no \(ArtefactWriter.mark) of an earlier run",
      at: SourceLocation(file: folder), hint: "name a new folder, or empty this one yourself",
      exitCode: .cannotCreate)
  }

  fileprivate static func foreignFile(_ folder: String, _ name: String) -> Diagnostic {
    Diagnostic(
      id: "foreign-folder", "the folder also holds '\(name)', which no run has written",
      at: SourceLocation(file: folder),
      hint: "move it elsewhere: the folder is replaced as a whole", exitCode: .cannotCreate)
  }

  fileprivate static func workingFolder(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "foreign-folder", "the folder is the working directory or holds it",
      at: SourceLocation(file: folder),
      hint: "name a folder below it: the folder is replaced as a whole", exitCode: .cannotCreate)
  }

  fileprivate static func interrupted(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "interrupted", "interrupted before the output was complete; nothing was written",
      at: SourceLocation(file: folder), exitCode: .interrupted)
  }
}
