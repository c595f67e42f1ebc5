import Assets
import Diagnostics
import Foundation

/// Boards by name: those that come with the program, and files of the user.
public struct BoardLibrary: Sendable {
  private static let folder = "boards"
  private let assets: AssetLocator
  private let devices: [String]?

  /// `devices` are the names of all devices; nil leaves them to somebody else.
  public init(assets: AssetLocator, devices: [String]? = nil) {
    self.assets = assets
    self.devices = devices
  }

  /// Names of the boards that come with the program, sorted.
  public func names() throws(DiagnosticList) -> [String] {
    try assets.files(in: Self.folder).filter { $0.hasSuffix(BoardFile.ending) }
      .map { String($0.dropLast(BoardFile.ending.count)) }
  }

  public func all() throws(DiagnosticList) -> [Board] {
    var boards: [Board] = []
    for name in try names() { boards.append(try board(name)) }
    return boards
  }

  /// The board of a name, or of a file with that path.
  public func board(_ name: String) throws(DiagnosticList) -> Board {
    guard !name.contains("/"), !name.hasSuffix(BoardFile.ending) else { return try file(name) }
    let known = try names()
    guard known.contains(name) else { throw DiagnosticList([.unknown(name, known)]) }
    let path = "\(Self.folder)/\(name)\(BoardFile.ending)"
    return try BoardFile.board(try assets.text(path), named: name, at: path, devices: devices)
  }

  private func file(_ path: String) throws(DiagnosticList) -> Board {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DiagnosticList([.unreadable(path)])
    }
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return try BoardFile.board(
      String(decoding: data, as: UTF8.self), named: name, at: path, devices: devices)
  }
}

extension Diagnostic {
  fileprivate static func unknown(_ name: String, _ known: [String]) -> Diagnostic {
    Diagnostic(
      id: "unknown-board", "there is no board '\(name)'",
      notes: [Note("known are \(known.joined(separator: ", "))")],
      hint: "name one of these, or a file of your own: --board ./my-board.yaml", exitCode: .usage)
  }

  fileprivate static func unreadable(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "read-failed", "cannot read the description of the board",
      at: SourceLocation(file: path), exitCode: .missingFile)
  }
}
