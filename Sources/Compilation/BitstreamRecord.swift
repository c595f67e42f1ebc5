import Boards
import Diagnostics
import Foundation
import Toolchain

/// What lies beside a bitstream: which network it holds, and for which board.
public struct BitstreamRecord: Hashable, Codable, Sendable {
  public static let fileName = "bitstream.json"

  public let schema: String
  public let file: String
  /// SHA-256 of the bitstream.
  public let sha256: String
  /// Hash of the network, as in the manifest.
  public let hash: String
  public let board: String
  /// Options of openFPGALoader.
  public let loader: [String]
  public let coreMHz: Double
  public let seed: Int
  /// The routed design, in whose memories markers stand for contents; nil where `--reuse` cannot take it.
  public let routed: String?
  /// SHA-256 of it.
  public let routedSHA256: String?

  init(
    _ compiled: CompiledDesign, _ board: BoardDesign, file: String, bytes: [UInt8], seed: Int,
    routed: (file: String, bytes: [UInt8])?
  ) {
    schema = Manifest.schema
    self.file = file
    sha256 = Self.sum(bytes)
    self.routed = routed?.file
    routedSHA256 = routed.map { Self.sum($0.bytes) }
    hash = compiled.hash
    self.board = board.board.name
    loader = board.board.loader
    coreMHz = board.clock.coreMHz
    self.seed = seed
  }

  /// Reads the record of a built folder.
  init(folder: String) throws(Diagnostic) {
    let path = "\(folder)/\(BoardBuild.folder)/\(Self.fileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .noRecord(folder)
    }
    guard let record = try? JSONDecoder().decode(Self.self, from: data),
      record.schema == Manifest.schema
    else { throw .badRecord(path) }
    self = record
  }

  static func sum(_ bytes: [UInt8]) -> String {
    var sum = SHA256()
    sum.update(bytes)
    return sum.finish()
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a record holds nothing but finite numbers and text")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

extension Diagnostic {
  fileprivate static func noRecord(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "no-bitstream", "the folder holds no bitstream", at: SourceLocation(file: folder),
      hint: "lstmg-hdl build \(folder) --board NAME", exitCode: .missingFile)
  }

  fileprivate static func badRecord(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "bad-record", "the record of the bitstream cannot be read",
      at: SourceLocation(file: path), hint: "build the folder again")
  }
}
